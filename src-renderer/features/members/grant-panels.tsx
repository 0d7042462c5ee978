import { Alert, Button } from 'antd'
import { useState } from 'react'
import { excludedPair } from '../../../src-shared/access/roles.ts'
import type { MemberLine } from '../../../src-shared/contract/member-views.ts'
import { useDesk } from '../../app/contexts.ts'
import { useAction } from '../../app/use-action.ts'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { useText } from '../../ui/text.ts'
import { DeputyFields, deputyTerms, newDeputy } from './deputy-fields.tsx'
import { GrantFields, usualTerms } from './grant-fields.tsx'

interface PanelProps {
  readonly line: MemberLine
  onDone(): void
}

export function GrantPanel({ line, onDone }: PanelProps) {
  const text = useText()
  const { session } = useDesk()
  const grant = useAction('member.grant')
  const [terms, setTerms] = useState(usualTerms)
  const own = line.details?.grants ?? []
  const before = own.find((one) => one.role === terms.role && one.deputyFor === null)
  const others = own.map((one) => one.role).filter((role) => role !== terms.role)
  const pair = excludedPair([...others, terms.role], session.unit.policy)
  const run = async () => {
    const result = await grant.run({ member: line.id, grant: terms })
    if (result.ok) onDone()
  }
  return (
    <div className="form">
      <p className="prose-line">{text(`members.act.grant.${session.unit.policy}`)}</p>
      <GrantFields name="grant" terms={terms} onChange={setTerms} />
      {before === undefined ? null : (
        <Alert type="warning" showIcon title={text('members.act.grant.replaces', { name: line.name })} />
      )}
      {pair === null ? null : (
        <Alert
          type="warning"
          showIcon
          title={text('founding.gap.excluded', {
            first: text(`role.${pair[0]}`),
            second: text(`role.${pair[1]}`),
          })}
        />
      )}
      <ErrorNotice failure={grant.failure} />
      <PanelButtons
        word={text('members.act.grant')}
        isDisabled={pair !== null}
        isBusy={grant.isBusy}
        onRun={() => void run()}
        onCancel={onDone}
      />
    </div>
  )
}

export function DeputyPanel({ line, onDone }: PanelProps) {
  const text = useText()
  const deputise = useAction('member.deputise')
  const [draft, setDraft] = useState(newDeputy)
  const terms = deputyTerms(draft)
  const run = async () => {
    if (terms === null) return
    const result = await deputise.run({ member: line.id, deputy: terms })
    if (result.ok) onDone()
  }
  return (
    <div className="form">
      <p className="prose-line">{text('members.act.deputise.what', { name: line.name })}</p>
      <DeputyFields member={line.id} draft={draft} onChange={setDraft} />
      <ErrorNotice failure={deputise.failure} />
      <PanelButtons
        word={text('members.act.deputise')}
        isDisabled={terms === null}
        isBusy={deputise.isBusy}
        onRun={() => void run()}
        onCancel={onDone}
      />
    </div>
  )
}

interface PanelButtonsProps {
  readonly word: string
  readonly isDisabled: boolean
  readonly isBusy: boolean
  readonly isDangerous?: boolean
  onRun(): void
  onCancel(): void
}

export function PanelButtons({
  word,
  isDisabled,
  isBusy,
  isDangerous = false,
  onRun,
  onCancel,
}: PanelButtonsProps) {
  const text = useText()
  return (
    <div className="form-actions">
      <Button type="primary" danger={isDangerous} disabled={isDisabled} loading={isBusy} onClick={onRun}>
        {word}
      </Button>
      <Button onClick={onCancel}>{text('do.cancel')}</Button>
    </div>
  )
}
