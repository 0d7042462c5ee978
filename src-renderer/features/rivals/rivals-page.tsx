import { Alert, Button, Input, Skeleton } from 'antd'
import { useEffect, useState } from 'react'
import { findCategory } from '../../../src-shared/catalogue/read.ts'
import type { Category } from '../../../src-shared/catalogue/schema.ts'
import type { RecordView } from '../../../src-shared/contract/views.ts'
import { useDesk } from '../../app/contexts.ts'
import { goTo, hrefOf } from '../../app/routes.ts'
import { useAction } from '../../app/use-action.ts'
import { useQuery } from '../../app/use-query.ts'
import { readDraft } from '../../drafts/database.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { useList, useText } from '../../ui/text.ts'
import { draftOfCorrection, settledBy } from '../entry/entry-draft.ts'
import { useEntry } from '../entry/entry-state.ts'
import { EvidenceList } from '../record/evidence-list.tsx'
import { Road } from '../record/road.tsx'
import { Source } from '../record/source.tsx'
import { Situation } from './rival-notice.tsx'
import {
  isOnTheWay,
  openRows,
  settlementOf,
  sidesOf,
  wholeOf,
  type Choice,
  type Settlement,
  type Side,
  type Sides,
} from './settlement.ts'
import { SidesTable } from './sides-table.tsx'

/** `#/dossiers/<cadre>/rivals/<record>`: revisions made apart, side by side, and the ways out. */
export function RivalsPage({ cadre, record }: { readonly cadre: string; readonly record: string }) {
  const text = useText()
  const { catalogue } = useDesk()
  const view = useQuery('record.read', { record })
  if (view.failure !== null) return <ErrorNotice failure={view.failure} onRetry={view.reload} />
  if (view.data === null) return <Skeleton active className="page" />
  const category = findCategory(catalogue, view.data.category)
  const sides = sidesOf(view.data)
  const back = <Button href={hrefOf('dossiers', cadre, record)}>{text('rivals.back')}</Button>
  if (category === null || sides === null) {
    return (
      <div className="page">
        <PageHeader title={text('rivals.title')} actions={back} />
        <EmptyState title={text('rivals.gone')} hint={text('rivals.gone.hint')} />
      </div>
    )
  }
  return (
    <div className="page page-wide">
      <PageHeader
        title={`${text('rivals.title')} · ${view.data.cadreName} · ${category.name}`}
        actions={back}
      />
      <Situation sides={sides} isRoad={view.data.rivalry?.over === 'road'} />
      {/* What was chosen between other sides is chosen anew. */}
      <Choosing
        key={sides.sides.map(({ revision }) => revision.revision).join()}
        record={view.data}
        category={category}
        sides={sides}
      />
      <div className="rivals-sides">
        {sides.sides.map((side) => (
          <Origin
            key={side.revision.revision}
            record={view.data as RecordView}
            category={category}
            side={side}
          />
        ))}
      </div>
    </div>
  )
}

interface ChoosingProps {
  readonly record: RecordView
  readonly category: Category
  readonly sides: Sides
}

function Choosing({ record, category, sides }: ChoosingProps) {
  const text = useText()
  const list = useList()
  const { catalogue } = useDesk()
  const [choice, setChoice] = useState<Choice>(new Map())
  const place = { cadre: record.cadre, category: category.id, record: record.record }
  const hasDraft = useHasDraft(place)
  const isDue = sides.settlement === null && !isOnTheWay(sides)
  const mayChoose = isDue && record.may.includes('correct')
  const left = openRows(category, sides).filter((row) => !choice.has(row)).length
  const settlement = settlementOf(category, sides, choice)
  const go = ({ base, from }: Settlement) => {
    const numbers = from.map(({ number }) => String(number))
    const reason =
      from.length === 1
        ? text('rivals.reason.whole', { number: numbers[0] ?? '' })
        : text('rivals.reason.mixed', { numbers: list(numbers) })
    const correction = { record, base }
    const draft = { ...draftOfCorrection(correction), reason, catalogueVersion: catalogue.version }
    useEntry.getState().open(place, draft, settledBy(correction))
    goTo('entry', record.cadre, category.id, record.record)
  }
  return (
    <section className="card" aria-label={text('rivals.table')}>
      {mayChoose ? <p className="prose-faint">{text('rivals.settle.hint')}</p> : null}
      {isDue && !mayChoose ? <p className="prose-faint">{text('rivals.not-yours')}</p> : null}
      <SidesTable
        category={category}
        sides={sides}
        choice={mayChoose ? choice : null}
        onTake={(row, side) => setChoice(new Map([...choice, [row, side]]))}
        onTakeAll={(side) => setChoice(wholeOf(category, sides, side))}
      />
      {mayChoose ? (
        <>
          {hasDraft ? (
            <Alert
              type="warning"
              showIcon
              title={text('rivals.draft')}
              action={
                <Button size="small" href={hrefOf('entry', place.cadre, place.category, place.record)}>
                  {text('rivals.draft.open')}
                </Button>
              }
            />
          ) : null}
          <p className="rivals-foot">
            <Button
              type="primary"
              disabled={settlement === null}
              onClick={() => settlement !== null && go(settlement)}
            >
              {text('rivals.next')}
            </Button>
            <span role="status">
              {left > 0 ? text('rivals.left', { count: left }) : text('rivals.ready')}
            </span>
          </p>
        </>
      ) : null}
    </section>
  )
}

/** Whether somebody at this place began a form of the record and has not submitted it. */
function useHasDraft(place: { readonly cadre: string; readonly category: string; readonly record: string }) {
  const [has, setHas] = useState(false)
  const { cadre, category, record } = place
  useEffect(() => {
    let isHere = true
    void readDraft({ cadre, category, record }).then((draft) => {
      if (isHere) setHas(draft !== null)
    })
    return () => {
      isHere = false
    }
  }, [cadre, category, record])
  return has
}

interface OriginProps {
  readonly record: RecordView
  readonly category: Category
  readonly side: Side
}

/** Who made one side, when, from what; its evidence; how far it came. */
function Origin({ record, category, side: { number, revision } }: OriginProps) {
  const text = useText()
  const title = text('rivals.side', { number })
  const label = (id: string) => category.fields.find((field) => field.id === id)?.label ?? id
  return (
    <section className="card" aria-label={title}>
      <h2>{title}</h2>
      <p>
        {revision.reason === ''
          ? text('rivals.no-reason')
          : text('rivals.reason', { reason: revision.reason })}
      </p>
      <h3>{text('record.source')}</h3>
      <Source source={revision.source} flags={revision.flags} />
      <h3>{text('record.evidence')}</h3>
      <EvidenceList revision={revision.revision} evidence={revision.evidence} />
      <h3>{text('record.road')}</h3>
      <Road revision={revision} fieldLabel={label} />
      <Withdraw record={record} side={{ number, revision }} />
    </section>
  )
}

/** One's own side, before anybody gave an opinion of it. */
function Withdraw({ record, side: { revision } }: Omit<OriginProps, 'category'>) {
  const text = useText()
  const { session } = useDesk()
  const withdraw = useAction('record.withdraw')
  const [reason, setReason] = useState('')
  const isOwn = revision.author.member === session.member.id
  const isFresh = revision.status === 'submitted' && revision.opinions.length === 0
  if (!isOwn || !isFresh || revision.discarded.length > 0) return null
  return (
    <form
      className="inline-form"
      onSubmit={(event) => {
        event.preventDefault()
        void withdraw.run({ record: record.record, revision: revision.revision, reason })
      }}
    >
      <Input
        aria-label={text('mine.withdraw.reason')}
        placeholder={text('mine.withdraw.reason')}
        maxLength={500}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
      />
      <Button danger htmlType="submit" loading={withdraw.isBusy}>
        {text('mine.withdraw')}
      </Button>
      <ErrorNotice failure={withdraw.failure} />
    </form>
  )
}
