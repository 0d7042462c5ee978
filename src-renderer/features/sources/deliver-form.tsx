import { Button, DatePicker, Input, Select } from 'antd'
import dayjs from 'dayjs'
import { useState } from 'react'
import type { SourceLine } from '../../../src-shared/contract/sources.ts'
import { useAction } from '../../app/use-action.ts'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { formKeys } from '../../ui/form-keys.ts'
import { FormLine } from '../../ui/form-line.tsx'
import { useText } from '../../ui/text.ts'

interface DeliverFormProps {
  readonly source: SourceLine
  readonly today: string
  onClose(): void
}

/** That a delivery came without a table. */
export function DeliverForm({ source, today, onClose }: DeliverFormProps) {
  const text = useText()
  const action = useAction('source.deliver')
  const [period, setPeriod] = useState(source.expected)
  const [on, setOn] = useState(today)
  const [words, setWords] = useState('')
  const save = async () => {
    const done = await action.run({ source: source.source, period, on, words })
    if (done.ok) onClose()
  }
  return (
    <form
      className="source-note"
      aria-label={text('deliveries.note.label', { name: source.profile.name })}
      onSubmit={(event) => {
        event.preventDefault()
        void save()
      }}
      {...formKeys(onClose)}
    >
      <p className="prose-line">{text('deliveries.note.hint')}</p>
      {source.lines.length === 0 ? null : (
        <FormLine id="note-period" label={text('deliveries.period')} isRequired>
          <Select<string>
            id="note-period"
            autoFocus
            value={period ?? ''}
            options={source.lines.map((line) => ({ value: line.period, label: line.period }))}
            onChange={setPeriod}
          />
        </FormLine>
      )}
      <FormLine id="note-on" label={text('deliveries.on')} isRequired>
        <DatePicker
          id="note-on"
          allowClear={false}
          value={dayjs(on)}
          disabledDate={(day) => day.isAfter(dayjs(today), 'day')}
          onChange={(day) => (day === null ? undefined : setOn(day.format('YYYY-MM-DD')))}
        />
      </FormLine>
      <FormLine id="note-words" label={text('deliveries.note.words')} isRequired>
        <Input
          id="note-words"
          maxLength={500}
          placeholder={text('deliveries.note.words.hint')}
          value={words}
          onChange={(event) => setWords(event.target.value)}
        />
      </FormLine>
      <ErrorNotice failure={action.failure} />
      <div className="form-actions">
        <Button type="primary" htmlType="submit" loading={action.isBusy} disabled={words.trim() === ''}>
          {text('deliveries.note.sign')}
        </Button>
        <Button onClick={onClose}>{text('deliveries.cancel')}</Button>
      </div>
    </form>
  )
}
