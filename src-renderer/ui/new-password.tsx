import { Input, type InputRef } from 'antd'
import { useRef, useState } from 'react'
import { minimumPasswordLength } from '../../src-shared/contract/session.ts'
import { FormLine } from './form-line.tsx'
import { passwordStrength } from './password-strength.ts'
import { Mark } from './status-tag.tsx'
import { useText } from './text.ts'

interface NewPasswordProps {
  /** Of the member who types it: a password that holds them is easy to guess. */
  readonly names: readonly string[]
  readonly autoFocus?: boolean
  /** What the first field is called, where an old password is asked for beside it. */
  readonly label?: string
  /** The password when both fields hold the same one and it is long enough, otherwise null. */
  onChange(password: string | null): void
  /** Enter in the second field. */
  onEnter(): void
}

const tones = { weak: 'risk', fair: 'watch', good: 'action' } as const
const shapes = { weak: '▲', fair: '◐', good: '✓' } as const

/** A new password, typed twice, with a hint of how hard it is to guess. */
export function NewPassword({ names, autoFocus = true, label, onChange, onEnter }: NewPasswordProps) {
  const text = useText()
  const [first, setFirst] = useState('')
  const [second, setSecond] = useState('')
  const secondInput = useRef<InputRef>(null)
  const isShort = first.length < minimumPasswordLength
  const differs = first !== second
  const strength = passwordStrength(first, names)
  const change = (one: string, other: string) => {
    setFirst(one)
    setSecond(other)
    onChange(one.length >= minimumPasswordLength && one === other ? one : null)
  }
  return (
    <>
      <FormLine
        id="first-password"
        label={label ?? text('password.first')}
        error={isShort && second !== '' ? text('password.short', { length: minimumPasswordLength }) : null}
        hint={
          <span role="status">
            {first === '' ? (
              text('password.hint', { length: minimumPasswordLength })
            ) : isShort ? (
              text('password.short', { length: minimumPasswordLength })
            ) : (
              <Mark shape={shapes[strength]} tone={tones[strength]} word={text(`password.${strength}`)} />
            )}
          </span>
        }
      >
        <Input.Password
          id="first-password"
          autoFocus={autoFocus}
          autoComplete="new-password"
          maxLength={200}
          value={first}
          aria-describedby="first-password-notes"
          onChange={(event) => change(event.target.value, second)}
          onPressEnter={(event) => {
            event.preventDefault()
            secondInput.current?.focus()
          }}
        />
      </FormLine>
      <FormLine
        id="second-password"
        label={text('password.second')}
        error={differs && second.length >= first.length ? text('password.differs') : null}
      >
        <Input.Password
          id="second-password"
          ref={secondInput}
          autoComplete="new-password"
          maxLength={200}
          value={second}
          aria-describedby="second-password-notes"
          onChange={(event) => change(first, event.target.value)}
          onPressEnter={(event) => {
            event.preventDefault()
            onEnter()
          }}
        />
      </FormLine>
    </>
  )
}
