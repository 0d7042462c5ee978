import { Button, Steps } from 'antd'
import { useRef, type ReactNode } from 'react'
import { LooksMenu } from '../../app/looks-menu.tsx'
import { useAction } from '../../app/use-action.ts'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { useText } from '../../ui/text.ts'
import { foundingInput, memberGaps, recoveryGaps, unitGaps, type Gap } from './founding-checks.ts'
import { useFounding, type FoundingDraft } from './founding-state.ts'
import { GapList } from './gap-list.tsx'
import { MembersStep } from './members-step.tsx'
import { RecoverySheets } from './recovery-sheets.tsx'
import { RecoveryStep } from './recovery-step.tsx'
import { ReviewStep } from './review-step.tsx'
import { UnitStep } from './unit-step.tsx'
import { WelcomeStep } from './welcome-step.tsx'

interface Step {
  readonly key: 'welcome' | 'unit' | 'members' | 'recovery' | 'check'
  gaps(draft: FoundingDraft): readonly Gap[]
  content(): ReactNode
}

const steps: readonly Step[] = [
  {
    key: 'welcome',
    gaps: (draft) => (draft.agreed ? [] : [{ key: 'founding.gap.declaration' }]),
    content: () => <WelcomeStep />,
  },
  { key: 'unit', gaps: unitGaps, content: () => <UnitStep /> },
  { key: 'members', gaps: memberGaps, content: () => <MembersStep /> },
  { key: 'recovery', gaps: recoveryGaps, content: () => <RecoveryStep /> },
  { key: 'check', gaps: () => [], content: () => <ReviewStep /> },
]

/** First run: founding the unit, a step at a time. */
export function FoundingWizard() {
  const text = useText()
  const { step, draft, founded, goTo, finish } = useFounding()
  const found = useAction('unit.found')
  const heading = useRef<HTMLHeadingElement>(null)
  const current = steps[step] ?? (steps[0] as Step)
  const gaps = current.gaps(draft)
  const isLast = step === steps.length - 1

  const move = (next: number) => {
    goTo(next)
    heading.current?.focus()
  }
  const create = async () => {
    const input = foundingInput(draft)
    if (input === null) return
    const result = await found.run(input)
    if (result.ok) finish(result.value)
  }
  if (founded !== null) return <RecoverySheets founded={founded} />
  return (
    <main className="wizard">
      <div className="wizard-head">
        <span className="logo" aria-hidden="true">
          廉档
        </span>
        <h1>{text('founding.title')}</h1>
        <LooksMenu />
      </div>
      <Steps
        size="small"
        current={step}
        items={steps.map(({ key }) => ({ key, title: text(`founding.step.${key}`) }))}
      />
      <section className="wizard-step" aria-labelledby="wizard-step">
        <h2 id="wizard-step" ref={heading} tabIndex={-1}>
          {text(`founding.step.${current.key}.title`)}
        </h2>
        {current.content()}
        {isLast ? null : <GapList gaps={gaps} />}
        <ErrorNotice failure={found.failure} />
      </section>
      <div className="wizard-actions">
        <Button disabled={step === 0 || found.isBusy} onClick={() => move(step - 1)}>
          {text('do.back')}
        </Button>
        {isLast ? (
          <Button type="primary" loading={found.isBusy} onClick={() => void create()}>
            {text(found.isBusy ? 'founding.creating' : 'founding.create')}
          </Button>
        ) : (
          <Button type="primary" disabled={gaps.length > 0} onClick={() => move(step + 1)}>
            {text('do.next')}
          </Button>
        )}
      </div>
    </main>
  )
}
