import { Button, Input, Radio, Select } from 'antd'
import { useId, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import type { LateObjectionView } from '../../../src-shared/contract/late-views.ts'
import type { RecordView } from '../../../src-shared/contract/views.ts'
import { hrefOf } from '../../app/routes.ts'
import { useAction } from '../../app/use-action.ts'
import { useQuery } from '../../app/use-query.ts'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { FormLine } from '../../ui/form-line.tsx'
import { dayText } from '../../ui/moment.ts'
import { useText } from '../../ui/text.ts'

interface SettleObjectionProps {
  readonly record: RecordView
  readonly revision: string
  readonly objection: LateObjectionView
}

const courses = ['unfounded', 'correct', 'fault'] as const
type Course = (typeof courses)[number]

/** What looking into a late objection came to, with the reason in words; nothing is chosen beforehand. */
export function SettleObjection({ record, revision, objection }: SettleObjectionProps) {
  const text = useText()
  const id = useId()
  const settle = useAction('objection.settle')
  const [isOpen, setOpen] = useState(false)
  const [course, setCourse] = useState<Course | null>(null)
  const [fault, setFault] = useState<string | null>(null)
  const [words, setWords] = useState('')
  const place = useRef<HTMLDivElement>(null)
  // At once: the next key goes to what was opened, or back to what opened it.
  const show = (next: boolean) => {
    flushSync(() => setOpen(next))
    place.current?.querySelector<HTMLElement>('input, button')?.focus()
  }
  if (!isOpen) {
    return (
      <div ref={place} className="late-settle">
        <Button size="small" onClick={() => show(true)}>
          {text('late.settle')}
        </Button>
      </div>
    )
  }
  const isWhole = course !== null && (course !== 'fault' || fault !== null) && words.trim() !== ''
  const send = async () => {
    await settle.run({
      record: record.record,
      revision,
      objection: objection.hand.commit,
      outcome: course === 'unfounded' ? 'unfounded' : 'founded',
      fault: course === 'fault' ? fault : null,
      words,
    })
  }
  return (
    <div ref={place} className="late-settle">
      <form
        aria-label={text('late.settle')}
        onSubmit={(event) => {
          event.preventDefault()
          void send()
        }}
      >
        <FormLine id={`${id}-course`} label={text('late.outcome')} isRequired>
          <Radio.Group
            id={`${id}-course`}
            vertical
            value={course}
            options={courses.map((one) => ({ value: one, label: text(`late.course.${one}`) }))}
            onChange={(event) => setCourse(event.target.value as Course)}
          />
        </FormLine>
        {course === 'fault' ? (
          <FaultChoice
            id={`${id}-fault`}
            record={record}
            revision={revision}
            chosen={fault}
            onChange={setFault}
          />
        ) : null}
        <FormLine id={`${id}-words`} label={text('late.words')} isRequired>
          <Input.TextArea
            id={`${id}-words`}
            rows={2}
            maxLength={2000}
            value={words}
            onChange={(event) => setWords(event.target.value)}
          />
        </FormLine>
        <p className="record-actions">
          <Button type="primary" htmlType="submit" disabled={!isWhole} loading={settle.isBusy}>
            {text('late.sign')}
          </Button>
          <Button onClick={() => show(false)}>{text('do.cancel')}</Button>
        </p>
        <ErrorNotice failure={settle.failure} />
      </form>
    </div>
  )
}

interface FaultChoiceProps {
  readonly id: string
  readonly record: RecordView
  readonly revision: string
  readonly chosen: string | null
  onChange(fault: string): void
}

/** The findings of this revision; without any, the way to register one. */
function FaultChoice({ id, record, revision, chosen, onChange }: FaultChoiceProps) {
  const text = useText()
  const asked = { kind: null, cadre: record.cadre, member: null, mine: false, offset: 0, limit: 200 }
  const faults = useQuery('fault.list', asked)
  const found = (faults.data ?? []).filter((one) => one.revision === revision)
  return (
    <FormLine id={id} label={text('late.fault')} isRequired>
      {faults.data !== null && found.length === 0 ? (
        <p>
          {text('late.fault.none')}　
          <a href={hrefOf('faults', record.record, revision)}>{text('faults.register')}</a>
        </p>
      ) : (
        <Select
          id={id}
          className="fill"
          loading={faults.isLoading}
          value={chosen}
          options={found.map((one) => ({
            value: one.fault,
            label: `${text(`fault.${one.kind}`)} · ${dayText(one.finder.at)} · ${one.words}`,
          }))}
          onChange={(value: string) => onChange(value)}
        />
      )}
      <ErrorNotice failure={faults.failure} onRetry={faults.reload} />
    </FormLine>
  )
}
