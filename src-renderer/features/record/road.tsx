import type { ReactNode } from 'react'
import type { HandView, OpinionView, RevisionView } from '../../../src-shared/contract/views.ts'
import type { DirectiveView } from '../../../src-shared/contract/review-views.ts'
import { momentText } from '../../ui/moment.ts'
import { Mark } from '../../ui/status-tag.tsx'
import { StateSeal } from '../../ui/state-seal.tsx'
import { useClauses, useList, useText, useTextOr } from '../../ui/text.ts'
import { useDesk } from '../../app/contexts.ts'

interface RoadProps {
  readonly revision: RevisionView
  /** Labels of fields, for marks. */
  fieldLabel(id: string): string
}

/** The road of a revision: who entered, who reviewed, who opened and signed; where, when, in which commit. */
export function Road({ revision, fieldLabel }: RoadProps) {
  const text = useText()
  const list = useList()
  const missing =
    revision.escalated !== null ? 0 : Math.max(0, revision.opinionsNeeded - revision.opinions.length)
  const isClosed = revision.status === 'returned' || revision.status === 'withdrawn'
  const isFact = ['archived', 'superseded', 'conflict'].includes(revision.status)
  const isSettling = ({ decision }: DirectiveView) => decision === 'uphold' || decision === 'reject'
  const settled = revision.directives.filter(isSettling)
  const signedAbove = revision.directives.filter((one) => !isSettling(one))
  return (
    <ol className="road">
      <Step title={text('road.entered')} hand={revision.author}>
        {revision.reason === '' ? null : <p>{text('road.reason', { reason: revision.reason })}</p>}
      </Step>
      {revision.assigned === null ? null : (
        <Step title={text('road.assigned')} hand={revision.assigned.hand}>
          <p>
            {text(`road.assigned.${revision.assigned.way}`, {
              names: list(revision.assigned.reviewers.map(({ name }) => name)),
            })}
          </p>
          {revision.assigned.seed === null ? null : (
            <p className="prose-faint">
              <code>{text('road.assigned.seed', { seed: revision.assigned.seed.slice(0, 16) })}</code>
            </p>
          )}
        </Step>
      )}
      {revision.drawn === null ? null : <DrawnStep drawn={revision.drawn} />}
      {revision.discarded.map(({ hand, reviewers }) => (
        <Step key={hand.commit} title={text('road.discarded')} hand={hand}>
          <p>{text('road.discarded.whose', { names: reviewers.map((one) => one.name).join('、') })}</p>
        </Step>
      ))}
      {revision.opinions.map((opinion) => (
        <Step
          key={opinion.reviewer.commit + opinion.reviewer.member}
          title={text('road.reviewed')}
          hand={opinion.reviewer}
        >
          <Opinion opinion={opinion} fieldLabel={fieldLabel} />
        </Step>
      ))}
      {isClosed || revision.status === 'archived' || missing === 0 ? null : (
        <Step title={text('road.waits-opinions', { count: missing })} hand={null} />
      )}
      {revision.returned === null ? null : (
        <Step title={text('road.returned')} hand={revision.returned.hand}>
          <Grounds {...revision.returned} fieldLabel={fieldLabel} />
        </Step>
      )}
      {revision.escalated === null ? null : (
        <Step title={text('road.escalated')} hand={revision.escalated.hand}>
          <p className="many-lines">{revision.escalated.words}</p>
        </Step>
      )}
      {revision.opened === null ? null : <Step title={text('road.opened')} hand={revision.opened} />}
      {revision.group === null || revision.group.members.length === 0 ? null : (
        <Step title={text('road.group')} hand={revision.group.hand}>
          <p>{text('road.group.members', { names: list(revision.group.members.map(({ name }) => name)) })}</p>
        </Step>
      )}
      {revision.group?.votes.map((vote) => (
        <Step key={vote.hand.commit} title={text('road.voted')} hand={vote.hand}>
          <p>
            <strong>{text(`outcome.${vote.outcome}`)}</strong> {vote.words}
          </p>
        </Step>
      ))}
      {revision.adjudication === null || revision.group !== null ? null : (
        <Step title={text('road.adjudicated')} hand={revision.adjudication.hand}>
          <p>
            <strong>{text(`outcome.${revision.adjudication.outcome}`)}</strong> {revision.adjudication.words}
          </p>
        </Step>
      )}
      {revision.referred === null ? null : (
        <Step title={text('road.referred')} hand={revision.referred.hand}>
          <p className="many-lines">{revision.referred.words}</p>
        </Step>
      )}
      {settled.map((one) => (
        <AboveStep key={one.hand.commit} directive={one} />
      ))}
      {revision.status === 'referred' ? <Step title={text('road.waits-above')} hand={null} /> : null}
      {revision.signed === null ? null : (
        <Step title={text('road.signed')} hand={revision.signed.hand}>
          {isFact ? (
            <StateSeal hand={revision.signed.hand} isFormer={revision.status === 'superseded'} />
          ) : null}
          {revision.signed.words === '' ? null : <p>{revision.signed.words}</p>}
        </Step>
      )}
      {signedAbove.map((one) => (
        <AboveStep key={one.hand.commit} directive={one} />
      ))}
      {revision.status === 'awaiting-above' ? <Step title={text('road.waits-above')} hand={null} /> : null}
    </ol>
  )
}

/** What the level above decided, under the officer's name and in its own log. */
function AboveStep({ directive }: { readonly directive: DirectiveView }) {
  const text = useText()
  const { hand, decision, office, words, seq } = directive
  return (
    <li className="road-step">
      <div className="road-line">
        <span className="road-title">{text(`directive.${decision}`)}</span>
        <span className="road-who">{hand.name}</span>
        <time className="number" dateTime={hand.at}>
          {momentText(hand.at)}
        </time>
        <span className="road-device">{office}</span>
        <code title={hand.commit}>{text('road.directive', { commit: hand.commit.slice(0, 8), seq })}</code>
      </div>
      {words === '' ? null : (
        <div className="road-more">
          <p className="many-lines">{words}</p>
        </div>
      )}
    </li>
  )
}

function DrawnStep({ drawn }: { readonly drawn: NonNullable<RevisionView['drawn']> }) {
  const text = useText()
  const { lot, size, seen, seed, hand, contested } = drawn
  return (
    <Step title={text('road.drawn')} hand={hand}>
      <p>
        {contested === null
          ? text(seen ? 'road.drawn.seen' : 'road.drawn.unseen', { lot, size })
          : text('road.drawn.contested')}
      </p>
      <p className="prose-faint many-lines">
        <code>{text('road.drawn.seed', { seed })}</code>
      </p>
    </Step>
  )
}

interface StepProps {
  readonly title: string
  /** Null for a step that has not been taken. */
  readonly hand: HandView | null
  readonly children?: ReactNode
}

function Step({ title, hand, children }: StepProps) {
  const text = useText()
  const { session } = useDesk()
  return (
    <li className={hand === null ? 'road-step is-ahead' : 'road-step'}>
      <div className="road-line">
        <span className="road-title">{title}</span>
        {hand === null ? null : (
          <>
            <span className="road-who">{hand.name}</span>
            <time className="number" dateTime={hand.at}>
              {momentText(hand.at)}
            </time>
            <span className="road-device">
              {hand.device === session.device.id
                ? session.device.name
                : text('road.device', { device: hand.device.slice(0, 8) })}
            </span>
            <code title={hand.commit}>{text('road.commit', { commit: hand.commit.slice(0, 8) })}</code>
          </>
        )}
      </div>
      {children === undefined ? null : <div className="road-more">{children}</div>}
    </li>
  )
}

interface OpinionProps {
  readonly opinion: OpinionView
  fieldLabel(id: string): string
}

function Opinion({ opinion, fieldLabel }: OpinionProps) {
  const text = useText()
  if (opinion.sealed || opinion.decision === null) {
    return <Mark shape="▣" tone="action" word={text('opinion.sealed')} />
  }
  const agrees = opinion.decision === 'agree'
  return (
    <>
      <Mark
        shape={agrees ? '◆' : '▲'}
        tone={agrees ? 'action' : 'watch'}
        word={text(`opinion.${opinion.decision}`)}
      />
      <Grounds
        reasons={opinion.reasons}
        marks={opinion.marks}
        words={opinion.words}
        fieldLabel={fieldLabel}
      />
      {opinion.rekey === null ? null : (
        <p>
          {text('rekey.compared', {
            same: opinion.rekey.filter((line) => line.agrees).length,
            differing: opinion.rekey.filter((line) => !line.agrees).length,
          })}
        </p>
      )}
    </>
  )
}

interface GroundsProps {
  readonly reasons: readonly string[]
  readonly marks: readonly string[]
  readonly words: string
  fieldLabel(id: string): string
}

/** Reasons, marked fields and words of an opinion or a return. */
export function Grounds({ reasons, marks, words, fieldLabel }: GroundsProps) {
  const text = useText()
  const textOr = useTextOr()
  const list = useList()
  const clauses = useClauses()
  return (
    <>
      {reasons.length === 0 ? null : <p>{clauses(reasons.map((reason) => textOr(`reason.${reason}`)))}</p>}
      {marks.length === 0 ? null : (
        <p>{text('opinion.marks', { fields: list(marks.map((mark) => fieldLabel(mark))) })}</p>
      )}
      {words === '' ? null : <p className="many-lines">{words}</p>}
    </>
  )
}
