import { Button, Skeleton } from 'antd'
import type { SyncView as SyncState } from '../../../src-shared/contract/log-views.ts'
import { useDesk } from '../../app/contexts.ts'
import { holdsAny } from '../../app/session.ts'
import { useQuery } from '../../app/use-query.ts'
import { businessRoles } from '../../../src-shared/access/roles.ts'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { momentText } from '../../ui/moment.ts'
import { PageHeader } from '../../ui/page-header.tsx'
import { useText } from '../../ui/text.ts'
import { BundleTable } from './bundle-table.tsx'
import { DeliverPanel } from './deliver-panel.tsx'
import { DirectivesNotice } from './directives-notice.tsx'
import { ExportPanel } from './export-panel.tsx'
import { ExchangeNotice } from './exchange-notice.tsx'
import { ExchangePanel } from './exchange-panel.tsx'
import { ReceiptNotice } from './receipt-notice.tsx'
import { ReceivePanel } from './receive-panel.tsx'
import { useSync } from './sync-state.ts'
import { Upstream } from './upstream.tsx'

/** What has been passed upstream and what has not; by stick, disc or network. */
export function SyncView() {
  const text = useText()
  const { session } = useDesk()
  const status = useQuery('sync.status', {}, ['control', 'archive', 'discipline'])
  const { panel, open, exported, receipts, directives, exchanged } = useSync()
  const maySend = holdsAny(session, businessRoles)
  if (status.failure !== null) return <ErrorNotice failure={status.failure} onRetry={status.reload} />
  if (status.data === null) return <Skeleton active className="page" />
  const { data } = status
  return (
    <div className="page">
      <PageHeader
        title={text('nav.sync')}
        hint={text('sync.hint')}
        actions={
          <>
            {maySend ? (
              <>
                <Button type="primary" disabled={data.upstream === null} onClick={() => open('export')}>
                  {text('sync.export')}
                </Button>
                <Button disabled={data.upstream?.url == null} onClick={() => open('deliver')}>
                  {text('sync.deliver')}
                </Button>
                <Button onClick={() => open('receive')}>{text('sync.receive')}</Button>
              </>
            ) : null}
            <Button onClick={() => open('exchange')}>{text('exchange.title')}</Button>
          </>
        }
      />
      {panel === 'export' ? <ExportPanel /> : null}
      {panel === 'deliver' ? <DeliverPanel /> : null}
      {panel === 'receive' ? <ReceivePanel /> : null}
      {panel === 'exchange' ? <ExchangePanel /> : null}
      {exchanged.map((view) => (
        <ExchangeNotice key={view.bundle} view={view} />
      ))}
      {exported === null ? null : (
        <section className="card is-done" role="status">
          <h2>{text('sync.exported', { count: exported.length })}</h2>
          <ul className="exported">
            {exported.map((bundle) => (
              <li key={bundle.id}>
                <code>{bundle.file}</code>
              </li>
            ))}
          </ul>
          <p className="prose-faint">{text('sync.exported.next')}</p>
        </section>
      )}
      {receipts === null ? null : <ReceiptNotice receipts={receipts} />}
      {directives === null ? null : <DirectivesNotice views={directives} />}
      <div className="sync-state">
        <Upstream status={data} />
        <Compartments status={data} />
      </div>
      <BundleTable bundles={data.bundles} />
    </div>
  )
}

function Compartments({ status }: { readonly status: SyncState }) {
  const text = useText()
  const { session } = useDesk()
  const shown = status.compartments.filter((one) => session.compartments.includes(one.compartment))
  return (
    <section className="card" aria-labelledby="sync-compartments">
      <h2 id="sync-compartments">{text('sync.compartments')}</h2>
      <table className="grid-table">
        <thead>
          <tr>
            <th scope="col">{text('sync.compartment')}</th>
            <th scope="col" className="is-end">
              {text('sync.commits')}
            </th>
            <th scope="col" className="is-end">
              {text('sync.acknowledged')}
            </th>
            <th scope="col" className="is-end">
              {text('sync.waiting')}
            </th>
            <th scope="col">{text('sync.last-receipt')}</th>
          </tr>
        </thead>
        <tbody>
          {shown.map((one) => {
            const waiting = one.commits - one.acknowledged
            return (
              <tr key={one.compartment}>
                <th scope="row">{text(`compartment.${one.compartment}`)}</th>
                <td className="is-end number">{one.commits.toLocaleString('en-US')}</td>
                <td className="is-end number">{one.acknowledged.toLocaleString('en-US')}</td>
                <td className={waiting > 0 ? 'is-end number is-watched' : 'is-end number'}>
                  {waiting.toLocaleString('en-US')}
                </td>
                <td className="number">
                  {one.lastReceiptAt === null ? text('sync.never') : momentText(one.lastReceiptAt)}
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </section>
  )
}
