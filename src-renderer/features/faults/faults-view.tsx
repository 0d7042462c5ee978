import { Button, Input, Select, Skeleton } from 'antd'
import { useState } from 'react'
import { findCategory } from '../../../src-shared/catalogue/read.ts'
import type { FaultView } from '../../../src-shared/contract/review-views.ts'
import { faultKinds, type FaultKind } from '../../../src-shared/log/operations.ts'
import { useDesk } from '../../app/contexts.ts'
import { hrefOf, useRoute } from '../../app/routes.ts'
import { holdsAny } from '../../app/session.ts'
import { useAction } from '../../app/use-action.ts'
import { useQuery } from '../../app/use-query.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { momentText } from '../../ui/moment.ts'
import { PageHeader } from '../../ui/page-header.tsx'
import { Mark } from '../../ui/status-tag.tsx'
import { useList, useText } from '../../ui/text.ts'
import { FaultForm } from './fault-form.tsx'

const pageSize = 100

/** `#/faults`, `#/faults/<record>/<revision>`: errors that were found, whose they are, and what they said to it. */
export function FaultsView() {
  const text = useText()
  const { session } = useDesk()
  const [, record, revision] = useRoute((route) => route.parts)
  const isHead = holdsAny(session, ['approver', 'inspector'])
  const [kind, setKind] = useState<FaultKind | null>(null)
  const [member, setMember] = useState<string | null>(null)
  const unit = useQuery('unit.read', {})
  const found = useQuery('fault.list', {
    kind,
    cadre: null,
    member,
    mine: !isHead,
    offset: 0,
    limit: pageSize,
  })
  if (isHead && record !== undefined && revision !== undefined)
    return <FaultForm key={revision} record={record} revision={revision} />
  return (
    <div className="page">
      <PageHeader
        title={text('nav.faults')}
        hint={text(isHead ? 'faults.hint' : 'faults.hint.mine')}
        actions={
          found.data !== null && found.data.length > 0 ? (
            <Button onClick={() => window.print()}>{text('faults.print')}</Button>
          ) : null
        }
      >
        <div className="assign-bar no-print">
          <Select<string>
            className="query-field"
            aria-label={text('faults.kind')}
            value={kind ?? ''}
            options={[
              { value: '', label: text('faults.all-kinds') },
              ...faultKinds.map((one) => ({ value: one as string, label: text(`fault.${one}`) })),
            ]}
            onChange={(value) => setKind(faultKinds.find((one) => one === value) ?? null)}
          />
          {isHead ? (
            <Select<string>
              className="query-field"
              aria-label={text('faults.member')}
              value={member ?? ''}
              options={[
                { value: '', label: text('faults.all-members') },
                ...(unit.data?.members ?? []).map((one) => ({ value: one.id, label: one.name })),
              ]}
              onChange={(value) => setMember(value === '' ? null : value)}
            />
          ) : null}
        </div>
      </PageHeader>
      {found.failure !== null ? (
        <ErrorNotice failure={found.failure} onRetry={found.reload} />
      ) : found.data === null ? (
        <Skeleton active />
      ) : found.data.length === 0 ? (
        <EmptyState
          title={text(isHead ? 'faults.none' : 'faults.none.mine')}
          hint={text('faults.none.hint')}
        />
      ) : (
        <ol className="threads">
          {found.data.map((fault) => (
            <Fault key={fault.fault} fault={fault} onChanged={found.reload} />
          ))}
        </ol>
      )}
    </div>
  )
}

function Fault({ fault, onChanged }: { readonly fault: FaultView; onChanged(): void }) {
  const text = useText()
  const list = useList()
  const { catalogue } = useDesk()
  const answer = useAction('fault.answer')
  const [words, setWords] = useState('')
  const category = findCategory(catalogue, fault.category)
  const label = (id: string) => category?.fields.find((field) => field.id === id)?.label ?? id
  const send = async () => {
    const done = await answer.run({ record: fault.record, fault: fault.fault, words })
    if (!done.ok) return
    setWords('')
    onChanged()
  }
  return (
    <li className="card fault">
      <p className="thread-head">
        <Mark shape="▲" tone="watch" word={text(`fault.${fault.kind}`)} />
        <a href={hrefOf('dossiers', fault.cadre, fault.record)}>
          {fault.cadreName} · {category?.name ?? fault.category}
        </a>
        {fault.fields.length === 0 ? null : <span>{list(fault.fields.map(label))}</span>}
        <span className="prose-faint">
          {text('faults.found-by', {
            place: text(`fault.found.${fault.found}`),
            name: fault.finder.name,
            at: momentText(fault.finder.at),
          })}
        </span>
      </p>
      <p className="many-lines">{fault.words}</p>
      <ul className="fault-hands">
        {fault.traced.map((hand) => (
          <li key={hand.member}>
            <strong>{hand.name}</strong> <span className="prose-faint">{text(`fault.as.${hand.as}`)}</span>
            {hand.answers.length === 0 ? (
              <span className="blank"> {text('faults.unanswered')}</span>
            ) : (
              hand.answers.map((said) => (
                <p key={said.at} className="said">
                  <time className="number" dateTime={said.at}>
                    {momentText(said.at)}
                  </time>{' '}
                  <span className="many-lines">{said.words}</span>
                </p>
              ))
            )}
          </li>
        ))}
      </ul>
      {fault.mayAnswer ? (
        <form
          className="thread-reply no-print"
          onSubmit={(event) => {
            event.preventDefault()
            void send()
          }}
        >
          <Input.TextArea
            aria-label={text('faults.answer-words')}
            placeholder={text('faults.answer-words')}
            className="grow"
            rows={1}
            maxLength={2000}
            value={words}
            onChange={(event) => setWords(event.target.value)}
          />
          <Button htmlType="submit" disabled={words.trim() === ''} loading={answer.isBusy}>
            {text('faults.answer')}
          </Button>
        </form>
      ) : null}
      <ErrorNotice failure={answer.failure} />
    </li>
  )
}
