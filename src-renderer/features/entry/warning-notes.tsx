import { Input } from 'antd'
import type { Finding } from '../../../src-shared/catalogue/findings.ts'
import type { Category } from '../../../src-shared/catalogue/schema.ts'
import { useText, useTextOr } from '../../ui/text.ts'
import { useEntry } from './entry-state.ts'
import { explained, explanationKey, findingKey } from './explanations.ts'

interface WarningNotesProps {
  readonly category: Category
  readonly findings: readonly Finding[]
}

/** Remarks that keep nobody from submitting, each with a line for what there is to say of it. */
export function WarningNotes({ category, findings }: WarningNotesProps) {
  const text = useText()
  const textOr = useTextOr()
  const explanations = useEntry((entry) => entry.form?.draft.explanations) ?? []
  const change = useEntry((entry) => entry.change)
  const warnings = findings.filter(
    (finding, place) =>
      finding.severity === 'warning' &&
      findings.findIndex((one) => findingKey(one) === findingKey(finding)) === place,
  )
  if (warnings.length === 0) return null
  return (
    <section className="entry-warnings" aria-label={text('entry.warnings')}>
      <h2>{text('entry.warnings')}</h2>
      <p className="line-hint">{text('entry.warnings.hint')}</p>
      <ul>
        {warnings.map((finding) => {
          const key = findingKey(finding)
          const field = category.fields.find(({ id }) => id === finding.field)
          const words = textOr(`finding.${finding.code}`, finding.params)
          const said = explanations.find((one) => explanationKey(one) === key)?.words ?? ''
          return (
            <li key={key}>
              <p>
                {field === undefined ? null : <strong>{field.label} </strong>}
                {words}
              </p>
              <Input
                maxLength={500}
                aria-label={text('entry.warnings.explain.of', { field: field?.label ?? '', words })}
                placeholder={text('entry.warnings.explain')}
                value={said}
                onChange={(event) =>
                  change({ explanations: explained(explanations, finding, event.target.value) })
                }
              />
            </li>
          )
        })}
      </ul>
    </section>
  )
}
