import { Alert, Button, Radio, Segmented, Select } from 'antd'
import { useState } from 'react'
import type { AssignmentWay } from '../../../src-shared/log/operations.ts'
import type { AssignedRow } from '../../../src-shared/contract/review-views.ts'
import type { QueueItem } from '../../../src-shared/contract/views.ts'
import { hrefOf } from '../../app/routes.ts'
import { useAction } from '../../app/use-action.ts'
import { useQuery } from '../../app/use-query.ts'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { useList, useText } from '../../ui/text.ts'
import { byCompartment } from './by-compartment.ts'
import { QueueFilters } from '../queue/queue-filters.tsx'
import { QueueTable } from '../queue/queue-table.tsx'
import { wholeBatch } from '../queue/use-batch.ts'
import { useQueue } from '../queue/use-queue.ts'
import { useQueueFilter } from '../queue/use-queue-filter.ts'

const ways: readonly AssignmentWay[] = ['turn', 'random', 'hand']

const isForReview = ({ status }: QueueItem) => status === 'submitted' || status === 'in-review'

/** Says who is to review what waits, or what is late: by hand, in turn, or by lot with its seed on record. */
export function AssignQueue({ kind }: { readonly kind: 'to-assign' | 'overdue' }) {
  const text = useText()
  const list = useList()
  const narrowed = useQueueFilter()
  const { query, choose, filter } = narrowed
  const isLate = kind === 'overdue'
  const whose = isLate || query['shown'] === 'all' ? 'all' : 'unassigned'
  const queue = useQueue(kind, whose, filter)
  const unit = useQuery('unit.read', {})
  const assign = useAction('review.assign')
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const [way, setWay] = useState<AssignmentWay>('turn')
  const [reviewers, setReviewers] = useState<readonly string[]>([])
  const [assigned, setAssigned] = useState<readonly AssignedRow[] | null>(null)
  const able = (unit.data?.members ?? []).filter((member) =>
    member.roles.some(({ role, inForce }) => inForce && role === 'reviewer'),
  )
  // Only what waits for an opinion is dealt out; the rest of what is late is looked at.
  const rows = queue.items.filter((item) => chosen.has(item.revision) && isForReview(item))
  const isReady = way !== 'hand' || reviewers.length > 0
  const run = async (places: readonly QueueItem[]) => {
    const done: AssignedRow[] = []
    for (const { compartment, rows: some } of byCompartment(places)) {
      const named = way === 'hand' ? [...reviewers] : []
      const result = await assign.run({ compartment, way, reviewers: named, rows: some, words: '' })
      if (!result.ok) return
      done.push(...result.value.assigned)
    }
    setAssigned(done)
    setChosen(new Set())
  }
  const runBatch = async (batch: string) => {
    if (!isReady) return
    const whole = await wholeBatch(batch, kind)
    if (whole.ok) await run(whole.value.filter(isForReview))
  }
  const names = new Set(assigned?.flatMap((row) => row.reviewers.map(({ name }) => name)) ?? [])
  return (
    <>
      {assigned === null ? null : (
        <Alert
          type="success"
          showIcon
          closable={{ onClose: () => setAssigned(null) }}
          title={text('assign.done', { count: assigned.length, names: list([...names]) })}
        />
      )}
      <QueueFilters state={narrowed} batches={queue.batches} hasDeadline={!isLate} />
      <div className="assign-bar">
        {isLate ? null : (
          <Segmented<'unassigned' | 'all'>
            value={whose}
            options={[
              { value: 'unassigned', label: text('assign.unassigned') },
              { value: 'all', label: text('assign.all') },
            ]}
            onChange={(next) => choose({ shown: next === 'all' ? next : undefined })}
          />
        )}
        <Radio.Group
          aria-label={text('assign.way')}
          value={way}
          options={ways.map((one) => ({ value: one, label: text(`assign.way.${one}`) }))}
          onChange={(event) => setWay(event.target.value as AssignmentWay)}
        />
        {way === 'hand' ? (
          <Select<string[]>
            mode="multiple"
            className="assign-people"
            maxCount={2}
            aria-label={text('assign.reviewers')}
            placeholder={text('assign.reviewers')}
            value={[...reviewers]}
            options={able.map((member) => ({ value: member.id, label: member.name }))}
            showSearch={{ optionFilterProp: 'label' }}
            onChange={setReviewers}
          />
        ) : null}
        <Button
          type="primary"
          disabled={rows.length === 0 || !isReady}
          loading={assign.isBusy}
          onClick={() => void run(rows)}
        >
          {text(isLate ? 'assign.again' : 'assign.run', { count: rows.length })}
        </Button>
      </div>
      <p className="prose-faint">{text(`assign.way.${way}.hint`)}</p>
      <ErrorNotice failure={assign.failure} />
      <QueueTable
        label={text(isLate ? 'signing.overdue' : 'signing.assign')}
        hasAssigned
        queue={queue}
        emptyTitle={text(isLate ? 'overdue.none' : 'assign.none')}
        emptyHint={text(isLate ? 'overdue.none.hint' : 'assign.none.hint')}
        openLabel={text('assign.look')}
        itemHref={(item) => hrefOf('dossiers', item.cadre)}
        samplingHref={(batch) => hrefOf('signing', 'assign', 'draw', batch.batch)}
        batchAction={{
          label: text('assign.batch'),
          isBusy: assign.isBusy,
          run: (batch) => void runBatch(batch.batch),
        }}
        selection={{ chosen, onChange: setChosen }}
      />
    </>
  )
}
