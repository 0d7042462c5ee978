import { Button, DatePicker, Input, Select } from 'antd'
import dayjs from 'dayjs'
import { useState } from 'react'
import { stageTable } from '../../../src-shared/catalogue/schema.ts'
import { longestStageReason } from '../../../src-shared/contract/cycles.ts'
import { leavingStage } from '../../../src-shared/cycles/due.ts'
import { useDesk } from '../../app/contexts.ts'
import { useAction } from '../../app/use-action.ts'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { formKeys } from '../../ui/form-keys.ts'
import { FormLine } from '../../ui/form-line.tsx'
import { today } from '../../ui/moment.ts'
import { useText } from '../../ui/text.ts'

interface StageFormProps {
  readonly cadre: string
  readonly name: string
  readonly present: string | null
  onClose(): void
}

/** The approver signs that a cadre has come to another stage, and sees beforehand what that opens and closes. */
export function StageForm({ cadre, name, present, onClose }: StageFormProps) {
  const text = useText()
  const { catalogue } = useDesk()
  const action = useAction('cadre.stage')
  const items = catalogue.codeTables.find(({ id }) => id === stageTable)?.items ?? []
  const choices = items.filter(({ retired }) => retired !== true)
  const [stage, setStage] = useState(() => choices.find(({ code }) => code !== present)?.code ?? '')
  const [since, setSince] = useState(today)
  const [reason, setReason] = useState('')
  const [source, setSource] = useState('')
  const opened = catalogue.categories.filter(
    ({ retired, openedBy = [] }) =>
      retired !== true &&
      openedBy.some((opening) => opening.when === 'stage' && opening.stages.includes(stage)),
  )
  const save = async () => {
    const done = await action.run({ cadre, stage, since, reason: reason.trim(), source: source.trim() })
    if (done.ok) onClose()
  }
  return (
    <form
      className="card stage-form"
      aria-labelledby="stage-form-title"
      onSubmit={(event) => {
        event.preventDefault()
        void save()
      }}
      {...formKeys(onClose)}
    >
      <h2 id="stage-form-title">{text('stage.title', { name })}</h2>
      <p className="prose-line">{text('stage.what')}</p>
      <div className="stage-fields">
        <FormLine id="stage-new" label={text('stage.new')}>
          <Select<string>
            id="stage-new"
            autoFocus
            value={stage}
            options={choices.map(({ code, label }) => ({ value: code, label }))}
            onChange={setStage}
          />
        </FormLine>
        <FormLine id="stage-since" label={text('stage.day')}>
          <DatePicker
            id="stage-since"
            allowClear={false}
            value={dayjs(since)}
            disabledDate={(day) => day.isAfter(dayjs(), 'day')}
            onChange={(day) => (day === null ? undefined : setSince(day.format('YYYY-MM-DD')))}
          />
        </FormLine>
        <FormLine id="stage-reason" label={text('stage.reason')} isRequired>
          <Input
            id="stage-reason"
            maxLength={longestStageReason}
            placeholder={text('stage.reason.hint')}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
        </FormLine>
        <FormLine id="stage-source" label={text('stage.source')}>
          <Input
            id="stage-source"
            maxLength={200}
            placeholder={text('stage.source.hint')}
            value={source}
            onChange={(event) => setSource(event.target.value)}
          />
        </FormLine>
      </div>
      <div role="status" className="stage-effect">
        {opened.length === 0 ? null : (
          <p>{text('stage.opens', { categories: opened.map((category) => category.name).join('、') })}</p>
        )}
        {stage === leavingStage ? <p>{text('stage.leaving')}</p> : null}
      </div>
      <ErrorNotice failure={action.failure} />
      <div className="form-actions">
        <Button
          type="primary"
          htmlType="submit"
          loading={action.isBusy}
          disabled={stage === '' || reason.trim() === ''}
        >
          {text('stage.sign')}
        </Button>
        <Button onClick={onClose}>{text('stage.cancel')}</Button>
      </div>
    </form>
  )
}
