import { LockOutlined, UserOutlined } from '@ant-design/icons'
import { Alert, Button, Input, type InputRef } from 'antd'
import { useEffect, useRef, useState, type FormEvent, type KeyboardEvent } from 'react'
import { useText } from '../ui/text.ts'
import { ErrorNotice } from '../ui/error-notice.tsx'
import { LooksMenu } from './looks-menu.tsx'
import { goTo } from './routes.ts'
import { enterSession, readSession } from './session.ts'
import { useAction } from './use-action.ts'

interface LockScreenProps {
  readonly version: string
  /** Milliseconds of this clock before which another try is refused. */
  readonly waitUntil: number
}

/** Log-in. Another member takes over by locking and logging in anew. */
export function LockScreen({ version, waitUntil }: LockScreenProps) {
  const text = useText()
  const unlock = useAction('session.unlock')
  const [login, setLogin] = useState('')
  const [password, setPassword] = useState('')
  const [isCapsLock, setCapsLock] = useState(false)
  const loginInput = useRef<InputRef>(null)
  const passwordInput = useRef<InputRef>(null)
  const wait = useCountdown(waitUntil)

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (wait > 0 || unlock.isBusy) return
    if (login.trim() === '' || password === '') {
      if (login.trim() === '') loginInput.current?.focus()
      else passwordInput.current?.focus()
      return
    }
    const result = await unlock.run({ login: login.trim(), password })
    if (result.ok) {
      // The address may be where another member stopped: nobody opens a dossier by logging in.
      goTo('workbench')
      await enterSession(result.value, version)
      return
    }
    setPassword('')
    passwordInput.current?.focus()
    // How long to wait is the core's to say.
    await readSession()
  }
  const watchCapsLock = (event: KeyboardEvent) => setCapsLock(event.getModifierState('CapsLock'))

  return (
    <main className="cover">
      <div className="cover-looks">
        <LooksMenu />
      </div>
      <form className="lock" onSubmit={(event) => void submit(event)} aria-labelledby="lock-title">
        <span className="logo logo-large" aria-hidden="true">
          廉档
        </span>
        <h1 id="lock-title">{text('lock.title')}</h1>
        <label htmlFor="login">{text('lock.login')}</label>
        <Input
          id="login"
          ref={loginInput}
          autoFocus
          autoComplete="username"
          size="large"
          maxLength={40}
          prefix={<UserOutlined aria-hidden="true" />}
          value={login}
          onChange={(event) => setLogin(event.target.value)}
        />
        <label htmlFor="password">{text('lock.password')}</label>
        <Input.Password
          id="password"
          ref={passwordInput}
          autoComplete="current-password"
          size="large"
          maxLength={200}
          prefix={<LockOutlined aria-hidden="true" />}
          value={password}
          aria-describedby="password-hint"
          onChange={(event) => setPassword(event.target.value)}
          onKeyDown={watchCapsLock}
          onKeyUp={watchCapsLock}
        />
        <p id="password-hint" className="lock-hint" role="status">
          {isCapsLock ? text('lock.caps-lock') : ''}
        </p>
        {wait > 0 ? <Alert type="warning" showIcon title={text('lock.wait', { seconds: wait })} /> : null}
        {wait === 0 || unlock.failure?.code === 'vault/wrong-password' ? (
          <ErrorNotice failure={unlock.failure} />
        ) : null}
        <Button
          type="primary"
          size="large"
          block
          htmlType="submit"
          disabled={wait > 0}
          loading={unlock.isBusy}
        >
          {text('lock.unlock')}
        </Button>
        <p className="lock-notice">{text('app.no-state-secrets')}</p>
      </form>
      <p className="cover-version">{text('app.version', { version })}</p>
    </main>
  )
}

/** Whole seconds left until a moment. */
function useCountdown(until: number): number {
  const [left, setLeft] = useState(0)
  useEffect(() => {
    const count = () => {
      const rest = Math.max(0, Math.ceil((until - Date.now()) / 1000))
      setLeft(rest)
      return rest
    }
    if (count() === 0) return undefined
    const timer = window.setInterval(() => {
      if (count() === 0) window.clearInterval(timer)
    }, 250)
    return () => window.clearInterval(timer)
  }, [until])
  return left
}
