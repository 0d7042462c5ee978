import { Alert } from 'antd'
import { useState } from 'react'
import type { InvitedMember, MemberLine } from '../../../src-shared/contract/member-views.ts'
import { newJobId } from '../../app/use-job.ts'
import { useAction } from '../../app/use-action.ts'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { NewPassword } from '../../ui/new-password.tsx'
import { useText } from '../../ui/text.ts'
import { GrantFields, usualTerms } from './grant-fields.tsx'
import { PanelButtons } from './grant-panels.tsx'

interface NewKeyPanelProps {
  readonly line: MemberLine
  readonly act: 'reset' | 'suspect' | 'resume'
  onMade(made: InvitedMember): void
  onCancel(): void
}

/** A new key for a member, who is present and types a new password. */
export function NewKeyPanel({ line, act, onMade, onCancel }: NewKeyPanelProps) {
  const text = useText()
  const reset = useAction('member.reset')
  const suspect = useAction('member.suspect')
  const resume = useAction('member.resume')
  const [password, setPassword] = useState<string | null>(null)
  const [terms, setTerms] = useState(usualTerms)
  const needsRole = act === 'resume' && (line.details?.grants ?? []).length === 0
  const action = { reset, suspect, resume }[act]
  const refusal = act === 'resume' ? null : (line.details?.loss?.refusal ?? null)
  const run = async () => {
    if (password === null) return
    const input = { member: line.id, password }
    const result =
      act === 'suspect'
        ? await suspect.run({ ...input, job: newJobId() })
        : act === 'reset'
          ? await reset.run(input)
          : await resume.run({ ...input, grants: needsRole ? [terms] : [] })
    if (result.ok) onMade(result.value)
  }
  if (refusal !== null) return <Alert type="warning" showIcon title={text(`error.${refusal}`)} />
  return (
    <div className="form">
      <ul className="plain-list">
        {(['first', 'second', 'third'] as const).map((one) => (
          <li key={one}>{text(`members.act.${act}.${one}`, { name: line.name })}</li>
        ))}
      </ul>
      {needsRole ? <GrantFields name="back" terms={terms} onChange={setTerms} /> : null}
      <NewPassword
        names={[line.name, line.details?.login ?? '']}
        onChange={setPassword}
        onEnter={() => void run()}
      />
      <ErrorNotice failure={action.failure} />
      <PanelButtons
        word={text(`members.act.${act}.run`)}
        isDisabled={password === null}
        isBusy={action.isBusy}
        isDangerous={act === 'suspect'}
        onRun={() => void run()}
        onCancel={onCancel}
      />
    </div>
  )
}
