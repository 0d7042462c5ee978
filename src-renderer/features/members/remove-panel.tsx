import { Alert, Checkbox } from 'antd'
import { useState } from 'react'
import type { MemberLine } from '../../../src-shared/contract/member-views.ts'
import { useDesk } from '../../app/contexts.ts'
import { hrefOf } from '../../app/routes.ts'
import { holdsAny } from '../../app/session.ts'
import { newJobId } from '../../app/use-job.ts'
import { useAction } from '../../app/use-action.ts'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { useText } from '../../ui/text.ts'
import { PanelButtons } from './grant-panels.tsx'
import { enoughReviewers } from './revoke-button.tsx'

interface RemovePanelProps {
  readonly line: MemberLine
  readonly act: 'suspend' | 'remove'
  onDone(): void
}

/** A member's key is taken away: for a time, or for good. */
export function RemovePanel({ line, act, onDone }: RemovePanelProps) {
  const text = useText()
  const { session } = useDesk()
  const suspend = useAction('member.suspend')
  const remove = useAction('member.remove')
  const [isSure, setSure] = useState(false)
  const action = act === 'suspend' ? suspend : remove
  const loss = line.details?.loss ?? null
  const leaves = line.roles.includes('reviewer') && (loss?.reviewersLeft ?? enoughReviewers) < enoughReviewers
  const run = async () => {
    const result =
      act === 'suspend'
        ? await suspend.run({ member: line.id })
        : await remove.run({ member: line.id, job: newJobId() })
    if (result.ok) onDone()
  }
  if (loss !== null && loss.refusal !== null)
    return <Alert type="warning" showIcon title={text(`error.${loss.refusal}`)} />
  return (
    <div className="form">
      <ul className="plain-list">
        {(['first', 'second', 'third'] as const).map((one) => (
          <li key={one}>{text(`members.act.${act}.${one}`, { name: line.name })}</li>
        ))}
      </ul>
      {leaves ? (
        <Alert
          type="warning"
          showIcon
          title={text('members.few-reviewers', { count: loss?.reviewersLeft ?? 0 })}
        />
      ) : null}
      {line.roles.includes('reviewer') ? (
        <p className="prose-line">
          {text('handover.at-removal', { name: line.name })}{' '}
          {holdsAny(session, ['approver', 'inspector']) ? (
            <a href={hrefOf('signing', 'handover', line.id)}>{text('handover.at-removal.link')}</a>
          ) : null}
        </p>
      ) : null}
      <Checkbox checked={isSure} onChange={(event) => setSure(event.target.checked)}>
        {text(`members.act.${act}.sure`, { name: line.name })}
      </Checkbox>
      <ErrorNotice failure={action.failure} />
      <PanelButtons
        word={text(`members.act.${act}`)}
        isDisabled={!isSure}
        isBusy={action.isBusy}
        isDangerous
        onRun={() => void run()}
        onCancel={onDone}
      />
    </div>
  )
}
