import { Button, DatePicker, Input, InputNumber, Radio, Select, Switch } from 'antd'
import dayjs from 'dayjs'
import { useState } from 'react'
import { ownerTable } from '../../../src-shared/catalogue/schema.ts'
import { sourceCycles } from '../../../src-shared/cycles/deliveries.ts'
import type { SourceLine } from '../../../src-shared/contract/sources.ts'
import {
  longestDelivery,
  sourceChecks,
  type SourceProfile,
} from '../../../src-shared/import/source-profile.ts'
import { useDesk } from '../../app/contexts.ts'
import { useAction } from '../../app/use-action.ts'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { formKeys } from '../../ui/form-keys.ts'
import { FormLine } from '../../ui/form-line.tsx'
import { useText } from '../../ui/text.ts'

interface SourceFormProps {
  /** Null for a new one. */
  readonly source: SourceLine | null
  readonly today: string
  onClose(): void
}

/** The approver signs who delivers what and by when. */
export function SourceForm({ source, today, onClose }: SourceFormProps) {
  const text = useText()
  const { catalogue } = useDesk()
  const action = useAction('source.set')
  const owners = catalogue.codeTables.find(({ id }) => id === ownerTable)?.items ?? []
  const [draft, setDraft] = useState<SourceProfile>(
    () =>
      source?.profile ?? {
        name: '',
        department: owners[0]?.code ?? '',
        categories: [],
        cycle: 'quarterly',
        withinWorkingDays: 15,
        check: 'routine',
        from: today,
        ended: false,
      },
  )
  const change = (part: Partial<SourceProfile>) => setDraft({ ...draft, ...part })
  const delivered = catalogue.categories.filter(
    ({ retired, compartment }) => retired !== true && compartment === 'archive',
  )
  const save = async () => {
    const profile = { ...draft, name: draft.name.trim(), categories: [...draft.categories] }
    const done = await action.run({ source: source?.source ?? null, profile })
    if (done.ok) onClose()
  }
  return (
    <form
      className="card source-form"
      aria-labelledby="source-form-title"
      onSubmit={(event) => {
        event.preventDefault()
        void save()
      }}
      {...formKeys(onClose)}
    >
      <h2 id="source-form-title">{text(source === null ? 'source.form.new' : 'source.form.change')}</h2>
      <p className="prose-line">{text('source.form.what')}</p>
      <FormLine
        id="source-name"
        label={text('source.form.name')}
        hint={text('source.form.name.hint')}
        isRequired
      >
        <Input
          id="source-name"
          autoFocus
          maxLength={60}
          value={draft.name}
          aria-describedby="source-name-notes"
          onChange={(event) => change({ name: event.target.value })}
        />
      </FormLine>
      <FormLine id="source-department" label={text('source.form.department')} isRequired>
        <Select<string>
          id="source-department"
          className="fill"
          value={draft.department}
          options={owners
            .filter(({ retired }) => retired !== true)
            .map(({ code, label }) => ({ value: code, label }))}
          onChange={(department) => change({ department })}
        />
      </FormLine>
      <FormLine id="source-categories" label={text('source.form.categories')} isRequired>
        <Select<string[]>
          id="source-categories"
          className="fill"
          mode="multiple"
          value={[...draft.categories]}
          showSearch={{ optionFilterProp: 'label' }}
          options={delivered.map(({ id, name }) => ({ value: id, label: `${id} ${name}` }))}
          onChange={(categories) => change({ categories })}
        />
      </FormLine>
      <FormLine id="source-cycle" label={text('source.form.cycle')} isRequired>
        <Radio.Group
          id="source-cycle"
          value={draft.cycle}
          options={sourceCycles.map((cycle) => ({ value: cycle, label: text(`source.cycle.${cycle}`) }))}
          onChange={(event) => change({ cycle: event.target.value as SourceProfile['cycle'] })}
        />
      </FormLine>
      {draft.cycle === 'event' ? null : (
        <>
          <FormLine id="source-within" label={text('source.form.within')} isRequired>
            <InputNumber
              id="source-within"
              min={1}
              max={longestDelivery}
              precision={0}
              value={draft.withinWorkingDays}
              onChange={(days) => change({ withinWorkingDays: days ?? draft.withinWorkingDays })}
            />
          </FormLine>
          <FormLine id="source-from" label={text('source.form.from')} isRequired>
            <DatePicker
              id="source-from"
              allowClear={false}
              value={dayjs(draft.from)}
              onChange={(day) => (day === null ? undefined : change({ from: day.format('YYYY-MM-DD') }))}
            />
          </FormLine>
        </>
      )}
      <FormLine
        id="source-check"
        label={text('source.form.check')}
        hint={text('source.form.check.hint')}
        isRequired
      >
        <Radio.Group
          id="source-check"
          value={draft.check}
          options={sourceChecks.map((check) => ({ value: check, label: text(`source.check.${check}`) }))}
          onChange={(event) => change({ check: event.target.value as SourceProfile['check'] })}
        />
      </FormLine>
      {source === null ? null : (
        <FormLine id="source-ended" label={text('source.form.ended')}>
          <Switch id="source-ended" checked={draft.ended} onChange={(ended) => change({ ended })} />
        </FormLine>
      )}
      <ErrorNotice failure={action.failure} />
      <div className="form-actions">
        <Button
          type="primary"
          htmlType="submit"
          loading={action.isBusy}
          disabled={draft.name.trim() === '' || draft.department === '' || draft.categories.length === 0}
        >
          {text('source.form.sign')}
        </Button>
        <Button onClick={onClose}>{text('deliveries.cancel')}</Button>
      </div>
    </form>
  )
}
