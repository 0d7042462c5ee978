import { Alert, Button, Input } from 'antd'
import { useState } from 'react'
import type { RecordView } from '../../../src-shared/contract/views.ts'
import { useAction } from '../../app/use-action.ts'
import { useQuery } from '../../app/use-query.ts'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { useText } from '../../ui/text.ts'

interface ReferFormProps {
  readonly record: RecordView
  readonly revision: string
  onReferred(): void
}

/** Sends a disagreement to the level above; from then on nobody here settles it. */
export function ReferForm({ record, revision, onReferred }: ReferFormProps) {
  const text = useText()
  const unit = useQuery('unit.read', {})
  const refer = useAction('review.refer')
  const [words, setWords] = useState('')
  const send = async () => {
    const rows = [{ record: record.record, revision }]
    const done = await refer.run({ compartment: record.compartment, rows, words })
    if (done.ok && done.value.refused.length === 0) onReferred()
  }
  return (
    <section className="card convene" aria-label={text('refer.title')}>
      <h2>{text('refer.title')}</h2>
      {unit.data !== null && unit.data.upstream === null ? (
        <Alert type="info" showIcon title={text('above.no-node')} />
      ) : (
        <>
          <p className="prose-faint">{text('refer.hint')}</p>
          <form
            className="thread-reply"
            onSubmit={(event) => {
              event.preventDefault()
              void send()
            }}
          >
            <Input.TextArea
              aria-label={text('refer.words')}
              placeholder={text('refer.words')}
              className="grow"
              rows={1}
              maxLength={2000}
              value={words}
              onChange={(event) => setWords(event.target.value)}
            />
            <Button htmlType="submit" disabled={words.trim() === ''} loading={refer.isBusy}>
              {text('refer.run')}
            </Button>
          </form>
          <ErrorNotice failure={refer.failure} />
        </>
      )}
    </section>
  )
}
