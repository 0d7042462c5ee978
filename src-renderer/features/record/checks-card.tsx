import { checkKinds, checkOf, type Finding } from '../../../src-shared/catalogue/findings.ts'
import type { Category } from '../../../src-shared/catalogue/schema.ts'
import type { Explanation } from '../../../src-shared/contract/explanation.ts'
import { Mark } from '../../ui/status-tag.tsx'
import { useText } from '../../ui/text.ts'
import { FindingsList } from './findings-list.tsx'
import { useLook } from './look.ts'
import { checksLook } from './look-ids.ts'

interface ChecksCardProps {
  readonly category: Category
  readonly findings: readonly Finding[]
  readonly explanations: readonly Explanation[]
  /** Nothing is checked aloud while critical fields are still to be typed: a remark would tell them. */
  readonly isWithheld: boolean
}

/** What the system checked and remarked, each kind of check by name, also where it found nothing. */
export function ChecksCard({ category, findings, explanations, isWithheld }: ChecksCardProps) {
  const text = useText()
  const { watch } = useLook()
  return (
    <section className="card" ref={watch} data-look={checksLook} aria-label={text('record.findings')}>
      <h2>{text('record.findings')}</h2>
      {isWithheld ? (
        <p className="prose-faint">{text('checks.withheld')}</p>
      ) : (
        <ul className="checks">
          {checkKinds.map((kind) => {
            const found = findings.filter(({ code }) => checkOf(code) === kind)
            return (
              <li key={kind}>
                <span className="checks-kind">{text(`checks.${kind}`)}</span>
                {found.length === 0 ? (
                  <Mark shape="○" tone="plain" word={text('checks.clear')} />
                ) : (
                  <FindingsList findings={found} category={category} explanations={explanations} />
                )}
              </li>
            )
          })}
        </ul>
      )}
    </section>
  )
}
