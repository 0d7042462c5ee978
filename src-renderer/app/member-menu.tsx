import { DownOutlined, IdcardOutlined, SwapOutlined, UserOutlined } from '@ant-design/icons'
import { Button, Dropdown } from 'antd'
import { useList, useText } from '../ui/text.ts'
import { goTo } from './routes.ts'
import type { Session } from './session.ts'

interface MemberMenuProps {
  readonly session: Session
  /** Locks, so that somebody else can log in. */
  onChangeMember(): void
}

/** Who is at work: the way to their account, and to the next member. */
export function MemberMenu({ session, onChangeMember }: MemberMenuProps) {
  const text = useText()
  const list = useList()
  const { member } = session
  return (
    <Dropdown
      trigger={['click']}
      placement="bottomRight"
      menu={{
        items: [
          {
            key: 'account',
            icon: <IdcardOutlined />,
            label: text('shell.account'),
            onClick: () => goTo('settings', 'account'),
          },
          {
            key: 'change',
            icon: <SwapOutlined />,
            label: text('shell.change-member'),
            onClick: onChangeMember,
          },
        ],
      }}
    >
      <Button type="text" className="topbar-member" title={member.login}>
        <UserOutlined aria-hidden="true" />
        {member.name}
        <span className="topbar-roles">{list(member.roles.map((role) => text(`role.${role}`)))}</span>
        <DownOutlined aria-hidden="true" className="topbar-more" />
      </Button>
    </Dropdown>
  )
}
