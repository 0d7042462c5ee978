import { codeItem } from '../../../src-shared/catalogue/fields.ts'
import type { Money as MoneyValue } from '../../../src-shared/catalogue/money.ts'
import type { Category } from '../../../src-shared/catalogue/schema.ts'
import { useDesk } from '../../app/contexts.ts'
import { Money } from '../../ui/money.tsx'
import { useText } from '../../ui/text.ts'
import type { HolderSums, Household } from './household.ts'

interface HouseholdSumsProps {
  readonly category: Category
  readonly household: Household
}

/** What each member of the household holds, and all together: in many cases relatives hold more than the cadre. */
export function HouseholdSums({ category, household }: HouseholdSumsProps) {
  const text = useText()
  const { catalogue } = useDesk()
  const name = (holder: HolderSums) => {
    const relation = holder.relation === null ? null : codeItem(catalogue, 'relation', holder.relation)?.label
    const words = [relation, holder.holder].filter((word) => word !== null && word !== undefined)
    return words.length === 0 ? text('household.unnamed') : words.join(' ')
  }
  return (
    <table className="household" aria-label={text('household.title', { category: category.name })}>
      <thead>
        <tr>
          <th scope="col">{text('household.holder')}</th>
          <th scope="col" className="is-end">
            {text('household.records')}
          </th>
          {household.moneyFields.map((field) => (
            <th key={field.id} scope="col" className="is-end">
              {text('household.sum', { field: field.label })}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {household.holders.map((holder) => (
          <tr key={`${holder.relation ?? ''}/${holder.holder ?? ''}`}>
            <th scope="row">{name(holder)}</th>
            <Sums household={household} holder={holder} />
          </tr>
        ))}
      </tbody>
      {household.holders.length < 2 ? null : (
        <tfoot>
          <tr>
            <th scope="row">{text('household.total')}</th>
            <Sums household={household} holder={household.total} />
          </tr>
        </tfoot>
      )}
    </table>
  )
}

function Sums({ household, holder }: { readonly household: Household; readonly holder: HolderSums }) {
  const { catalogue } = useDesk()
  const sums = (field: string): readonly MoneyValue[] => holder.sums.get(field) ?? []
  return (
    <>
      <td className="is-end number">{holder.records}</td>
      {household.moneyFields.map((field) => (
        <td key={field.id} className="is-end">
          {sums(field.id).length === 0 ? <span className="blank">—</span> : null}
          {sums(field.id).map((sum) => (
            <div key={sum.currency}>
              <Money value={sum} catalogue={catalogue} />
            </div>
          ))}
        </td>
      ))}
    </>
  )
}
