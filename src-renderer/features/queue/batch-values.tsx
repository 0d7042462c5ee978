import { findCategory } from '../../../src-shared/catalogue/read.ts'
import type { BatchRow } from '../../../src-shared/contract/views.ts'
import { useDesk } from '../../app/contexts.ts'
import { FieldValue } from '../../ui/field-value.tsx'
import { Mark } from '../../ui/status-tag.tsx'
import { Declaration } from '../record/fields-table.tsx'
import { Flag } from '../record/flag.tsx'
import { SampledMark } from './sampled-mark.tsx'
import { useFindingText } from '../record/findings-list.tsx'

/** All that a row says, in one cell: what is signed must have been readable. */
export function BatchValues({ row }: { readonly row: BatchRow }) {
  const { catalogue } = useDesk()
  const category = findCategory(catalogue, row.category)
  if (category === null) return <span>{row.summary}</span>
  return (
    <span className="batch-values">
      {row.declaration === 'present' ? null : <Declaration declaration={row.declaration} />}
      {category.fields
        .filter((field) => row.values[field.id] !== undefined)
        .map((field) => (
          <span key={field.id} className="batch-pair">
            <span className="batch-label">{field.label}</span>
            <FieldValue isDense field={field} value={row.values[field.id] ?? null} catalogue={catalogue} />
          </span>
        ))}
    </span>
  )
}

/** What the system remarked about a row. */
export function BatchRemarks({ row }: { readonly row: BatchRow }) {
  const findingText = useFindingText()
  const { catalogue } = useDesk()
  const category = findCategory(catalogue, row.category)
  return (
    <span className="batch-remarks">
      <SampledMark drawn={row.drawn} status={row.status} />
      {row.flags.map((flag) => (
        <Flag key={flag} flag={flag} />
      ))}
      {row.findings.map((finding) => (
        <Mark
          key={`${finding.code}/${finding.field ?? ''}`}
          shape={finding.severity === 'error' ? '✕' : '▲'}
          tone={finding.severity === 'error' ? 'risk' : 'watch'}
          word={findingText(
            finding,
            category?.fields.find((field) => field.id === finding.field)?.label ?? null,
          )}
        />
      ))}
    </span>
  )
}
