import { Skeleton } from 'antd'
import type { SheetRecord } from '../../../src-shared/disclosure/sheet.ts'
import { hrefOf } from '../../app/routes.ts'
import { useQuery } from '../../app/use-query.ts'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { momentText } from '../../ui/moment.ts'
import { useText } from '../../ui/text.ts'
import { TransferMark } from './moved-table.tsx'

/** Says at the head of a dossier that another unit has it, or is to have it. */
export function HeldNotice({ cadre }: { readonly cadre: string }) {
  const text = useText()
  const [newest] = useQuery('transfer.list', { cadre }).data ?? []
  if (newest === undefined || (newest.status !== 'waiting' && newest.status !== 'accepted')) return null
  return (
    <div className="moment-banner" role="status">
      <span>
        {text(`transfer.held.${newest.status}`, { unit: newest.unitName })} <TransferMark row={newest} />
      </span>
      <a href={hrefOf('transfers')}>{text('nav.transfers')}</a>
    </div>
  )
}

/** What other units had archived of the cadre: theirs, by their signatures, and shown apart from what is archived here. */
export function ForeignDossiers({ cadre }: { readonly cadre: string }) {
  const text = useText()
  const moved = useQuery('transfer.list', { cadre })
  const has = moved.data?.some(({ status }) => status === 'taken') === true
  const found = useQuery('transfer.appendix', has ? { cadre } : null)
  if (!has) return null
  if (found.failure !== null) return <ErrorNotice failure={found.failure} onRetry={found.reload} />
  if (found.data === null) return <Skeleton active />
  return found.data.map((one) => (
    <section key={one.transfer} className="card foreign-dossier" aria-labelledby={`foreign-${one.transfer}`}>
      <h2 id={`foreign-${one.transfer}`}>{text('transfer.foreign', { unit: one.unitName })}</h2>
      <p className="prose-faint">
        {text('transfer.foreign.proof', {
          commits: one.commits,
          signed: one.signedBy,
          at: momentText(one.signedAt),
          taken: one.takenBy,
          when: momentText(one.takenAt),
        })}
      </p>
      {one.sections.map(({ category, name, records }) => (
        <details key={category} open={one.sections.length <= 3}>
          <summary>
            <span className="category-id">{category}</span> {name}{' '}
            <span className="number">{text('dossier.records', { count: records.length })}</span>
          </summary>
          {records.map((record) => (
            <ForeignFact key={record.revision} record={record} />
          ))}
        </details>
      ))}
    </section>
  ))
}

function ForeignFact({ record }: { readonly record: SheetRecord }) {
  const text = useText()
  return (
    <div className="foreign-fact">
      {record.declaration === 'present' ? null : <p>{text(`declaration.${record.declaration}`)}</p>}
      <dl className="transfer-facts">
        {record.fields.map(({ label, text: value }) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <p className="prose-faint">
        {text('transfer.foreign.hands', {
          author: record.author.name,
          reviewers: record.reviewers.map(({ name }) => name).join('、'),
          signed: record.signed.name,
          at: momentText(record.signed.at),
          files: record.evidence.length,
        })}
      </p>
    </div>
  )
}
