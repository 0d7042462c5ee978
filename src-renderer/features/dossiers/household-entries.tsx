import { findCategory } from '../../../src-shared/catalogue/read.ts'
import type { HouseholdEntry, HouseholdView } from '../../../src-shared/dossier/household.ts'
import { useDesk } from '../../app/contexts.ts'
import { Money } from '../../ui/money.tsx'
import { useText } from '../../ui/text.ts'
import { viewHref } from './dossier-views.ts'
import { usePersonName } from './person-name.ts'

interface HouseholdEntriesProps {
  readonly cadre: string
  readonly household: HouseholdView
}

/** Every record of property: what it counts with, or why it does not. */
export function HouseholdEntries({ cadre, household }: HouseholdEntriesProps) {
  const text = useText()
  const personName = usePersonName()
  const { catalogue } = useDesk()
  if (household.entries.length === 0) return null
  const holder = (entry: HouseholdEntry) => {
    const person = household.holders.find(({ id }) => id === entry.person)
    return person === undefined ? text('household.whose.unknown') : personName(person)
  }
  const basis = ({ category, field }: HouseholdEntry) =>
    findCategory(catalogue, category)?.fields.find(({ id }) => id === field)?.label ?? ''
  return (
    <section aria-label={text('household.behind')}>
      <h2 className="view-heading">{text('household.behind')}</h2>
      <table className="facts household-entries">
        <thead>
          <tr>
            <th scope="col">{text('household.item')}</th>
            <th scope="col">{text('household.holder')}</th>
            <th scope="col">{text('column.summary')}</th>
            <th scope="col">{text('household.basis')}</th>
            <th scope="col" className="is-end">
              {text('household.amount')}
            </th>
          </tr>
        </thead>
        <tbody>
          {household.entries.map((entry) => (
            <tr key={entry.record} data-line={entry.line ?? ''} data-person={entry.person ?? ''}>
              <td className="nowrap">
                {entry.line === null
                  ? (findCategory(catalogue, entry.category)?.name ?? entry.category)
                  : text(`household.line.${entry.line}`)}
              </td>
              <td className="nowrap">
                {holder(entry)}
                {entry.isJoint ? <span className="household-more">{text('household.joint')}</span> : null}
              </td>
              <td>
                <a href={viewHref(cadre, 'household', entry.record)}>
                  {entry.summary === '' ? text('household.record') : entry.summary}
                </a>
              </td>
              <td className="nowrap">
                {entry.why === null ? (
                  basis(entry)
                ) : (
                  <span className="household-why">{text(`household.why.${entry.why}`)}</span>
                )}
              </td>
              <td className="is-end">
                {entry.amount === null ? (
                  <span className="blank">—</span>
                ) : (
                  <Money value={entry.amount} catalogue={catalogue} />
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
