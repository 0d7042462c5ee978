import { Button, Skeleton } from 'antd'
import { useState } from 'react'
import { useDesk } from '../../app/contexts.ts'
import { holdsAny } from '../../app/session.ts'
import { useAction } from '../../app/use-action.ts'
import { useQuery } from '../../app/use-query.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { useText } from '../../ui/text.ts'
import { CodeField, isWholeCode } from '../devices/code-field.tsx'
import { FileSource, type SourceFile } from './file-source.tsx'
import { IncomingCard } from './incoming-list.tsx'
import { MovedTable } from './moved-table.tsx'
import { OwnCard } from './own-card.tsx'

type Panel = 'card' | 'receive' | 'acknowledge'

/** Dossiers that go to other units and come from them. */
export function TransfersView() {
  const text = useText()
  const { session } = useDesk()
  const [panel, setPanel] = useState<Panel | null>(null)
  const [said, setSaid] = useState<string | null>(null)
  const incoming = useQuery('transfer.incoming', {})
  const moved = useQuery('transfer.list', { cadre: null })
  const failure = incoming.failure ?? moved.failure
  if (failure !== null) return <ErrorNotice failure={failure} onRetry={moved.reload} />
  if (incoming.data === null || moved.data === null) return <Skeleton active className="page" />
  const out = moved.data.filter(({ way }) => way === 'out')
  const came = moved.data.filter(({ way }) => way === 'in')
  const show = (next: Panel) => {
    setSaid(null)
    setPanel(panel === next ? null : next)
  }
  const done = (words: string) => {
    setPanel(null)
    setSaid(words)
  }
  return (
    <div className="page transfer-page">
      <PageHeader
        title={text('nav.transfers')}
        hint={text('transfer.hint')}
        actions={
          <>
            <Button type="primary" onClick={() => show('receive')}>
              {text('transfer.receive')}
            </Button>
            {holdsAny(session, ['approver']) ? (
              <Button onClick={() => show('acknowledge')}>{text('transfer.step.acknowledge')}</Button>
            ) : null}
            <Button onClick={() => show('card')}>{text('transfer.card.own')}</Button>
          </>
        }
      />
      {said === null ? null : (
        <p role="status" className="card is-done">
          {said}
        </p>
      )}
      {panel === 'card' ? <OwnCard /> : null}
      {panel === 'receive' ? <ReceivePackage onDone={() => done(text('transfer.received'))} /> : null}
      {panel === 'acknowledge' ? (
        <ReceiveReceipt onDone={(outcome) => done(text(`transfer.acknowledged.${outcome}`))} />
      ) : null}
      {incoming.data.length === 0 ? null : (
        <section aria-labelledby="transfer-incoming">
          <h2 id="transfer-incoming">{text('transfer.incoming')}</h2>
          {incoming.data.map((one) => (
            <IncomingCard key={one.transfer} incoming={one} />
          ))}
        </section>
      )}
      {moved.data.length === 0 && incoming.data.length === 0 ? (
        <EmptyState title={text('transfer.none')} hint={text('transfer.none.hint')} />
      ) : null}
      {out.length === 0 ? null : (
        <section className="card">
          <h2>{text('transfer.out')}</h2>
          <MovedTable rows={out} label={text('transfer.out')} />
        </section>
      )}
      {came.length === 0 ? null : (
        <section className="card">
          <h2>{text('transfer.in')}</h2>
          <MovedTable rows={came} label={text('transfer.in')} />
        </section>
      )}
    </div>
  )
}

function ReceivePackage({ onDone }: { onDone(): void }) {
  const text = useText()
  const action = useAction('transfer.receive')
  const [code, setCode] = useState('')
  const take = async (file: SourceFile) => {
    const taken = await action.run({ file, code })
    if (taken.ok) onDone()
  }
  return (
    <section className="card panel" aria-label={text('transfer.receive')}>
      <h2>{text('transfer.receive')}</h2>
      <p className="prose-line">{text('transfer.receive.hint')}</p>
      <CodeField
        id="receive-code"
        label={text('transfer.code.told')}
        value={code}
        onChange={setCode}
        onEnter={() => undefined}
      />
      <ErrorNotice failure={action.failure} />
      {isWholeCode(code) ? (
        <FileSource ending=".liandang" isBusy={action.isBusy} onFile={(file) => void take(file)} />
      ) : (
        <p className="prose-faint">{text('transfer.receive.code-first')}</p>
      )}
    </section>
  )
}

function ReceiveReceipt({ onDone }: { onDone(outcome: 'accepted' | 'refused'): void }) {
  const text = useText()
  const action = useAction('transfer.acknowledge')
  const take = async (file: SourceFile) => {
    const taken = await action.run({ file })
    if (taken.ok) onDone(taken.value.outcome)
  }
  return (
    <section className="card panel" aria-label={text('transfer.step.acknowledge')}>
      <h2>{text('transfer.step.acknowledge')}</h2>
      <p className="prose-line">{text('transfer.acknowledge.hint')}</p>
      <ErrorNotice failure={action.failure} />
      <FileSource ending=".liandang-receipt" isBusy={action.isBusy} onFile={(file) => void take(file)} />
    </section>
  )
}
