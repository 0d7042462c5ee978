import { CloudUploadOutlined, DesktopOutlined, LockOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useState } from 'react'
import { useText } from '../ui/text.ts'
import { lockDesk } from './lock.ts'
import { LooksMenu } from './looks-menu.tsx'
import { MemberMenu } from './member-menu.tsx'
import { hrefOf } from './routes.ts'
import type { Session } from './session.ts'

interface TopBarProps {
  readonly session: Session
  /** Commits without a receipt; null while unknown. */
  readonly unsent: number | null
}

/** Always in sight: unit, member and role, device, what waits to be sent, and the lock. */
export function TopBar({ session, unsent }: TopBarProps) {
  const text = useText()
  const [isLocking, setLocking] = useState(false)
  const lock = async () => {
    setLocking(true)
    const locked = await lockDesk()
    // Once it is locked, the page is reloaded.
    if (!locked.ok) setLocking(false)
  }
  return (
    <header className="topbar">
      <a className="logo" href={hrefOf('workbench')} aria-label={text('app.home')}>
        廉档
      </a>
      <span className="topbar-unit">{session.unit.name}</span>
      <span className="topbar-space" />
      <MemberMenu session={session} onChangeMember={() => void lock()} />
      <span className="topbar-item topbar-device" title={text('shell.device')}>
        <DesktopOutlined aria-hidden="true" />
        {session.device.name}
      </span>
      <a className="topbar-item" href={hrefOf('sync')}>
        <CloudUploadOutlined aria-hidden="true" />
        {unsent === null ? '…' : text('shell.unsent', { count: unsent })}
      </a>
      <LooksMenu />
      <Button
        icon={<LockOutlined />}
        loading={isLocking}
        title={text('shell.lock.keys')}
        aria-keyshortcuts="Control+Alt+L"
        onClick={() => void lock()}
      >
        {text('shell.lock')}
      </Button>
    </header>
  )
}
