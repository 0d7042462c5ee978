import { Alert, Button, Radio, Select, Skeleton } from 'antd'
import { useState } from 'react'
import type { HandedOver, HolderView } from '../../../src-shared/contract/workload.ts'
import { assignmentWays, type AssignmentWay } from '../../../src-shared/log/operations.ts'
import { hrefOf } from '../../app/routes.ts'
import { useAction } from '../../app/use-action.ts'
import { useQuery } from '../../app/use-query.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { Mark } from '../../ui/status-tag.tsx'
import { useList, useText } from '../../ui/text.ts'
import { SignedNotice } from '../queue/signed-notice.tsx'

/** Who holds assigned work, those first who do not review now; and dealing it out anew. */
export function HandoverPage({ member }: { readonly member?: string }) {
  const text = useText()
  const holders = useQuery('review.holders', {}, ['control', 'archive', 'discipline'])
  const [done, setDone] = useState<HandedOver | null>(null)
  if (holders.failure !== null) return <ErrorNotice failure={holders.failure} onRetry={holders.reload} />
  if (holders.data === null) return <Skeleton active />
  const chosen = holders.data.find((holder) => holder.member === member)
  return (
    <>
      {done === null ? null : <Outcome done={done} onClose={() => setDone(null)} />}
      {holders.data.length === 0 ? (
        <EmptyState title={text('handover.none')} hint={text('handover.none.hint')} />
      ) : (
        <table className="grid-table" aria-label={text('signing.handover')}>
          <thead>
            <tr>
              <th scope="col">{text('handover.member')}</th>
              <th scope="col">{text('handover.standing')}</th>
              <th scope="col" className="is-number">
                {text('handover.open')}
              </th>
              <th scope="col" className="is-number">
                {text('handover.overdue')}
              </th>
              <th scope="col">{text('column.action')}</th>
            </tr>
          </thead>
          <tbody>
            {holders.data.map((holder) => (
              <tr key={holder.member} {...(holder === chosen ? { className: 'is-chosen' } : {})}>
                <td className="nowrap">{holder.name}</td>
                <td>
                  <Standing holder={holder} />
                </td>
                <td className="is-number number">{holder.open.toLocaleString('en-US')}</td>
                <td className="is-number number">{holder.overdue.toLocaleString('en-US')}</td>
                <td className="nowrap">
                  <Button
                    size="small"
                    href={hrefOf('signing', 'handover', holder.member)}
                    aria-label={text('handover.choose', { name: holder.name })}
                  >
                    {text('handover.run.short')}
                  </Button>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {chosen === undefined ? null : <HandoverForm key={chosen.member} holder={chosen} onDone={setDone} />}
    </>
  )
}

function Standing({ holder }: { readonly holder: HolderView }) {
  const text = useText()
  const list = useList()
  if (holder.standing === 'present') return <Mark shape="○" tone="plain" word={text('handover.present')} />
  if (holder.standing === 'gone') return <Mark shape="▲" tone="risk" word={text('handover.gone')} />
  return <Mark shape="◐" tone="watch" word={text('handover.away', { names: list([...holder.deputies]) })} />
}

interface HandoverFormProps {
  readonly holder: HolderView
  onDone(done: HandedOver): void
}

function HandoverForm({ holder, onDone }: HandoverFormProps) {
  const text = useText()
  const unit = useQuery('unit.read', {}, ['control'])
  const handover = useAction('review.handover')
  const [way, setWay] = useState<AssignmentWay>('turn')
  const [to, setTo] = useState<string | null>(null)
  const able = (unit.data?.members ?? []).filter(
    ({ id, roles }) =>
      id !== holder.member && roles.some(({ role, inForce }) => inForce && role === 'reviewer'),
  )
  const run = async () => {
    const result = await handover.run({
      member: holder.member,
      way,
      to: way === 'hand' ? to : null,
      words: '',
    })
    if (result.ok) onDone(result.value)
  }
  return (
    <section className="card" aria-labelledby="handover-title">
      <h2 id="handover-title">{text('handover.title', { name: holder.name, count: holder.open })}</h2>
      <p className="prose-line">{text('handover.what')}</p>
      <div className="assign-bar">
        <Radio.Group
          aria-label={text('assign.way')}
          value={way}
          options={assignmentWays.map((one) => ({ value: one, label: text(`assign.way.${one}`) }))}
          onChange={(event) => setWay(event.target.value as AssignmentWay)}
        />
        {way === 'hand' ? (
          <Select<string>
            className="assign-people"
            aria-label={text('handover.to')}
            placeholder={text('handover.to')}
            value={to}
            options={able.map((member) => ({ value: member.id, label: member.name }))}
            showSearch={{ optionFilterProp: 'label' }}
            onChange={setTo}
          />
        ) : null}
        <Button
          type="primary"
          disabled={way === 'hand' && to === null}
          loading={handover.isBusy}
          onClick={() => void run()}
        >
          {text('handover.run', { count: holder.open })}
        </Button>
      </div>
      <ErrorNotice failure={handover.failure} />
    </section>
  )
}

function Outcome({ done, onClose }: { readonly done: HandedOver; onClose(): void }) {
  const text = useText()
  const list = useList()
  const to = list(done.to.map(({ name, count }) => text('handover.share', { name, count })))
  return (
    <SignedNotice title={text('handover.done', { count: done.done })} signed={done} onClose={onClose}>
      {to === '' ? <Alert type="info" title={text('handover.nobody')} /> : <p>{to}</p>}
    </SignedNotice>
  )
}
