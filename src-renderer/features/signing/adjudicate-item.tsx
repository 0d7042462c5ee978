import { Alert, Button, Input, Radio, Skeleton } from 'antd'
import { useState } from 'react'
import { findCategory } from '../../../src-shared/catalogue/read.ts'
import { useDesk } from '../../app/contexts.ts'
import { goTo, hrefOf } from '../../app/routes.ts'
import { useAction } from '../../app/use-action.ts'
import { useQuery } from '../../app/use-query.ts'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { StatusTag } from '../../ui/status-tag.tsx'
import { useText } from '../../ui/text.ts'
import { QueriesCard } from '../record/queries-card.tsx'
import { TiesNotice } from '../record/ties-notice.tsx'
import { SideBySide } from '../record/side-by-side.tsx'
import { ConveneForm } from './convene-form.tsx'
import { ReferForm } from './refer-form.tsx'

const outcomes = ['uphold', 'reject'] as const
type Outcome = (typeof outcomes)[number]

/** Two opened opinions that differ; a member who took no part settles it, with reasons in words. */
export function AdjudicateItem({ record }: { readonly record: string }) {
  const text = useText()
  const { catalogue } = useDesk()
  const view = useQuery('record.read', { record })
  const adjudicate = useAction('review.adjudicate')
  const open = useAction('review.open')
  const [outcome, setOutcome] = useState<Outcome | null>(null)
  const [words, setWords] = useState('')
  if (view.failure !== null) return <ErrorNotice failure={view.failure} onRetry={view.reload} />
  if (view.data === null) return <Skeleton active className="page" />
  const { data } = view
  const category = findCategory(catalogue, data.category)
  const revision = data.revisions.find((one) => one.status === 'disputed')
  const back = <Button href={hrefOf('signing', 'adjudicate')}>{text('signing.back')}</Button>
  if (category === null || revision === undefined) {
    return (
      <div className="page">
        <Alert type="info" showIcon title={text('adjudicate.gone')} action={back} />
      </div>
    )
  }
  const sign = async () => {
    if (outcome === null) return
    const result = await adjudicate.run({
      compartment: data.compartment,
      rows: [{ record, revision: revision.revision, outcome }],
      words,
    })
    if (result.ok && result.value.refused.length === 0) goTo('signing', 'adjudicate')
  }
  const openSealed = async () => {
    const rows = [{ record, revision: revision.revision }]
    const result = await open.run({ compartment: data.compartment, rows })
    if (result.ok) view.reload()
  }
  return (
    <div className="page page-wide" key={revision.revision}>
      <PageHeader
        title={`${data.cadreName} · ${category.name}`}
        actions={
          <>
            <StatusTag status={revision.status} />
            {back}
          </>
        }
      />
      <TiesNotice ties={data.ties} />
      <SideBySide category={category} record={data} revision={revision} />
      <QueriesCard record={data} category={category} onChanged={view.reload} />
      {data.may.includes('open') ? (
        <section className="card" aria-label={text('signing.open')}>
          <p className="rekey-actions">
            <Button type="primary" loading={open.isBusy} onClick={() => void openSealed()}>
              {text('adjudicate.open-sealed')}
            </Button>
            <span className="prose-faint">{text('adjudicate.open-sealed.hint')}</span>
          </p>
          <ErrorNotice failure={open.failure} />
        </section>
      ) : null}
      {data.may.includes('convene') ? (
        <ConveneForm record={data} revision={revision} onConvened={view.reload} />
      ) : null}
      {data.may.includes('refer') ? (
        <ReferForm record={data} revision={revision.revision} onReferred={() => goTo('signing', 'above')} />
      ) : null}
      {data.may.includes('adjudicate') ? (
        <section className="decision" aria-label={text('signing.adjudicate')}>
          <div className="decision-line">
            <Radio.Group
              optionType="button"
              buttonStyle="solid"
              aria-label={text('signing.adjudicate')}
              value={outcome}
              options={outcomes.map((one) => ({ value: one, label: text(`outcome.${one}`) }))}
              onChange={(event) => setOutcome(event.target.value as Outcome)}
            />
            <p className="decision-hint">
              {outcome === null ? text('adjudicate.hint') : text(`outcome.${outcome}.hint`)}
            </p>
            <Button
              type="primary"
              disabled={outcome === null || words.trim() === ''}
              loading={adjudicate.isBusy}
              onClick={() => void sign()}
            >
              {text('adjudicate.sign')}
            </Button>
          </div>
          <Input.TextArea
            aria-label={text('adjudicate.words')}
            placeholder={text('adjudicate.words')}
            className="grow"
            rows={2}
            maxLength={2000}
            value={words}
            onChange={(event) => setWords(event.target.value)}
          />
          <ErrorNotice failure={adjudicate.failure} />
        </section>
      ) : (
        <Alert type="info" showIcon title={text('adjudicate.not-yours')} />
      )}
    </div>
  )
}
