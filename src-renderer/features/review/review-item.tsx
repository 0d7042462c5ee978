import { Alert, Button, Checkbox, Skeleton } from 'antd'
import { useState } from 'react'
import { findCategory } from '../../../src-shared/catalogue/read.ts'
import type { FieldValue } from '../../../src-shared/catalogue/values.ts'
import type { RecordView } from '../../../src-shared/contract/views.ts'
import type { Signed } from '../../../src-shared/contract/review.ts'
import { useDesk } from '../../app/contexts.ts'
import { goWith, hrefWith, useRoute } from '../../app/routes.ts'
import { UnderVersion } from '../../app/under-version.tsx'
import { useAction } from '../../app/use-action.ts'
import { useQuery } from '../../app/use-query.ts'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { StatusTag } from '../../ui/status-tag.tsx'
import { useText } from '../../ui/text.ts'
import type { Queue } from '../queue/use-queue.ts'
import { LookContext, useLooking } from '../record/look.ts'
import { rekeyLook } from '../record/look-ids.ts'
import { QueriesCard } from '../record/queries-card.tsx'
import { RekeyTable } from '../record/rekey-table.tsx'
import { SideBySide } from '../record/side-by-side.tsx'
import { DecisionForm, noOpinion, type Opinion } from './decision-form.tsx'
import { EscalateForm } from './escalate-form.tsx'
import { requiredLooks, unseen } from './look-notice.tsx'
import { RekeyForm } from './rekey-form.tsx'

interface ReviewItemProps {
  readonly record: string
  readonly queue: Queue
  onSigned(signed: Signed): void
}

/** One entry beside its evidence and the archived revision, and the opinion about it. */
export function ReviewItem({ record, queue, onSigned }: ReviewItemProps) {
  const view = useQuery('record.read', { record })
  if (view.failure !== null) return <ErrorNotice failure={view.failure} onRetry={view.reload} />
  if (view.data === null) return <Skeleton active />
  const open = view.data.revisions.find((one) => one.status === 'submitted' || one.status === 'in-review')
  // What was thought of one revision is not said of the next.
  return (
    <UnderVersion version={open?.catalogueVersion ?? 0}>
      <ReviewDesk
        key={open?.revision ?? 'none'}
        record={record}
        data={view.data}
        queue={queue}
        onSigned={onSigned}
        onChanged={view.reload}
      />
    </UnderVersion>
  )
}

interface ReviewDeskProps extends ReviewItemProps {
  readonly data: RecordView
  onChanged(): void
}

function ReviewDesk({ record, data, queue, onSigned, onChanged }: ReviewDeskProps) {
  const text = useText()
  const { catalogue } = useDesk()
  const query = useRoute((route) => route.query)
  const leave = () => {
    goWith(query, 'review')
  }
  const decide = useAction('review.decide')
  const giveBack = useAction('review.return')
  const rekey = useAction('review.rekey')
  const [opinion, setOpinion] = useState<Opinion>(noOpinion)
  const look = useLooking()
  const { seen, watch } = look
  const category = findCategory(catalogue, data.category)
  const revision = data.revisions.find((one) => one.status === 'submitted' || one.status === 'in-review')
  const comparison = useQuery(
    'review.compare',
    revision === undefined ? null : { record, revision: revision.revision },
  )
  if (category === null || revision === undefined) {
    return (
      <Alert
        type="info"
        showIcon
        title={text('review.gone')}
        action={<Button href={hrefWith(query, 'review')}>{text('review.back')}</Button>}
      />
    )
  }
  const mayDecide = data.may.includes('decide')
  const withheld = revision.rekey?.withheld ?? []
  const lines = revision.rekey?.lines ?? null
  const differs = lines?.some((line) => !line.agrees) === true
  const shown =
    withheld.length === 0
      ? category
      : { ...category, fields: category.fields.filter((field) => !withheld.includes(field.id)) }
  const type = async (values: Record<string, FieldValue>) => {
    const done = await rekey.run({ record, revision: revision.revision, values })
    if (done.ok) onChanged()
  }
  const next = queue.items.find((item) => item.record !== record)
  const sign = async () => {
    const row = { record, revision: revision.revision }
    const grounds = { reasons: [...opinion.reasons], marks: [...opinion.marks], words: opinion.words }
    const result =
      opinion.decision === 'return'
        ? await giveBack.run({ compartment: data.compartment, rows: [row], ...grounds })
        : opinion.decision === null
          ? null
          : await decide.run({
              compartment: data.compartment,
              rows: [{ ...row, ...grounds, decision: opinion.decision }],
            })
    if (result === null || !result.ok) return
    onSigned(result.value)
    goWith(query, 'review', ...(next === undefined ? [] : [next.record]))
  }
  const toggle = (field: string, isMarked: boolean) =>
    setOpinion({
      ...opinion,
      marks: isMarked ? [...opinion.marks, field] : opinion.marks.filter((mark) => mark !== field),
    })
  const compared = comparison.failure === null ? comparison.data : 'failed'
  const required = requiredLooks({ category: shown, record: data, revision, comparison: compared })
  const lead = data.may.includes('rekey') ? (
    <RekeyForm
      category={category}
      fields={withheld}
      isBusy={rekey.isBusy}
      notice={<ErrorNotice failure={rekey.failure} />}
      onType={(values) => void type(values)}
    />
  ) : lines === null ? null : (
    <section className="card" ref={watch} data-look={rekeyLook} aria-label={text('rekey.title')}>
      <h2>{text('rekey.title')}</h2>
      <RekeyTable category={category} lines={lines} />
    </section>
  )
  const extra = {
    title: text('decision.mark'),
    cell: (field: string) => (
      <Checkbox
        aria-label={text('decision.mark-field', {
          field: category.fields.find((one) => one.id === field)?.label ?? field,
        })}
        checked={opinion.marks.includes(field)}
        onChange={(event) => toggle(field, event.target.checked)}
      />
    ),
  }
  return (
    <LookContext value={look}>
      <PageHeader
        title={`${data.cadreName} · ${category.name}`}
        actions={
          <>
            <StatusTag status={revision.status} />
            <Button href={hrefWith(query, 'review')}>{text('review.back')}</Button>
          </>
        }
      />
      <SideBySide
        category={shown}
        record={data}
        revision={revision}
        comparison={comparison}
        lead={lead}
        tail={<QueriesCard record={data} category={shown} onChanged={onChanged} />}
        {...(mayDecide ? { extra } : {})}
      />
      {mayDecide ? (
        <DecisionForm
          opinion={opinion}
          onChange={setOpinion}
          needsWords={differs}
          missing={unseen(seen, required)}
          isBusy={decide.isBusy || giveBack.isBusy}
          onSign={() => void sign()}
          notice={<ErrorNotice failure={decide.failure ?? giveBack.failure} />}
        />
      ) : data.may.includes('rekey') ? null : (
        <Alert
          type="info"
          showIcon
          title={text(data.apart === null ? 'review.not-yours' : `apart.${data.apart}`)}
        />
      )}
      {data.may.includes('escalate') ? (
        <EscalateForm record={data} revision={revision.revision} onEscalated={() => leave()} />
      ) : null}
    </LookContext>
  )
}
