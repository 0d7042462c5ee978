import { Alert, Button, DatePicker, Input, Radio, Select, Skeleton } from 'antd'
import dayjs from 'dayjs'
import { useState } from 'react'
import { findCategory } from '../../../src-shared/catalogue/read.ts'
import { receivedWays, type ReceivedWay } from '../../../src-shared/contract/disclosure.ts'
import { useDesk, visibleCategories } from '../../app/contexts.ts'
import { hrefOf } from '../../app/routes.ts'
import { useAction } from '../../app/use-action.ts'
import { useQuery } from '../../app/use-query.ts'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { formKeys } from '../../ui/form-keys.ts'
import { FormLine } from '../../ui/form-line.tsx'
import { today } from '../../ui/moment.ts'
import { PageHeader } from '../../ui/page-header.tsx'
import { useText } from '../../ui/text.ts'

interface CorrectionRequestPageProps {
  readonly cadre: string
  /** What is said to be wrong, or null to choose it here. */
  readonly record: string | null
}

/** Registers what a cadre asks to have corrected (更正申请). */
export function CorrectionRequestPage({ cadre, record }: CorrectionRequestPageProps) {
  const text = useText()
  const desk = useDesk()
  const dossier = useQuery('cadre.read', { cadre, at: null })
  const policy = useQuery('disclosure.policy', {}, [])
  const ask = useAction('correction.request')
  const [chosen, setChosen] = useState(record ?? '')
  const [field, setField] = useState('')
  const [words, setWords] = useState('')
  const [way, setWay] = useState<ReceivedWay>('in-person')
  const [receivedOn, setReceivedOn] = useState(today())
  const [reference, setReference] = useState('')
  const [isTried, setTried] = useState(false)
  const [isDone, setDone] = useState(false)
  if (dossier.failure !== null) return <ErrorNotice failure={dossier.failure} onRetry={dossier.reload} />
  if (dossier.data === null || policy.data === null) return <Skeleton active className="page" />
  const categories = visibleCategories(desk)
  const records = dossier.data.records.filter((one) => one.head !== null)
  // A value of the choice is the record, or the category where the cadre misses one.
  const about = records.find((one) => one.record === chosen)
  const category = findCategory(desk.catalogue, about?.category ?? chosen)
  const submit = async () => {
    setTried(true)
    if (category === null || words.trim() === '') return
    const asked = await ask.run({
      cadre,
      category: category.id,
      record: about?.record ?? null,
      field,
      words: words.trim(),
      receivedOn,
      way,
      reference: reference.trim(),
    })
    if (asked.ok) setDone(true)
  }
  const nameOf = (id: string) => categories.find((one) => one.id === id)?.name ?? id
  const days = policy.data.answerWithinDays
  return (
    <div className="page copy-page">
      <PageHeader
        title={text('correction.title', { name: dossier.data.cadre.name })}
        hint={text('correction.hint', { days })}
        actions={<Button href={hrefOf('dossiers', cadre)}>{text('copy.back')}</Button>}
      />
      {isDone ? (
        <Alert
          type="success"
          showIcon
          title={text('correction.done')}
          description={text('correction.done.hint')}
          action={<Button href={hrefOf('register')}>{text('nav.register')}</Button>}
        />
      ) : (
        <form
          className="copy-form"
          onSubmit={(event) => {
            event.preventDefault()
            void submit()
          }}
          {...formKeys()}
        >
          <FormLine
            id="correction-record"
            label={text('correction.record')}
            isRequired
            error={isTried && category === null ? text('correction.record.missing') : null}
          >
            <Select
              id="correction-record"
              autoFocus
              showSearch={{ optionFilterProp: 'label' }}
              value={chosen === '' ? null : chosen}
              placeholder={text('correction.record.choose')}
              onChange={(value: string) => {
                setChosen(value)
                setField('')
              }}
              options={[
                {
                  label: text('correction.records'),
                  options: records.map((one) => ({
                    value: one.record,
                    label: `${nameOf(one.category)} · ${one.head?.summary ?? ''}`,
                  })),
                },
                {
                  label: text('correction.missing'),
                  options: categories.map((one) => ({
                    value: one.id,
                    label: text('correction.missing.of', { name: one.name }),
                  })),
                },
              ]}
            />
          </FormLine>
          {category === null ? null : (
            <FormLine id="correction-field" label={text('correction.field')}>
              <Select
                id="correction-field"
                value={field}
                onChange={setField}
                options={[
                  { value: '', label: text('correction.field.all') },
                  ...category.fields.map((one) => ({ value: one.id, label: one.label })),
                ]}
              />
            </FormLine>
          )}
          <FormLine
            id="correction-words"
            label={text('correction.words')}
            isRequired
            error={isTried && words.trim() === '' ? text('correction.words.missing') : null}
          >
            <Input.TextArea
              id="correction-words"
              rows={4}
              maxLength={1000}
              value={words}
              onChange={(event) => setWords(event.target.value)}
            />
          </FormLine>
          <FormLine id="correction-way" label={text('correction.way')}>
            <Radio.Group
              id="correction-way"
              aria-label={text('correction.way')}
              value={way}
              onChange={(event) => setWay(event.target.value as ReceivedWay)}
              options={receivedWays.map((one) => ({ value: one, label: text(`correction.way.${one}`) }))}
            />
          </FormLine>
          <FormLine id="correction-day" label={text('correction.day')}>
            <DatePicker
              id="correction-day"
              allowClear={false}
              value={dayjs(receivedOn)}
              disabledDate={(one) => one.isAfter(dayjs(), 'day')}
              onChange={(value) => setReceivedOn(value?.format('YYYY-MM-DD') ?? today())}
            />
          </FormLine>
          <FormLine
            id="correction-reference"
            label={text('correction.reference')}
            hint={text('correction.reference.hint')}
          >
            <Input
              id="correction-reference"
              maxLength={200}
              value={reference}
              onChange={(event) => setReference(event.target.value)}
            />
          </FormLine>
          <ErrorNotice failure={ask.failure} />
          <div className="form-actions">
            <Button type="primary" htmlType="submit" loading={ask.isBusy}>
              {text('correction.submit')}
            </Button>
          </div>
        </form>
      )}
    </div>
  )
}
