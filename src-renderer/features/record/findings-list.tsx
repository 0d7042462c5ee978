import type { Finding } from '../../../src-shared/catalogue/findings.ts'
import type { Explanation } from '../../../src-shared/contract/explanation.ts'
import type { Category } from '../../../src-shared/catalogue/schema.ts'
import { Mark } from '../../ui/status-tag.tsx'
import { useText, useTextOr } from '../../ui/text.ts'

interface FindingsListProps {
  readonly findings: readonly Finding[]
  readonly category: Category | null
  /** What the author said of them. */
  readonly explanations?: readonly Explanation[]
}

/** What the system checks remarked: the field, the rule in words. */
export function FindingsList({ findings, category, explanations = [] }: FindingsListProps) {
  const text = useText()
  const textOr = useTextOr()
  if (findings.length === 0) return <p className="findings-none">{text('findings.none')}</p>
  return (
    <ul className="findings">
      {findings.map((finding) => {
        const field = category?.fields.find((candidate) => candidate.id === finding.field)
        const isError = finding.severity === 'error'
        return (
          <li key={`${finding.code}/${finding.field ?? ''}/${finding.beside?.category ?? ''}`}>
            <Mark
              shape={isError ? '✕' : '▲'}
              tone={isError ? 'risk' : 'watch'}
              word={text(isError ? 'findings.error' : 'findings.warning')}
            />
            {field === undefined ? null : <strong>{field.label}</strong>}
            <span>{textOr(`finding.${finding.code}`, finding.params)}</span>
            {explanations
              .filter((one) => isOf(one, finding))
              .map(({ words }) => (
                <p key={words} className="explanations">
                  {text('findings.explained', { words })}
                </p>
              ))}
          </li>
        )
      })}
    </ul>
  )
}

function isOf({ code, field, category }: Explanation, finding: Finding): boolean {
  return (
    code === finding.code &&
    field === (finding.field ?? null) &&
    category === (finding.beside?.category ?? null)
  )
}

/** One line for rows of tables. */
export function useFindingText(): (
  finding: Pick<Finding, 'code' | 'params'>,
  label: string | null,
) => string {
  const text = useText()
  const textOr = useTextOr()
  return (finding, label) => {
    const words = textOr(`finding.${finding.code}`, finding.params)
    return label === null ? words : text('list.labelled', { label, words })
  }
}
