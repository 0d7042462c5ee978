import { Alert } from 'antd'
import type { InvitedMember } from '../../../src-shared/contract/member-views.ts'
import { useDesk } from '../../app/contexts.ts'
import { groupedHex } from '../../ui/moment.ts'
import { useText } from '../../ui/text.ts'

interface NewKeyProps {
  readonly name: string
  readonly made: InvitedMember
}

/** What to do with a key that nobody has confirmed yet. */
export function NewKey({ name, made }: NewKeyProps) {
  const text = useText()
  const { session } = useDesk()
  return (
    <Alert
      type="success"
      showIcon
      role="status"
      title={text('members.new-key', { name })}
      description={
        <>
          <p className="fingerprint-line">
            {text('unit.fingerprint')}{' '}
            <code className="fingerprint-large">{groupedHex(made.fingerprint)}</code>
          </p>
          <p>{text('members.new-key.write-down')}</p>
          <p>{text(`members.new-key.${session.unit.policy}`)}</p>
        </>
      }
    />
  )
}
