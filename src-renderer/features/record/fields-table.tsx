import type { ReactNode } from 'react'
import type { Category } from '../../../src-shared/catalogue/schema.ts'
import type { RecordContent } from '../../../src-shared/catalogue/values.ts'
import { periodText } from '../../../src-shared/catalogue/periods.ts'
import { useDesk } from '../../app/contexts.ts'
import { FieldValue } from '../../ui/field-value.tsx'
import { Mark } from '../../ui/status-tag.tsx'
import { useText } from '../../ui/text.ts'
import { compareRevisions } from './compare.ts'
import { useLook } from './look.ts'
import { fieldLook } from './look-ids.ts'

interface FieldsTableProps {
  readonly category: Category
  readonly now: RecordContent & { readonly period?: string | null }
  /** The archived revision it is compared with, or null. */
  readonly before: RecordContent | null
  readonly nowTitle: string
  readonly beforeTitle?: string
  /** Blank fields of a first revision say little; a reviewer wants them all the same. */
  readonly showsBlank: boolean
  /** A further cell per field, such as a reviewer's mark. */
  readonly extra?: { readonly title: string; cell(field: string): ReactNode }
}

/** What a revision says, field by field, beside the one it replaces; what differs is marked. */
export function FieldsTable(props: FieldsTableProps) {
  const { category, now, before, nowTitle, beforeTitle = '', showsBlank, extra } = props
  const text = useText()
  const { catalogue } = useDesk()
  const { watch } = useLook()
  const rows = compareRevisions(category, now, before).filter(
    (row) => showsBlank || row.now !== null || row.before !== null,
  )
  const declares = before !== null && before.declaration !== now.declaration
  return (
    <table className="fields-table">
      <thead>
        <tr>
          <th scope="col">{text('fields.field')}</th>
          <th scope="col">{nowTitle}</th>
          {before === null ? null : <th scope="col">{beforeTitle}</th>}
          {extra === undefined ? null : (
            <th scope="col" className="is-center">
              {extra.title}
            </th>
          )}
        </tr>
      </thead>
      <tbody>
        <tr ref={watch} data-look={fieldLook('')} className={declares ? 'is-changed' : ''}>
          <th scope="row">{text('fields.declaration')}</th>
          <td>
            <Declaration
              declaration={now.declaration}
              {...(now.period == null ? {} : { period: periodText(now.period) })}
            />
          </td>
          {before === null ? null : (
            <td>
              <Declaration declaration={before.declaration} />
            </td>
          )}
          {extra === undefined ? null : <td />}
        </tr>
        {rows.map((row) => (
          <tr
            key={row.field.id}
            ref={watch}
            data-look={fieldLook(row.field.id)}
            className={row.change === 'same' ? '' : 'is-changed'}
          >
            <th scope="row">
              {row.field.label}
              {row.field.critical === true ? (
                <span className="critical" title={text('fields.critical.hint')}>
                  {text('fields.critical')}
                </span>
              ) : null}
            </th>
            <td>
              <FieldValue field={row.field} value={row.now} catalogue={catalogue} />
              {row.change === 'same' ? null : (
                <span className="change">{text(`fields.change.${row.change}`)}</span>
              )}
            </td>
            {before === null ? null : (
              <td className="is-former">
                <FieldValue field={row.field} value={row.before} catalogue={catalogue} />
              </td>
            )}
            {extra === undefined ? null : <td className="is-center">{extra.cell(row.field.id)}</td>}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

interface DeclarationProps {
  readonly declaration: RecordContent['declaration']
  /** What a statement of 本期无变化 is about, in words. */
  readonly period?: string
}

export function Declaration({ declaration, period = '' }: DeclarationProps) {
  const text = useText()
  if (declaration === 'present') return <span>{text('declaration.present')}</span>
  const isDeclined = declaration === 'declined'
  return (
    <Mark
      shape={isDeclined ? '▲' : declaration === 'unchanged' ? '↻' : '○'}
      tone={isDeclined ? 'watch' : 'plain'}
      word={`${text(`declaration.${declaration}`)} ${period}`.trim()}
    />
  )
}
