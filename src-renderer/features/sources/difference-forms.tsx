import { Button, Input, Radio } from 'antd'
import { useState } from 'react'
import type { DifferenceRow } from '../../../src-shared/contract/sources.ts'
import {
  disclosureFaults,
  settlements,
  type DisclosureFault,
  type Settlement,
} from '../../../src-shared/review/differences.ts'
import { useAction } from '../../app/use-action.ts'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { FormLine } from '../../ui/form-line.tsx'
import { useText } from '../../ui/text.ts'

/** What is done about a difference, with the reason and a signature. */
export function SettleForm({ row }: { readonly row: DifferenceRow }) {
  const text = useText()
  const action = useAction('difference.settle')
  const [outcome, setOutcome] = useState<Settlement>('kept')
  const [words, setWords] = useState('')
  const id = `settle-${row.difference}`
  return (
    <form
      className="difference-form"
      aria-labelledby={`${id}-title`}
      onSubmit={(event) => {
        event.preventDefault()
        void action.run({ difference: row.difference, outcome, words })
      }}
    >
      <h3 id={`${id}-title`}>{text('difference.settle')}</h3>
      <Radio.Group
        aria-labelledby={`${id}-title`}
        value={outcome}
        options={settlements.map((one) => ({ value: one, label: text(`difference.settle.${one}`) }))}
        onChange={(event) => setOutcome(event.target.value as Settlement)}
      />
      <Words id={id} value={words} onChange={setWords} />
      <ErrorNotice failure={action.failure} />
      <Button type="primary" htmlType="submit" disabled={words.trim() === ''} loading={action.isBusy}>
        {text('difference.sign')}
      </Button>
    </form>
  )
}

/** 漏报, 瞒报 or neither, for who is cleared. */
export function JudgeForm({ row }: { readonly row: DifferenceRow }) {
  const text = useText()
  const action = useAction('difference.judge')
  const [fault, setFault] = useState<DisclosureFault | null>(null)
  const [words, setWords] = useState('')
  const id = `judge-${row.difference}`
  return (
    <form
      className="difference-form"
      aria-labelledby={`${id}-title`}
      onSubmit={(event) => {
        event.preventDefault()
        if (fault !== null) void action.run({ difference: row.difference, fault, words })
      }}
    >
      <h3 id={`${id}-title`}>{text('difference.judge')}</h3>
      <p className="prose-line">{text('difference.judge.hint')}</p>
      <Radio.Group
        aria-labelledby={`${id}-title`}
        value={fault}
        options={disclosureFaults.map((one) => ({ value: one, label: text(`difference.fault.${one}`) }))}
        onChange={(event) => setFault(event.target.value as DisclosureFault)}
      />
      <Words id={id} value={words} onChange={setWords} />
      <ErrorNotice failure={action.failure} />
      <Button
        type="primary"
        htmlType="submit"
        disabled={fault === null || words.trim() === ''}
        loading={action.isBusy}
      >
        {text('difference.judge.sign')}
      </Button>
    </form>
  )
}

interface WordsProps {
  readonly id: string
  readonly value: string
  onChange(words: string): void
}

function Words({ id, value, onChange }: WordsProps) {
  const text = useText()
  return (
    <FormLine id={`${id}-words`} label={text('difference.words')} isRequired>
      <Input.TextArea
        id={`${id}-words`}
        rows={2}
        maxLength={2000}
        placeholder={text('difference.words.hint')}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
    </FormLine>
  )
}
