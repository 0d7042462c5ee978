import { Button, Input } from 'antd'
import { useId, useRef, useState } from 'react'
import { longestTwinReason, type TwinDecisionView } from '../../../src-shared/contract/twins.ts'
import { hrefOf } from '../../app/routes.ts'
import { useAction } from '../../app/use-action.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { momentText } from '../../ui/moment.ts'
import { Mark } from '../../ui/status-tag.tsx'
import { useText } from '../../ui/text.ts'
import { personText } from './twin-pairs.tsx'

/** What waits for a second person, and what was decided. */
export function TwinDecisions({ decisions }: { readonly decisions: readonly TwinDecisionView[] }) {
  const text = useText()
  if (decisions.length === 0)
    return <EmptyState title={text('twins.decisions.none')} hint={text('twins.decisions.none.hint')} />
  return (
    <ul className="twins-decisions" aria-label={text('twins.tab.decisions')}>
      {decisions.map((decision) => (
        <li key={decision.decision}>
          <TwinDecisionCard decision={decision} />
        </li>
      ))}
    </ul>
  )
}

const statusMarks = {
  proposed: { shape: '▲', tone: 'watch' },
  refused: { shape: '↩', tone: 'plain' },
  confirmed: { shape: '●', tone: 'plain' },
  undone: { shape: '↩', tone: 'plain' },
} as const

export function TwinDecisionCard({ decision }: { readonly decision: TwinDecisionView }) {
  const text = useText()
  const title = useId()
  const heading = useRef<HTMLHeadingElement>(null)
  const { outcome, status, proposed, settled, undone, conflict, may } = decision
  const names = { kept: personText(decision.kept), other: personText(decision.other) }
  return (
    <section className="card twins-decision" aria-labelledby={title}>
      <h2 id={title} ref={heading} tabIndex={-1}>
        {text(`twins.outcome.${outcome}`, names)}
      </h2>
      <p className="twins-state">
        {conflict === null ? (
          <Mark {...statusMarks[status]} word={text(`twins.status.${status}`)} />
        ) : (
          <Mark shape="✕" tone="risk" word={text('twins.conflict')} />
        )}
        <a href={hrefOf('twins', 'pair', decision.kept.cadre, decision.other.cadre)}>
          {text('twins.compare')}
        </a>
      </p>
      {conflict === null ? null : <p>{text(`twins.conflict.${conflict}`)}</p>}
      <p className="prose-line">
        {text('twins.act.proposed', { ...proposed, at: momentText(proposed.at) })}
        {settled === null || status === 'proposed' ? null : (
          <>
            <br />
            {text(status === 'refused' ? 'twins.act.refused' : 'twins.act.confirmed', {
              ...settled,
              at: momentText(settled.at),
            })}
          </>
        )}
        {undone === null ? null : (
          <>
            <br />
            {text('twins.act.undone', { ...undone, at: momentText(undone.at) })}
          </>
        )}
      </p>
      {may.length === 0 ? null : <Acts decision={decision} onDone={() => heading.current?.focus()} />}
    </section>
  )
}

interface ActsProps {
  readonly decision: TwinDecisionView
  /** The buttons go when it is done: the focus stays at the decision. */
  onDone(): void
}

function Acts({ decision: { decision, may }, onDone }: ActsProps) {
  const text = useText()
  const words = useId()
  const confirm = useAction('twin.confirm')
  const refuse = useAction('twin.refuse')
  const undo = useAction('twin.undo')
  const [reason, setReason] = useState('')
  const said = reason.trim()
  const isOwn = may.includes('refuse') && !may.includes('confirm')
  const act = async (action: typeof confirm | typeof refuse | typeof undo) => {
    const done = await action.run({ decision, reason: said })
    if (done.ok) onDone()
  }
  return (
    <div className="twins-acts">
      <label htmlFor={words}>{text(may.includes('confirm') ? 'twins.words.optional' : 'twins.words')}</label>
      <Input
        id={words}
        maxLength={longestTwinReason}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
      />
      <div className="form-actions">
        {may.includes('confirm') ? (
          <Button type="primary" loading={confirm.isBusy} onClick={() => void act(confirm)}>
            {text('twins.confirm')}
          </Button>
        ) : null}
        {may.includes('refuse') ? (
          <Button disabled={said === ''} loading={refuse.isBusy} onClick={() => void act(refuse)}>
            {text(isOwn ? 'twins.withdraw' : 'twins.refuse')}
          </Button>
        ) : null}
        {may.includes('undo') ? (
          <Button disabled={said === ''} loading={undo.isBusy} onClick={() => void act(undo)}>
            {text('twins.undo')}
          </Button>
        ) : null}
      </div>
      <ErrorNotice failure={confirm.failure ?? refuse.failure ?? undo.failure} />
    </div>
  )
}
