import { Steps } from 'antd'
import type { ReactNode, Ref } from 'react'
import { LooksMenu } from '../../app/looks-menu.tsx'
import { useText } from '../../ui/text.ts'

const wizardSteps = [
  'welcome',
  'unit',
  'members',
  'passwords',
  'recovery',
  'check',
  'print',
  'try',
  'done',
] as const

interface WizardFrameProps {
  readonly step: (typeof wizardSteps)[number]
  /** Takes the focus when the step changes. */
  readonly heading: Ref<HTMLHeadingElement>
  readonly actions: ReactNode
  readonly children: ReactNode
}

/** The head, the steps and the buttons that every step of the wizard has. */
export function WizardFrame({ step, heading, actions, children }: WizardFrameProps) {
  const text = useText()
  return (
    <main className="wizard">
      <div className="wizard-head no-print">
        <span className="logo" aria-hidden="true">
          廉档
        </span>
        <h1>{text('founding.title')}</h1>
        <LooksMenu />
      </div>
      <div className="no-print">
        <Steps
          size="small"
          current={wizardSteps.indexOf(step)}
          items={wizardSteps.map((key) => ({ key, title: text(`founding.step.${key}`) }))}
        />
      </div>
      <section className="wizard-step" aria-labelledby="wizard-step">
        <h2 id="wizard-step" className="no-print" ref={heading} tabIndex={-1}>
          {text(`founding.step.${step}.title`)}
        </h2>
        {children}
      </section>
      <div className="wizard-actions no-print">{actions}</div>
    </main>
  )
}
