import { Button } from 'antd'
import { Fragment, useState, type KeyboardEvent } from 'react'
import type { Category } from '../../../src-shared/catalogue/schema.ts'
import type { MergedDossier } from '../../../src-shared/contract/twins.ts'
import type { RecordFact } from '../../../src-shared/contract/views.ts'
import { useDesk } from '../../app/contexts.ts'
import { goTo } from '../../app/routes.ts'
import { FieldValue, isRightAligned } from '../../ui/field-value.tsx'
import { RivalMark } from '../rivals/rival-mark.tsx'
import { SampledMark } from '../queue/sampled-mark.tsx'
import { StateSeal } from '../../ui/state-seal.tsx'
import { Mark, StatusTag } from '../../ui/status-tag.tsx'
import { useText } from '../../ui/text.ts'
import { Declaration } from '../record/fields-table.tsx'
import { tableColumns } from './columns.ts'
import { OriginMark } from './merged-line.tsx'
import { HouseholdSums } from './household-sums.tsx'
import { householdOf } from './household.ts'

interface CategorySectionProps {
  readonly cadre: string
  readonly category: Category
  readonly records: readonly RecordFact[]
  readonly merged: readonly MergedDossier[]
  readonly at: string | null
}

const mostColumns = 7
const firstRows = 50

export function CategorySection({ cadre, category, records, merged, at }: CategorySectionProps) {
  const text = useText()
  const heads = records.map((record) => record.head).filter((head) => head !== null)
  const household = householdOf(category, heads)
  return (
    <section className="category" aria-label={category.name}>
      <h3>
        <span className="category-id">{category.id}</span>
        {category.name}
        <span className="number category-count">{text('dossier.records', { count: records.length })}</span>
      </h3>
      {household === null || heads.length < 2 ? null : (
        <HouseholdSums category={category} household={household} />
      )}
      {category.many ? (
        <RecordTable cadre={cadre} category={category} records={records} merged={merged} at={at} />
      ) : (
        records.map((record) => (
          <OnlyRecord key={record.record} cadre={cadre} category={category} record={record} merged={merged} />
        ))
      )}
    </section>
  )
}

function RecordTable({ cadre, category, records, merged, at }: CategorySectionProps) {
  const text = useText()
  const { catalogue } = useDesk()
  const [showsAll, setShowsAll] = useState(false)
  const { columns } = tableColumns(
    category,
    records.flatMap((record) => (record.head === null ? [] : [record.head.values])),
    mostColumns,
  )
  const shown = showsAll ? records : records.slice(0, firstRows)
  return (
    <>
      <div className="table-scroll">
        <table className="facts">
          <thead>
            <tr>
              {columns.map((field) => (
                <th key={field.id} scope="col" className={isRightAligned(field) ? 'is-end' : ''}>
                  {field.label}
                </th>
              ))}
              {columns.length === 0 ? <th scope="col">{text('column.summary')}</th> : null}
              <th scope="col" className="facts-state">
                {text('column.status')}
              </th>
            </tr>
          </thead>
          <tbody>
            {shown.map((record) => {
              const { head } = record
              const open = () => goTo('dossiers', cadre, record.record)
              return (
                <tr
                  key={record.record}
                  className="is-openable"
                  tabIndex={0}
                  aria-label={text('dossier.open-record', {
                    summary: head?.summary ?? record.open?.summary ?? '',
                  })}
                  onClick={open}
                  onKeyDown={(event) => openOnEnter(event, open)}
                >
                  {head === null ? (
                    <td colSpan={Math.max(1, columns.length)} className="facts-waiting">
                      {record.open?.summary ?? ''}
                    </td>
                  ) : head.declaration === 'present' ? (
                    columns.map((field) => (
                      <td key={field.id} className={isRightAligned(field) ? 'is-end' : ''}>
                        <FieldValue
                          isDense
                          field={field}
                          value={head.values[field.id] ?? null}
                          catalogue={catalogue}
                        />
                      </td>
                    ))
                  ) : (
                    <DeclaredCells
                      record={record}
                      category={category}
                      columns={columns.map((field) => field.id)}
                    />
                  )}
                  <td className="facts-state">
                    <OriginMark origin={record.origin} merged={merged} />
                    <RecordState cadre={cadre} record={record} isNow={at === null} />
                  </td>
                </tr>
              )
            })}
          </tbody>
        </table>
      </div>
      {shown.length === records.length ? null : (
        <Button type="link" size="small" onClick={() => setShowsAll(true)}>
          {text('dossier.show-all', { count: records.length })}
        </Button>
      )}
    </>
  )
}

interface DeclaredCellsProps {
  readonly record: RecordFact
  readonly category: Category
  readonly columns: readonly string[]
}

/** 无此情况 and 拒绝申报: what says whom it is about, and the words over all that is not said. */
function DeclaredCells({ record, category, columns }: DeclaredCellsProps) {
  const { catalogue } = useDesk()
  const head = record.head
  if (head === null) return null
  let said = 0
  while (said < columns.length && head.values[columns[said] ?? ''] !== undefined) said += 1
  // The words take the first cell that says nothing; where all say something, they share the last.
  const last = Math.max(0, Math.min(said, columns.length - 1))
  const value = (id: string) => {
    const field = category.fields.find((candidate) => candidate.id === id)
    return field === undefined ? null : (
      <FieldValue isDense field={field} value={head.values[id] ?? null} catalogue={catalogue} />
    )
  }
  return (
    <>
      {columns.slice(0, last).map((id) => (
        <td key={id}>{value(id)}</td>
      ))}
      <td colSpan={Math.max(1, columns.length - last)}>
        {columns.slice(last, said).map((id) => (
          <Fragment key={id}>{value(id)} </Fragment>
        ))}
        <Declaration
          declaration={head.declaration}
          {...(head.declaration === 'unchanged' ? { period: head.summary } : {})}
        />
      </td>
    </>
  )
}

interface RecordStateProps {
  readonly cadre: string
  readonly record: RecordFact
  readonly isNow: boolean
}

function RecordState({ cadre, record, isNow }: RecordStateProps) {
  const text = useText()
  return (
    <span className="record-state">
      {record.head === null && record.open === null ? (
        <Mark shape="↩" tone="plain" word={text('dossier.unarchived')} />
      ) : null}
      {record.rivalry === null ? null : <RivalMark cadre={cadre} record={record.record} />}
      {record.head === null ? null : <StateSeal hand={record.head.signed} />}
      {record.head === null || record.head.sampled === null ? null : (
        <SampledMark drawn={{ ...record.head.sampled, seen: false }} status="archived" />
      )}
      {record.open === null || !isNow ? null : <StatusTag status={record.open.status} />}
    </span>
  )
}

interface OnlyRecordProps {
  readonly cadre: string
  readonly category: Category
  readonly record: RecordFact
  readonly merged: readonly MergedDossier[]
}

/** A category of which a cadre has one record: its fields as a block. */
function OnlyRecord({ cadre, category, record, merged }: OnlyRecordProps) {
  const text = useText()
  const { catalogue } = useDesk()
  const { head } = record
  const fields = head === null ? [] : category.fields.filter((field) => head.values[field.id] !== undefined)
  return (
    <div className="only-record">
      {head === null || head.declaration === 'present' ? null : (
        <Declaration
          declaration={head.declaration}
          {...(head.declaration === 'unchanged' ? { period: head.summary } : {})}
        />
      )}
      {head === null ? (
        <p className="facts-waiting">{record.open?.summary ?? ''}</p>
      ) : (
        <dl>
          {fields.map((field) => (
            <div key={field.id} className={field.kind === 'longText' ? 'pair pair-wide' : 'pair'}>
              <dt>{field.label}</dt>
              <dd>
                <FieldValue field={field} value={head.values[field.id] ?? null} catalogue={catalogue} />
              </dd>
            </div>
          ))}
        </dl>
      )}
      <div className="only-record-foot">
        <OriginMark origin={record.origin} merged={merged} />
        <RecordState cadre={cadre} record={record} isNow />
        <Button size="small" onClick={() => goTo('dossiers', cadre, record.record)}>
          {text('dossier.details')}
        </Button>
      </div>
    </div>
  )
}

function openOnEnter(event: KeyboardEvent, open: () => void): void {
  if (event.target !== event.currentTarget || (event.key !== 'Enter' && event.key !== ' ')) return
  event.preventDefault()
  open()
}
