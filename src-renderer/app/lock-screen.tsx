import { LaptopOutlined, LockOutlined, UserOutlined } from '@ant-design/icons'
import { Alert, Button, Input, type InputRef } from 'antd'
import { useEffect, useRef, useState, type FormEvent, type KeyboardEvent } from 'react'
import type { SessionView } from '../../src-shared/contract/views.ts'
import type { ErrorCode } from '../../src-shared/kernel/errors.ts'
import type { Result } from '../../src-shared/kernel/result.ts'
import { RecoveryPage } from '../features/recovery/recovery-page.tsx'
import { ErrorNotice } from '../ui/error-notice.tsx'
import { KeyFilePicker, type PickedKeyFile } from '../ui/key-file-picker.tsx'
import { useText } from '../ui/text.ts'
import { LooksMenu } from './looks-menu.tsx'
import { goTo } from './routes.ts'
import { enterSession, readSession, type LockedState } from './session.ts'
import { useAction } from './use-action.ts'

const keyFileFaults: readonly ErrorCode[] = ['vault/key-file-needed', 'vault/key-file-wrong']

/** Log-in. Another member takes over by locking and logging in anew. */
export function LockScreen({ state }: { readonly state: LockedState }) {
  const { version, waitUntil } = state
  const text = useText()
  const unlock = useAction('session.unlock')
  const resume = useAction('session.resume')
  const [login, setLogin] = useState('')
  const [password, setPassword] = useState('')
  const [keyFile, setKeyFile] = useState<PickedKeyFile | null>(null)
  const [isCapsLock, setCapsLock] = useState(false)
  const [isRecovering, setRecovering] = useState(false)
  const loginInput = useRef<InputRef>(null)
  const passwordInput = useRef<InputRef>(null)
  const wait = useCountdown(waitUntil)
  const isBusy = unlock.isBusy || resume.isBusy
  const isKeyFileFault = unlock.failure !== null && keyFileFaults.includes(unlock.failure.code)

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (wait > 0 || isBusy) return
    if (login.trim() === '' || password === '') {
      if (login.trim() === '') loginInput.current?.focus()
      else passwordInput.current?.focus()
      return
    }
    resume.clear()
    const result = await unlock.run({ login: login.trim(), password, keyFile: keyFile?.content ?? null })
    if (await entered(result)) return
    if (!result.ok && keyFileFaults.includes(result.error.code)) setKeyFile(null)
    else {
      // What somebody typed meanwhile is the next try.
      setPassword((now) => (now === password ? '' : now))
      passwordInput.current?.focus()
    }
    // How long to wait is the core's to say.
    await readSession()
  }
  const resumeBySystem = async () => {
    if (isBusy) return
    if (login.trim().length < 2) {
      loginInput.current?.focus()
      return
    }
    unlock.clear()
    await entered(await resume.run({ login: login.trim() }))
  }
  const entered = async (result: Result<SessionView>): Promise<boolean> => {
    if (!result.ok) return false
    // The address may be where another member stopped: nobody opens a dossier by logging in.
    goTo('workbench')
    await enterSession(result.value, version)
    return true
  }
  const watchCapsLock = (event: KeyboardEvent) => setCapsLock(event.getModifierState('CapsLock'))

  if (isRecovering) return <RecoveryPage onBack={() => setRecovering(false)} />
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
        {state.keyFiles || isKeyFileFault ? (
          <>
            <label htmlFor="key-file">{text('lock.key-file')}</label>
            <KeyFilePicker id="key-file" picked={keyFile} onPick={setKeyFile} />
            <p className="lock-hint lock-hint-plain">{text('lock.key-file.hint')}</p>
          </>
        ) : null}
        {wait > 0 ? <Alert type="warning" showIcon title={text('lock.wait', { seconds: wait })} /> : null}
        {wait === 0 || unlock.failure?.code === 'vault/wrong-password' ? (
          <ErrorNotice failure={unlock.failure ?? resume.failure} />
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
        {state.systemUnlock ? (
          <Button
            className="lock-system"
            block
            icon={<LaptopOutlined />}
            loading={resume.isBusy}
            onClick={() => void resumeBySystem()}
          >
            {text('lock.system')}
          </Button>
        ) : null}
        <Button className="lock-recover" type="link" onClick={() => setRecovering(true)}>
          {text('recovery.open')}
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
