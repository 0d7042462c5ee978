import type { SentBundle } from '../../../src-shared/contract/log-views.ts'
import { useDesk } from '../../app/contexts.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { bytesText, groupedHex, momentText } from '../../ui/moment.ts'
import { Mark } from '../../ui/status-tag.tsx'
import { useText } from '../../ui/text.ts'

/** Bundles made on this device, with the receipts that came for them. */
export function BundleTable({ bundles }: { readonly bundles: readonly SentBundle[] }) {
  const text = useText()
  const { session } = useDesk()
  const shown = bundles.filter((bundle) => session.compartments.includes(bundle.compartment))
  return (
    <section className="card" aria-labelledby="sync-bundles">
      <h2 id="sync-bundles">{text('bundles.title')}</h2>
      {shown.length === 0 ? (
        <EmptyState isSmall title={text('bundles.none')} hint={text('bundles.none.hint')} />
      ) : (
        <div className="table-scroll">
          <table className="grid-table">
            <thead>
              <tr>
                <th scope="col">{text('column.time')}</th>
                <th scope="col">{text('sync.compartment')}</th>
                <th scope="col">{text('sync.kind')}</th>
                <th scope="col">{text('column.file')}</th>
                <th scope="col" className="is-end">
                  {text('sync.commits')}
                </th>
                <th scope="col" className="is-end">
                  {text('bundles.size')}
                </th>
                <th scope="col">SHA-256</th>
                <th scope="col">{text('bundles.receipt')}</th>
              </tr>
            </thead>
            <tbody>
              {shown.map((bundle) => (
                <tr key={bundle.id}>
                  <td className="nowrap number">{momentText(bundle.createdAt)}</td>
                  <td className="nowrap">{text(`compartment.${bundle.compartment}`)}</td>
                  <td className="nowrap">{text(`sync.kind.${bundle.kind}`)}</td>
                  <td className="one-line-cell" title={bundle.file}>
                    {bundle.file.split(/[/\\]/).at(-1)}
                  </td>
                  <td className="is-end number">{bundle.commits.toLocaleString('en-US')}</td>
                  <td className="is-end number nowrap">{bytesText(bundle.bytes)}</td>
                  <td className="nowrap">
                    <code title={bundle.sha256}>{groupedHex(bundle.sha256, 12)}</code>
                  </td>
                  <td className="nowrap">
                    {bundle.acknowledgedAt === null ? (
                      <Mark shape="○" tone="watch" word={text('bundles.waiting')} />
                    ) : (
                      <>
                        <Mark shape="◆" tone="action" word={text('bundles.acknowledged')} />{' '}
                        <span className="number">{momentText(bundle.acknowledgedAt)}</span>
                      </>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  )
}
