import type { CategoryHead } from '../../../src-shared/catalogue/editing.ts'
import { signers, type SamplingPlan } from '../../../src-shared/log/category-rule.ts'
import { maySample } from '../../../src-shared/review/sampling.ts'
import { useText } from '../../ui/text.ts'
import { ChoiceLine, SwitchLine } from './lines.tsx'

interface ReviewLinesProps {
  readonly head: CategoryHead
  onChange(head: CategoryHead): void
}

/** In thousandths: the share of wrong rows that must not slip through, and how sure one wants to be. */
const plans: readonly SamplingPlan[] = [
  { tolerablePermille: 50, confidencePermille: 950 },
  { tolerablePermille: 20, confidencePermille: 950 },
  { tolerablePermille: 10, confidencePermille: 990 },
]

const keyOf = (plan: SamplingPlan) => `${plan.tolerablePermille}/${plan.confidencePermille}`

/** Who signs, whether rows of an import may be sampled, and who keeps out. */
export function ReviewLines({ head, onChange }: ReviewLinesProps) {
  const text = useText()
  const { sampling, apartFromReportingLine: _apart, ...withoutApart } = head
  const { sampling: _sampling, ...withoutSampling } = head
  const offered =
    sampling === undefined || plans.some((plan) => keyOf(plan) === keyOf(sampling))
      ? plans
      : [...plans, sampling]
  return (
    <>
      <ChoiceLine
        id="head-signer"
        label={text('catalogue.property.signer')}
        hint={text('catalogue.signer.hint')}
        value={head.signer}
        options={signers.map((one) => ({ value: one, label: text(`signer.${one}`) }))}
        onChange={(signer = head.signer) => onChange({ ...head, signer })}
      />
      {maySample(head) || sampling !== undefined ? (
        <ChoiceLine
          id="head-sampling"
          label={text('catalogue.property.sampling')}
          hint={text('catalogue.sampling.hint')}
          mayBeBlank
          value={sampling === undefined ? undefined : keyOf(sampling)}
          options={offered.map((plan) => ({
            value: keyOf(plan),
            label: text('catalogue.sampling.plan', {
              tolerable: plan.tolerablePermille / 10,
              confidence: plan.confidencePermille / 10,
            }),
          }))}
          onChange={(chosen) => {
            const plan = offered.find((one) => keyOf(one) === chosen)
            onChange(plan === undefined ? withoutSampling : { ...withoutSampling, sampling: plan })
          }}
        />
      ) : null}
      <SwitchLine
        id="head-apart"
        label={text('catalogue.property.apartFromReportingLine')}
        hint={text('catalogue.apart.hint')}
        value={head.apartFromReportingLine === true}
        onChange={(isOn) =>
          onChange(
            isOn
              ? { ...head, apartFromReportingLine: true }
              : { ...withoutApart, ...(sampling === undefined ? {} : { sampling }) },
          )
        }
      />
    </>
  )
}
