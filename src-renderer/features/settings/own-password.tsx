import { Input, type InputRef } from 'antd'
import { useLayoutEffect, useRef } from 'react'
import { FormLine } from '../../ui/form-line.tsx'
import { KeyFilePicker, type PickedKeyFile } from '../../ui/key-file-picker.tsx'
import { useText } from '../../ui/text.ts'

/** What proves that it is still the member who sits here. */
export interface Proof {
  readonly password: string
  readonly keyFile: PickedKeyFile | null
}

export const noProof: Proof = { password: '', keyFile: null }

interface OwnPasswordProps {
  /** Distinguishes the fields of several forms. */
  readonly id: string
  readonly needsKeyFile: boolean
  readonly proof: Proof
  onChange(proof: Proof): void
}

/** Whether everything is given that the core will ask for. */
export function isGiven(proof: Proof, needsKeyFile: boolean): boolean {
  return proof.password !== '' && (!needsKeyFile || proof.keyFile !== null)
}

/** The password again, and the key file if the account asks for one. */
export function OwnPassword({ id, needsKeyFile, proof, onChange }: OwnPasswordProps) {
  const text = useText()
  const field = useRef<InputRef>(null)
  useLayoutEffect(() => field.current?.focus(), [])
  return (
    <>
      <FormLine id={`${id}-password`} label={text('account.password.present')} isRequired>
        <Input.Password
          id={`${id}-password`}
          ref={field}
          autoComplete="current-password"
          maxLength={200}
          value={proof.password}
          onChange={(event) => onChange({ ...proof, password: event.target.value })}
        />
      </FormLine>
      {needsKeyFile ? (
        <FormLine id={`${id}-key-file`} label={text('account.key-file.present')} isRequired>
          <KeyFilePicker
            id={`${id}-key-file`}
            picked={proof.keyFile}
            onPick={(keyFile) => onChange({ ...proof, keyFile })}
          />
        </FormLine>
      ) : null}
    </>
  )
}
