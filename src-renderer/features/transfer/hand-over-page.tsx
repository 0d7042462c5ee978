import { Button, Checkbox, DatePicker, Input, Skeleton } from 'antd'
import dayjs from 'dayjs'
import { useState } from 'react'
import type { TransferableView } from '../../../src-shared/contract/transfer.ts'
import { longestReason } from '../../../src-shared/transfer/hand-over-body.ts'
import { hrefOf } from '../../app/routes.ts'
import { useAction } from '../../app/use-action.ts'
import { useQuery } from '../../app/use-query.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { formKeys } from '../../ui/form-keys.ts'
import { FormLine } from '../../ui/form-line.tsx'
import { today } from '../../ui/moment.ts'
import { PageHeader } from '../../ui/page-header.tsx'
import { useText } from '../../ui/text.ts'
import { CodeField, isWholeCode } from '../devices/code-field.tsx'
import { ExportStep } from './export-step.tsx'

/** The approver signs that a dossier goes to another unit, and takes the package away. */
export function HandOverPage({ cadre }: { readonly cadre: string }) {
  const text = useText()
  const able = useQuery('transfer.able', { cadre })
  const out = useQuery('transfer.list', { cadre })
  if (able.failure !== null) return <ErrorNotice failure={able.failure} onRetry={able.reload} />
  if (able.data === null || out.data === null) return <Skeleton active className="page" />
  const waiting = out.data.find(({ status }) => status === 'waiting')
  return (
    <div className="page transfer-page">
      <PageHeader
        title={text('transfer.out.title')}
        actions={<Button href={hrefOf('dossiers', cadre)}>{text('transfer.back')}</Button>}
      />
      {waiting !== undefined ? (
        <section className="card" aria-label={text('transfer.export')}>
          <h2>{text('transfer.waiting.for', { unit: waiting.unitName })}</h2>
          <ExportStep transfer={waiting.id} code={waiting.code} />
        </section>
      ) : able.data.categories.length === 0 || !able.data.may ? (
        <EmptyState title={text('transfer.out.none')} hint={text('transfer.out.none.hint')} />
      ) : (
        <HandOverForm cadre={cadre} able={able.data} />
      )}
    </div>
  )
}

interface HandOverFormProps {
  readonly cadre: string
  readonly able: TransferableView
}

function HandOverForm({ cadre, able }: HandOverFormProps) {
  const text = useText()
  const [card, setCard] = useState('')
  const [code, setCode] = useState('')
  const [reason, setReason] = useState('')
  const [since, setSince] = useState(today)
  const [chosen, setChosen] = useState<readonly string[]>(() => able.categories.map(({ id }) => id))
  const read = useQuery('transfer.read-card', card.trim() === '' ? null : { card: card.trim() }, [])
  const action = useAction('transfer.hand-over')
  const isReady =
    read.data !== null && isWholeCode(code) && reason.trim() !== '' && chosen.length > 0 && able.open === 0
  const sign = async () => {
    if (!isReady) return
    await action.run({
      cadre,
      card: card.trim(),
      code,
      reason: reason.trim(),
      since,
      categories: [...chosen],
    })
  }
  return (
    <form
      className="card"
      onSubmit={(event) => {
        event.preventDefault()
        void sign()
      }}
      {...formKeys()}
    >
      <p className="prose-line">{text('transfer.out.what')}</p>
      {able.open === 0 ? null : (
        <p className="line-error transfer-open" role="alert">
          {text('transfer.out.open', { count: able.open })}
        </p>
      )}
      <FormLine
        id="transfer-card"
        label={text('transfer.card.other')}
        hint={text('transfer.card.other.hint')}
        isRequired
        isWide
      >
        <Input.TextArea
          id="transfer-card"
          autoFocus
          rows={3}
          spellCheck={false}
          value={card}
          onChange={(event) => setCard(event.target.value)}
        />
      </FormLine>
      <ErrorNotice failure={read.failure} />
      {read.data === null ? null : (
        <p role="status" className="transfer-unit">
          {text('transfer.card.says')} <strong>{read.data.name}</strong> {read.data.creditCode}
        </p>
      )}
      <CodeField
        id="transfer-code"
        label={text('transfer.code.typed')}
        isRequired
        value={code}
        onChange={setCode}
        onEnter={() => undefined}
      />
      <FormLine id="transfer-reason" label={text('transfer.reason')} isRequired>
        <Input
          id="transfer-reason"
          maxLength={longestReason}
          placeholder={text('transfer.reason.hint')}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
      </FormLine>
      <FormLine id="transfer-since" label={text('transfer.since')} isRequired>
        <DatePicker
          id="transfer-since"
          allowClear={false}
          value={dayjs(since)}
          disabledDate={(day) => day.isAfter(dayjs(), 'day')}
          onChange={(day) => (day === null ? undefined : setSince(day.format('YYYY-MM-DD')))}
        />
      </FormLine>
      <fieldset className="copy-part">
        <legend>{text('transfer.categories')}</legend>
        <Checkbox.Group
          value={[...chosen]}
          onChange={(values) => setChosen(values.map(String))}
          options={able.categories.map(({ id, name, facts }) => ({
            value: id,
            label: (
              <span className="copy-category">
                <span className="category-id">{id}</span>
                {name}
                <span className="number">{text('dossier.records', { count: facts })}</span>
              </span>
            ),
          }))}
        />
        <p className="prose-faint">{text('transfer.categories.hint')}</p>
      </fieldset>
      <ErrorNotice failure={action.failure} />
      <div className="form-actions">
        <Button type="primary" danger htmlType="submit" loading={action.isBusy} disabled={!isReady}>
          {text('transfer.sign')}
        </Button>
        <Button href={hrefOf('dossiers', cadre)}>{text('do.cancel')}</Button>
      </div>
    </form>
  )
}
