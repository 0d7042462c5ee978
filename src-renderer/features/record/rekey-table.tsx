import type { Category } from '../../../src-shared/catalogue/schema.ts'
import type { RekeyLine } from '../../../src-shared/review/rekey.ts'
import { useDesk } from '../../app/contexts.ts'
import { FieldValue } from '../../ui/field-value.tsx'
import { Mark } from '../../ui/status-tag.tsx'
import { useText } from '../../ui/text.ts'

interface RekeyTableProps {
  readonly category: Category
  readonly lines: readonly RekeyLine[]
}

/** What a reviewer typed from the evidence beside what was entered; the machine says where they differ. */
export function RekeyTable({ category, lines }: RekeyTableProps) {
  const text = useText()
  const { catalogue } = useDesk()
  if (lines.length === 0) return <p className="prose-faint">{text('rekey.nothing')}</p>
  return (
    <table className="fields-table">
      <thead>
        <tr>
          <th scope="col">{text('fields.field')}</th>
          <th scope="col">{text('rekey.typed')}</th>
          <th scope="col">{text('fields.entered')}</th>
          <th scope="col">{text('rekey.result')}</th>
        </tr>
      </thead>
      <tbody>
        {lines.map((line) => {
          const field = category.fields.find((one) => one.id === line.field)
          return (
            <tr key={line.field} className={line.agrees ? '' : 'is-changed'}>
              <th scope="row">{field?.label ?? line.field}</th>
              <td>
                {field === undefined ? null : (
                  <FieldValue field={field} value={line.typed} catalogue={catalogue} />
                )}
              </td>
              <td>
                {field === undefined ? null : (
                  <FieldValue field={field} value={line.entered} catalogue={catalogue} />
                )}
              </td>
              <td>
                <Mark
                  shape={line.agrees ? '◆' : '▲'}
                  tone={line.agrees ? 'action' : 'watch'}
                  word={text(line.agrees ? 'rekey.agrees' : 'rekey.differs')}
                />
              </td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}
