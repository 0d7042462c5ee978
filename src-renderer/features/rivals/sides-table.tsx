import { Button, Radio } from 'antd'
import type { Category } from '../../../src-shared/catalogue/schema.ts'
import type { Digest } from '../../../src-shared/kernel/ids.ts'
import { useDesk } from '../../app/contexts.ts'
import { FieldValue } from '../../ui/field-value.tsx'
import { momentText } from '../../ui/moment.ts'
import { StatusTag } from '../../ui/status-tag.tsx'
import { useText } from '../../ui/text.ts'
import { Declaration } from '../record/fields-table.tsx'
import { declarationRow, declares, sideRows, type Choice, type Side, type Sides } from './settlement.ts'

interface SidesTableProps {
  readonly category: Category
  readonly sides: Sides
  /** Null where there is nothing to choose yet, or not for this member. */
  readonly choice: Choice | null
  onTake(row: string, side: Digest): void
  onTakeAll(side: Digest): void
}

/** What each side says, field by field, beside the revision they all go back to. */
export function SidesTable({ category, sides, choice, onTake, onTakeAll }: SidesTableProps) {
  const text = useText()
  const { catalogue } = useDesk()
  const { parent } = sides
  const pick = (row: string, field: string, { number, revision }: Side) =>
    choice === null ? null : (
      <Radio
        name={`side-of-${row}`}
        aria-label={text('rivals.take', { field, number })}
        checked={choice.get(row) === revision.revision}
        onChange={() => onTake(row, revision.revision)}
      />
    )
  return (
    <div className="table-scroll">
      <table className="fields-table rivals-table" aria-label={text('rivals.table')}>
        <thead>
          <tr>
            <th scope="col">{text('fields.field')}</th>
            {parent === null ? null : <th scope="col">{text('rivals.parent')}</th>}
            {sides.sides.map((side) => (
              <th key={side.revision.revision} scope="col">
                <SideHead side={side} />
                {choice === null ? null : (
                  <Button
                    size="small"
                    aria-label={`${text('rivals.take-all')} ${text('record.revision', { number: side.number })}`}
                    onClick={() => onTakeAll(side.revision.revision)}
                  >
                    {text('rivals.take-all')}
                  </Button>
                )}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          <tr className={declares(sides) ? 'is-changed' : ''}>
            <th scope="row">{text('fields.declaration')}</th>
            {parent === null ? null : (
              <td className="is-former">
                <Declaration declaration={parent.revision.declaration} />
              </td>
            )}
            {sides.sides.map((side) => (
              <td key={side.revision.revision}>
                {declares(sides) ? pick(declarationRow, text('fields.declaration'), side) : null}
                <Declaration declaration={side.revision.declaration} />
              </td>
            ))}
          </tr>
          {sideRows(category, sides).map((row) => (
            <tr key={row.field.id} className={row.differs ? 'is-changed' : ''}>
              <th scope="row">
                {row.field.label}
                {row.differs ? <span className="change">{text('rivals.differs')}</span> : null}
              </th>
              {parent === null ? null : (
                <td className="is-former">
                  <FieldValue field={row.field} value={row.parent} catalogue={catalogue} />
                </td>
              )}
              {sides.sides.map((side, index) => (
                <td key={side.revision.revision}>
                  {row.differs ? pick(row.field.id, row.field.label, side) : null}
                  <FieldValue field={row.field} value={row.values[index] ?? null} catalogue={catalogue} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function SideHead({ side: { number, revision } }: { readonly side: Side }) {
  const text = useText()
  return (
    <span className="rivals-head">
      <strong>{text('record.revision', { number })}</strong> <StatusTag status={revision.status} />
      <span className="prose-faint">
        {text('record.entered-by', { name: revision.author.name, at: momentText(revision.author.at) })}
      </span>
    </span>
  )
}
