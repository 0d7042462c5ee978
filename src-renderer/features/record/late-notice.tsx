import { Alert } from 'antd'
import type { LateObjectionView } from '../../../src-shared/contract/late-views.ts'
import type { RecordView } from '../../../src-shared/contract/views.ts'
import { momentText } from '../../ui/moment.ts'
import { Mark } from '../../ui/status-tag.tsx'
import { useText } from '../../ui/text.ts'
import { SettleObjection } from './settle-objection.tsx'

/** Objections that a signature had not seen, with what became of them. They undo nothing; whoever answers for the entry weighs them. */
export function LateNotice({ record }: { readonly record: RecordView }) {
  const text = useText()
  const late = record.revisions.flatMap((revision, index) =>
    revision.late.map((objection) => ({
      objection,
      revision: revision.revision,
      number: record.revisions.length - index,
    })),
  )
  if (late.length === 0) return null
  const isOpen = late.some(({ objection }) => objection.answers.length === 0)
  return (
    <Alert
      className="late-notice"
      type={isOpen ? 'warning' : 'info'}
      showIcon
      title={text(isOpen ? 'late.title' : 'late.title.settled')}
      description={
        <>
          {isOpen ? <p>{text('late.hint')}</p> : null}
          <ul className="plain-list">
            {late.map(({ objection, revision, number }) => (
              <li key={`${number}/${objection.hand.commit}`}>
                <p>
                  {text('late.line', {
                    name: objection.hand.name,
                    at: momentText(objection.hand.at),
                    act: text(`late.${objection.act}`),
                    number,
                  })}
                </p>
                {objection.words === '' ? null : (
                  <p className="many-lines late-words">{text('late.said', { words: objection.words })}</p>
                )}
                <Answers objection={objection} />
                {objection.maySettle ? (
                  <SettleObjection record={record} revision={revision} objection={objection} />
                ) : null}
              </li>
            ))}
          </ul>
        </>
      }
    />
  )
}

function Answers({ objection }: { readonly objection: LateObjectionView }) {
  const text = useText()
  if (objection.answers.length === 0)
    return (
      <p>
        <Mark shape="▲" tone="watch" word={text('late.open')} />
      </p>
    )
  return objection.answers.map(({ hand, outcome, fault, words }) => (
    <div key={hand.commit} className="late-answer">
      <p>
        <Mark
          shape={outcome === 'unfounded' ? '◆' : '▲'}
          tone={outcome === 'unfounded' ? 'action' : 'watch'}
          word={text(outcomeKey(outcome, fault))}
        />{' '}
        {text('late.answered', { name: hand.name, at: momentText(hand.at) })}
      </p>
      {words === '' ? null : <p className="many-lines late-words">{text('late.said', { words })}</p>}
    </div>
  ))
}

/** The word for what looking into an objection came to. */
export function outcomeKey(outcome: 'unfounded' | 'founded', fault: string | null) {
  if (outcome === 'unfounded') return 'late.outcome.unfounded'
  return fault === null ? 'late.outcome.correct' : 'late.outcome.fault'
}
