import { Alert, Button } from 'antd'
import { useEffect, useRef, useState, type ReactNode } from 'react'
import { call } from '../../bridge/index.ts'
import { useAction } from '../../app/use-action.ts'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { useText } from '../../ui/text.ts'
import type { Failure } from '../../../src-shared/kernel/errors.ts'
import {
  foundingInput,
  memberGaps,
  passwordGaps,
  recoveryGaps,
  unitGaps,
  type Gap,
} from './founding-checks.ts'
import { useFounding, type FoundingDraft } from './founding-state.ts'
import { Finished } from './finished.tsx'
import { GapList } from './gap-list.tsx'
import { MembersStep } from './members-step.tsx'
import { PasswordsStep } from './passwords-step.tsx'
import { RecoveryStep } from './recovery-step.tsx'
import { ReviewStep } from './review-step.tsx'
import { SheetsPhase } from './sheets-phase.tsx'
import { UnitStep } from './unit-step.tsx'
import { WelcomeStep } from './welcome-step.tsx'
import { WizardFrame } from './wizard-frame.tsx'

interface Step {
  readonly key: 'welcome' | 'unit' | 'members' | 'passwords' | 'recovery' | 'check'
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
  { key: 'passwords', gaps: passwordGaps, content: () => <PasswordsStep /> },
  { key: 'recovery', gaps: recoveryGaps, content: () => <RecoveryStep /> },
  { key: 'check', gaps: () => [], content: () => <ReviewStep /> },
]

type Standing = 'asking' | 'none' | 'broke-off' | { readonly failure: Failure }

/** First run: founding the unit, a step at a time; a page that is loaded anew comes back to the sheets. */
export function FoundingWizard() {
  const founded = useFounding((founding) => founding.founded)
  const proof = useFounding((founding) => founding.proof)
  const finish = useFounding((founding) => founding.finish)
  const [standing, setStanding] = useState<Standing>('asking')
  const [attempt, setAttempt] = useState(0)
  useEffect(() => {
    let isWanted = true
    void call('unit.founding', {}).then((result) => {
      if (!isWanted) return
      if (!result.ok) setStanding({ failure: result.error })
      else if (result.value.state === 'sheets') finish(result.value.founded)
      else setStanding(result.value.state)
    })
    return () => {
      isWanted = false
    }
  }, [finish, attempt])
  if (proof !== null) return <Finished proof={proof} />
  if (founded !== null) return <SheetsPhase founded={founded} />
  if (typeof standing === 'object') {
    return (
      <main className="cover">
        <ErrorNotice failure={standing.failure} onRetry={() => setAttempt(attempt + 1)} />
      </main>
    )
  }
  return standing === 'asking' ? (
    <main className="cover" aria-busy="true" />
  ) : (
    <Preparation standing={standing} />
  )
}

/** Everything up to the making of the keys. */
function Preparation({ standing }: { readonly standing: 'none' | 'broke-off' }) {
  const text = useText()
  const { step, draft, goTo, finish } = useFounding()
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
  return (
    <WizardFrame
      step={current.key}
      heading={heading}
      actions={
        <>
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
        </>
      }
    >
      {standing === 'broke-off' && step === 0 ? (
        <Alert
          type="warning"
          showIcon
          title={text('founding.broke-off')}
          description={text('founding.broke-off.what')}
        />
      ) : null}
      {current.content()}
      {isLast ? null : <GapList gaps={gaps} />}
      <ErrorNotice failure={found.failure} />
    </WizardFrame>
  )
}
