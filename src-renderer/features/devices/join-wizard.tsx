import { Button, Steps } from 'antd'
import { useLayoutEffect, useRef, useState } from 'react'
import type { JoinView } from '../../../src-shared/contract/device-views.ts'
import { LooksMenu } from '../../app/looks-menu.tsx'
import { goTo } from '../../app/routes.ts'
import { readSession } from '../../app/session.ts'
import { useQuery } from '../../app/use-query.ts'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { useText } from '../../ui/text.ts'
import { JoinAdmit } from './join-admit.tsx'
import { JoinAsk } from './join-ask.tsx'
import { JoinReceive } from './join-receive.tsx'

const steps = ['ask', 'admit', 'receive', 'done'] as const
type Step = (typeof steps)[number]

/** First run on a computer that is to join a unit: ask, be admitted, receive. */
export function JoinWizard() {
  const text = useText()
  const status = useQuery('join.status', {}, [])
  const [asked, setAsked] = useState<JoinView | null>(null)
  const [chosen, setChosen] = useState<Step | null>(null)
  const [commits, setCommits] = useState(0)
  const heading = useRef<HTMLHeadingElement>(null)
  const view = asked ?? status.data
  const step = chosen ?? (view?.state === 'asked' ? 'admit' : 'ask')
  useLayoutEffect(() => {
    if (chosen !== null) heading.current?.focus()
  }, [chosen])
  if (status.failure !== null) {
    return (
      <main className="cover">
        <ErrorNotice failure={status.failure} onRetry={status.reload} />
      </main>
    )
  }
  if (view === null) return <main className="cover" aria-busy="true" />
  return (
    <main className="wizard">
      <div className="wizard-head">
        <span className="logo" aria-hidden="true">
          廉档
        </span>
        <h1>{text('join.title')}</h1>
        <LooksMenu />
      </div>
      <Steps
        size="small"
        current={steps.indexOf(step)}
        items={steps.map((key) => ({ key, title: text(`join.step.${key}`) }))}
      />
      <section className="wizard-step">
        <h2 id="wizard-step" ref={heading} tabIndex={-1}>
          {text(`join.step.${step}`)}
        </h2>
        <section className="joining-step" aria-labelledby="wizard-step">
          {step === 'ask' ? (
            <JoinAsk
              onAsked={(made) => {
                setAsked(made)
                setChosen('admit')
              }}
            />
          ) : null}
          {step === 'admit' && view.state === 'asked' ? (
            <JoinAdmit code={view.code} name={view.name} onAgain={() => setChosen('ask')} />
          ) : null}
          {step === 'receive' ? (
            <JoinReceive
              onJoined={(count) => {
                setCommits(count)
                setChosen('done')
              }}
            />
          ) : null}
          {step === 'done' ? (
            <div className="prose">
              <p>{text('join.done.what', { count: commits })}</p>
              <p>{text('join.done.erase')}</p>
            </div>
          ) : null}
        </section>
      </section>
      <div className="wizard-actions">
        {step === 'ask' ? <Button onClick={() => goTo()}>{text('join.back')}</Button> : null}
        {step === 'admit' ? (
          <>
            <Button onClick={() => goTo()}>{text('join.back')}</Button>
            <Button type="primary" onClick={() => setChosen('receive')}>
              {text('join.next')}
            </Button>
          </>
        ) : null}
        {step === 'receive' ? <Button onClick={() => setChosen('admit')}>{text('do.back')}</Button> : null}
        {step === 'done' ? (
          <Button type="primary" onClick={() => void readSession()}>
            {text('join.login')}
          </Button>
        ) : null}
      </div>
    </main>
  )
}
