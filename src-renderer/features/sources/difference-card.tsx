import { Button } from 'antd'
import { useState } from 'react'
import { findCategory } from '../../../src-shared/catalogue/read.ts'
import type { Category } from '../../../src-shared/catalogue/schema.ts'
import type { DifferenceRow, DifferenceSide } from '../../../src-shared/contract/sources.ts'
import { useDesk } from '../../app/contexts.ts'
import { hrefOf } from '../../app/routes.ts'
import { useQuery } from '../../app/use-query.ts'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { FieldValue } from '../../ui/field-value.tsx'
import { dayText, momentText } from '../../ui/moment.ts'
import { Mark, StatusTag } from '../../ui/status-tag.tsx'
import { useText } from '../../ui/text.ts'
import { JudgeForm, SettleForm } from './difference-forms.tsx'

/** One place where two sources differ: who said what when, what was done, and what may be done. */
export function DifferenceCard({ row }: { readonly row: DifferenceRow }) {
  const text = useText()
  const { catalogue } = useDesk()
  const [isOpen, setOpen] = useState(false)
  const category = findCategory(catalogue, row.category)
  const field = category?.fields.find(({ id }) => id === row.field)
  const { settled, judged } = row
  return (
    <li className="thread">
      <p className="thread-head">
        <a href={hrefOf('dossiers', row.cadre)}>
          <strong>{row.cadreName}</strong>
        </a>
        <span>
          <span className="category-id">{row.category}</span> {category?.name ?? ''}
        </span>
        <span>{text(`difference.kind.${row.kind}`, { field: field?.label ?? row.field })}</span>
        {row.isCheck ? <Mark shape="▲" tone="watch" word={text('difference.is-check')} /> : null}
      </p>
      <ul className="plain-list difference-sides">
        {[row.one, row.other].map((side) =>
          side === null ? null : (
            <li key={side.revision}>
              {text('difference.said', {
                source: `${side.source.from}（${text(`source.${side.source.kind}`)}）`,
                day: dayText(side.at),
              })}{' '}
              <StatusTag status={side.status} />{' '}
              <a href={hrefOf('dossiers', row.cadre, side.record)}>{text('difference.open-record')}</a>
            </li>
          ),
        )}
      </ul>
      {settled === null ? null : (
        <p>
          {text('difference.settled', {
            outcome: text(`difference.settle.${settled.outcome}`),
            name: settled.name,
            at: momentText(settled.at),
            words: settled.words,
          })}{' '}
          {settled.outcome === 'corrected' && row.one.status === 'archived' ? (
            <a href={hrefOf('entry', row.cadre, row.category, row.one.record)}>
              {text('difference.correct')}
            </a>
          ) : null}
        </p>
      )}
      {judged === null ? null : (
        <p>
          {text('difference.judged', {
            fault: text(`difference.fault.${judged.fault}`),
            name: judged.name,
            at: momentText(judged.at),
            words: judged.words,
          })}{' '}
          {judged.fault === 'neither' ? null : (
            <a href={hrefOf('entry', row.cadre, 'E9')}>{text('difference.enter-check')}</a>
          )}
        </p>
      )}
      {isOpen && category !== null ? (
        <>
          <Comparison row={row} category={category} />
          {row.may.settle && settled === null ? <SettleForm row={row} /> : null}
          {row.may.judge && judged === null ? <JudgeForm row={row} /> : null}
        </>
      ) : (
        <p>
          <Button
            size="small"
            aria-label={text('difference.look.label', {
              name: row.cadreName,
              category: category?.name ?? row.category,
            })}
            onClick={() => setOpen(true)}
          >
            {text('difference.look')}
          </Button>
        </p>
      )}
    </li>
  )
}

function Comparison({ row, category }: { readonly row: DifferenceRow; readonly category: Category }) {
  const text = useText()
  const { catalogue } = useDesk()
  const { data, failure, reload } = useQuery('difference.read', { difference: row.difference })
  if (failure !== null) return <ErrorNotice failure={failure} onRetry={reload} />
  if (data === null) return null
  const { one, other } = data
  const fields = category.fields.filter(
    ({ id }) => one.values[id] !== undefined || other?.values[id] !== undefined,
  )
  const cell = (side: DifferenceSide | null, field: Category['fields'][number]) =>
    side === null ? (
      <span className="blank">{text('difference.nothing')}</span>
    ) : (
      <FieldValue field={field} value={side.values[field.id] ?? null} catalogue={catalogue} />
    )
  return (
    <table className="fields-table" aria-label={text('difference.table')}>
      <thead>
        <tr>
          <th scope="col">{text('difference.field')}</th>
          <th scope="col">{row.one.source.from}</th>
          {row.other === null ? null : <th scope="col">{row.other.source.from}</th>}
        </tr>
      </thead>
      <tbody>
        {row.kind !== 'declaration' || other === null ? null : (
          <tr className="is-changed">
            <th scope="row">{text('fields.declaration')}</th>
            <td>{text(`declaration.${one.declaration}`)}</td>
            <td>{text(`declaration.${other.declaration}`)}</td>
          </tr>
        )}
        {fields.map((field) => (
          <tr key={field.id} className={field.id === row.field ? 'is-changed' : ''}>
            <th scope="row">{field.label}</th>
            <td>{cell(one, field)}</td>
            {row.other === null ? null : <td>{cell(other, field)}</td>}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
