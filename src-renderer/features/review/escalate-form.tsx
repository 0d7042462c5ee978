import { Button, Input } from 'antd'
import { useState } from 'react'
import type { RecordView } from '../../../src-shared/contract/views.ts'
import { useAction } from '../../app/use-action.ts'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { useText } from '../../ui/text.ts'

interface EscalateFormProps {
  readonly record: RecordView
  readonly revision: string
  onEscalated(): void
}

/** A sensitive matter that the reviewer will not judge alone: opened on demand, so that nobody does it by a slip. */
export function EscalateForm({ record, revision, onEscalated }: EscalateFormProps) {
  const text = useText()
  const escalate = useAction('review.escalate')
  const [isOpen, setOpen] = useState(false)
  const [words, setWords] = useState('')
  if (!isOpen) {
    return (
      <p className="escalate">
        <Button type="link" onClick={() => setOpen(true)}>
          {text('escalate.open')}
        </Button>
        <span className="prose-faint">{text('escalate.hint')}</span>
      </p>
    )
  }
  const send = async () => {
    const rows = [{ record: record.record, revision }]
    const done = await escalate.run({ compartment: record.compartment, rows, words })
    if (done.ok) onEscalated()
  }
  return (
    <form
      className="escalate thread-reply"
      aria-label={text('escalate.open')}
      onSubmit={(event) => {
        event.preventDefault()
        void send()
      }}
    >
      <Input.TextArea
        autoFocus
        aria-label={text('escalate.words')}
        placeholder={text('escalate.words')}
        className="grow"
        rows={1}
        maxLength={2000}
        value={words}
        onChange={(event) => setWords(event.target.value)}
      />
      <Button htmlType="submit" danger disabled={words.trim() === ''} loading={escalate.isBusy}>
        {text('escalate.run')}
      </Button>
      <Button onClick={() => setOpen(false)}>{text('do.cancel')}</Button>
      <ErrorNotice failure={escalate.failure} />
    </form>
  )
}
