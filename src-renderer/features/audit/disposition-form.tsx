import { Button, Input, Radio } from 'antd'
import { useState } from 'react'
import { dispositions, type Disposition } from '../../../src-shared/audit/incident.ts'
import { useAction } from '../../app/use-action.ts'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { FormLine } from '../../ui/form-line.tsx'
import { useText } from '../../ui/text.ts'

interface DispositionFormProps {
  /** Key of the finding. */
  readonly finding: string
  onDone(): void
}

/** What the auditor makes of a finding. */
export function DispositionForm({ finding, onDone }: DispositionFormProps) {
  const text = useText()
  const [disposition, setDisposition] = useState<Disposition>('explained')
  const [words, setWords] = useState('')
  const [wasTried, setTried] = useState(false)
  const action = useAction('access.note')
  const lacksWords = wasTried && words.trim() === ''
  const sign = async () => {
    setTried(true)
    if (words.trim() === '') return
    const result = await action.run({ finding, disposition, words: words.trim() })
    if (result.ok) onDone()
  }
  return (
    <div className="disposition">
      <Radio.Group
        aria-label={text('unusual.note')}
        value={disposition}
        options={dispositions.map((one) => ({ value: one, label: text(`unusual.disposition.${one}`) }))}
        onChange={(event) => setDisposition(event.target.value as Disposition)}
      />
      <FormLine
        id="disposition-words"
        label={text('unusual.note.words')}
        isRequired
        error={lacksWords ? text('unusual.note.words.missing') : null}
      >
        <Input
          id="disposition-words"
          autoFocus
          aria-required
          aria-invalid={lacksWords}
          aria-describedby="disposition-words-notes"
          maxLength={800}
          value={words}
          onChange={(event) => setWords(event.target.value)}
          onPressEnter={() => void sign()}
        />
      </FormLine>
      <div className="panel-actions">
        <Button type="primary" loading={action.isBusy} onClick={() => void sign()}>
          {text('unusual.note.sign')}
        </Button>
        <Button onClick={onDone}>{text('do.cancel')}</Button>
      </div>
      <ErrorNotice failure={action.failure} />
    </div>
  )
}
