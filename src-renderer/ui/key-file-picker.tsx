import { KeyOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useRef } from 'react'
import { useText } from './text.ts'

/** A key file is a line of about 170 characters; what is much longer is another file. */
const largestKeyFile = 1024

export interface PickedKeyFile {
  readonly name: string
  readonly content: string
}

interface KeyFilePickerProps {
  readonly id: string
  readonly picked: PickedKeyFile | null
  onPick(file: PickedKeyFile | null): void
}

/** Takes the key file from the member's stick; it is read here and not kept. */
export function KeyFilePicker({ id, picked, onPick }: KeyFilePickerProps) {
  const text = useText()
  const input = useRef<HTMLInputElement>(null)
  const read = async (file: File | undefined) => {
    if (file === undefined) return
    try {
      onPick({ name: file.name, content: (await file.slice(0, largestKeyFile).text()).trim() })
    } catch {
      // The stick was pulled out while it was read.
      onPick(null)
    }
  }
  return (
    <div className="key-file">
      <input
        ref={input}
        type="file"
        className="sr-only"
        tabIndex={-1}
        aria-label={text('key-file.choose')}
        onChange={(event) => {
          void read(event.target.files?.[0])
          event.target.value = ''
        }}
      />
      <Button id={id} icon={<KeyOutlined />} onClick={() => input.current?.click()}>
        {text(picked === null ? 'key-file.choose' : 'key-file.other')}
      </Button>
      <span className="key-file-name" role="status">
        {picked === null ? text('key-file.none') : picked.name}
      </span>
    </div>
  )
}
