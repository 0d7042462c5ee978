import { Descriptions, Skeleton } from 'antd'
import { useDesk } from '../../app/contexts.ts'
import { useQuery } from '../../app/use-query.ts'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { groupedHex } from '../../ui/moment.ts'
import { useList, useText } from '../../ui/text.ts'
import { KeyFileCard } from './key-file-card.tsx'
import { PasswordCard } from './password-card.tsx'
import { SystemUnlockCard } from './system-unlock-card.tsx'

/** The member's own account: who they are here, what opens it, and how they change that. */
export function AccountPage() {
  const text = useText()
  const list = useList()
  const { session } = useDesk()
  const account = useQuery('account.read', {}, ['control'])
  if (account.failure !== null) return <ErrorNotice failure={account.failure} onRetry={account.reload} />
  if (account.data === null) return <Skeleton active />
  const { member } = session
  const { data, reload } = account
  return (
    <>
      <Descriptions
        bordered
        size="small"
        column={2}
        items={[
          { key: 'name', label: text('account.name'), children: member.name },
          { key: 'login', label: text('lock.login'), children: member.login },
          {
            key: 'roles',
            label: text('account.roles'),
            children: list(member.roles.map((role) => text(`role.${role}`))),
          },
          {
            key: 'key',
            label: text('account.key'),
            children: <code className="fingerprint">{groupedHex(data.fingerprint)}</code>,
          },
        ]}
      />
      <PasswordCard account={data} onDone={reload} />
      <KeyFileCard account={data} onDone={reload} />
      <SystemUnlockCard account={data} onDone={reload} />
    </>
  )
}
