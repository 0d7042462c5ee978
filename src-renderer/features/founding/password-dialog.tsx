import { Input, Modal } from 'antd'
import { useState } from 'react'
import { minimumPasswordLength } from '../../../src-shared/contract/session.ts'
import { FormLine } from '../../ui/form-line.tsx'
import { useText } from '../../ui/text.ts'

interface PasswordDialogProps {
  readonly name: string
  /** Null when given up. */
  onDone(password: string | null): void
}

/** Each member types their own password, twice, with nobody looking on. */
export function PasswordDialog({ name, onDone }: PasswordDialogProps) {
  const text = useText()
  const [first, setFirst] = useState('')
  const [second, setSecond] = useState('')
  const [wasTried, setTried] = useState(false)
  const isShort = first.length < minimumPasswordLength
  const differs = first !== second
  const finish = () => {
    setTried(true)
    if (!isShort && !differs) onDone(first)
  }
  return (
    <Modal
      open
      title={text('founding.password.title', {
        name: name.trim() === '' ? text('founding.password.who') : name,
      })}
      okText={text('do.confirm')}
      cancelText={text('do.cancel')}
      onOk={finish}
      onCancel={() => onDone(null)}
      width={440}
    >
      <p className="prose-line">{text('founding.password.hint', { length: minimumPasswordLength })}</p>
      <FormLine
        id="first-password"
        label={text('founding.password.first')}
        error={
          isShort && (wasTried || second !== '')
            ? text('founding.password.short', { length: minimumPasswordLength })
            : null
        }
      >
        <Input.Password
          id="first-password"
          autoFocus
          autoComplete="new-password"
          maxLength={200}
          value={first}
          onChange={(event) => setFirst(event.target.value)}
          onPressEnter={() => document.getElementById('second-password')?.focus()}
        />
      </FormLine>
      <FormLine
        id="second-password"
        label={text('founding.password.second')}
        error={
          differs && (wasTried || second.length >= first.length) ? text('founding.password.differs') : null
        }
      >
        <Input.Password
          id="second-password"
          autoComplete="new-password"
          maxLength={200}
          value={second}
          onChange={(event) => setSecond(event.target.value)}
          onPressEnter={finish}
        />
      </FormLine>
    </Modal>
  )
}
