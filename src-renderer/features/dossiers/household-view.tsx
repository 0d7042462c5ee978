import { useRef } from 'react'
import { findCategory } from '../../../src-shared/catalogue/read.ts'
import type { Money as MoneyValue } from '../../../src-shared/catalogue/money.ts'
import {
  debtLines,
  householdView,
  sumOf,
  type HouseholdEntry,
  type HouseholdLine,
  type HouseholdView as Household,
} from '../../../src-shared/dossier/household.ts'
import { useDesk } from '../../app/contexts.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Money } from '../../ui/money.tsx'
import { useList, useText } from '../../ui/text.ts'
import { viewHref, type DossierViewProps } from './dossier-views.ts'
import { HouseholdEntries } from './household-entries.tsx'
import { usePersonName } from './person-name.ts'

/** What the cadre and their kin own, owe and earn by the archived records, each figure with the records behind it. */
export function HouseholdView({ dossier, categories }: DossierViewProps) {
  const text = useText()
  const list = useList()
  const personName = usePersonName()
  const entries = useRef<HTMLDivElement>(null)
  const { cadre, records } = dossier
  const household = householdView(cadre.name, categories, records)
  if (household.entries.length === 0 && household.income.length === 0)
    return <EmptyState title={text('household.empty')} hint={text('household.empty.hint')} />
  const show = (line: HouseholdLine, person: string | null) => {
    const found = [...(entries.current?.querySelectorAll<HTMLElement>('[data-line]') ?? [])].find(
      ({ dataset }) => dataset['line'] === line && (person === null || dataset['person'] === person),
    )
    found?.scrollIntoView({ block: 'center' })
    found?.querySelector('a')?.focus({ preventScroll: true })
  }
  const declined = household.entries.filter(({ why }) => why === 'declined').length
  const waiting = household.entries.filter(({ why }) => why === 'waiting').length
  return (
    <div className="household-view">
      <p className="prose-faint">{text('household.how')}</p>
      {declined + waiting === 0 ? null : (
        <p className="household-warning">{text('household.open', { declined, waiting })}</p>
      )}
      {household.lines.length === 0 ? null : <Sums cadre={cadre.id} household={household} onShow={show} />}
      {household.without.length === 0 ? null : (
        <p className="prose-faint">
          {text('household.without', { names: list(household.without.map(personName)) })}
        </p>
      )}
      <Income cadre={cadre.id} household={household} />
      <div ref={entries}>
        <HouseholdEntries cadre={cadre.id} household={household} />
      </div>
    </div>
  )
}

interface SumsProps {
  readonly cadre: string
  readonly household: Household
  onShow(line: HouseholdLine, person: string | null): void
}

function Sums({ cadre, household, onShow }: SumsProps) {
  const text = useText()
  const personName = usePersonName()
  const { holders, lines, entries } = household
  const owned = lines.filter((line) => !debtLines.includes(line))
  const owed = lines.filter((line) => debtLines.includes(line))
  const of = (line: HouseholdLine, person: string | null) =>
    entries.filter((entry) => entry.line === line && (person === null || entry.person === person))
  const row = (line: HouseholdLine) => {
    const word = text(`household.line.${line}`)
    return (
      <tr key={line}>
        <th scope="row">{word}</th>
        {[...holders, null].map((person) => (
          <td key={person?.id ?? ''} className={person === null ? 'is-end is-sum' : 'is-end'}>
            <Figure
              cadre={cadre}
              entries={of(line, person?.id ?? null)}
              label={`${person === null ? text('household.total') : personName(person)} ${word}`}
              onShow={() => onShow(line, person?.id ?? null)}
            />
          </td>
        ))}
      </tr>
    )
  }
  const total = (label: string, of: readonly HouseholdLine[]) => {
    const summed = entries.filter(({ line }) => line !== null && of.includes(line))
    return (
      <tr className="household-total">
        <th scope="row">{label}</th>
        {[...holders, null].map((person) => (
          <td key={person?.id ?? ''} className={person === null ? 'is-end is-sum' : 'is-end'}>
            <Amounts
              sums={sumOf(person === null ? summed : summed.filter((entry) => entry.person === person.id))}
            />
          </td>
        ))}
      </tr>
    )
  }
  return (
    <div className="table-scroll" role="region" aria-label={text('household.sums')} tabIndex={0}>
      <table className="household household-sums">
        <thead>
          <tr>
            <th scope="col">{text('household.item')}</th>
            {holders.map((person) => (
              <th key={person.id} scope="col" className="is-end">
                {personName(person)}
              </th>
            ))}
            <th scope="col" className="is-end is-sum">
              {text('household.total')}
            </th>
          </tr>
        </thead>
        <tbody>
          {owned.map(row)}
          {owned.length === 0 ? null : total(text('household.owned'), owned)}
          {owed.map(row)}
          {owed.length < 2 ? null : total(text('household.owed'), owed)}
        </tbody>
      </table>
    </div>
  )
}

interface FigureProps {
  readonly cadre: string
  readonly entries: readonly HouseholdEntry[]
  readonly label: string
  onShow(): void
}

/** A sum that leads to the record behind it, or down to all of them. */
function Figure({ cadre, entries, label, onShow }: FigureProps) {
  const text = useText()
  const summed = entries.filter(({ amount }) => amount !== null)
  const [only] = summed
  const sums = sumOf(summed)
  const more = entries.length - summed.length
  if (entries.length === 0) return <span className="blank">—</span>
  const figure =
    only === undefined ? (
      <span className="blank">{text('household.no-figure')}</span>
    ) : (
      <Amounts sums={sums} />
    )
  return (
    <>
      {entries.length === 1 && only !== undefined ? (
        <a href={viewHref(cadre, 'household', only.record)} aria-label={text('household.figure', { label })}>
          {figure}
        </a>
      ) : (
        <button
          type="button"
          className="figure"
          aria-label={text('household.figure', { label })}
          onClick={onShow}
        >
          {figure}
        </button>
      )}
      {more === 0 ? null : (
        <span className="household-more">{text('household.not-summed', { count: more })}</span>
      )}
    </>
  )
}

function Amounts({ sums }: { readonly sums: readonly MoneyValue[] }) {
  const { catalogue } = useDesk()
  if (sums.length === 0) return <span className="blank">—</span>
  return sums.map((sum) => (
    <span key={sum.currency} className="household-amount">
      <Money value={sum} catalogue={catalogue} />
    </span>
  ))
}

function Income({ cadre, household }: { readonly cadre: string; readonly household: Household }) {
  const text = useText()
  const { catalogue } = useDesk()
  const { income } = household
  if (income.length === 0) return null
  const quarterly = findCategory(catalogue, 'C1')?.cycle === 'quarterly'
  return (
    <section aria-label={text('household.income')}>
      <h2 className="view-heading">{text('household.income')}</h2>
      <p className="prose-faint">{text('household.income.hint')}</p>
      <table className="household household-income">
        <thead>
          <tr>
            <th scope="col">{text('household.year')}</th>
            <th scope="col">{text('household.income.records')}</th>
            <th scope="col" className="is-end">
              {text('household.income.sum')}
            </th>
          </tr>
        </thead>
        <tbody>
          {income.map(({ year, sums, entries }) => (
            <tr key={year}>
              <th scope="row" className="number">
                {year === '' ? text('household.year.none') : year}
              </th>
              <td>
                {entries.map((entry) => (
                  <a
                    key={entry.record}
                    className="household-record"
                    href={viewHref(cadre, 'household', entry.record)}
                  >
                    {entry.summary}
                    {entry.why === null
                      ? ''
                      : text('household.why.mark', { why: text(`household.why.${entry.why}`) })}
                  </a>
                ))}
                {quarterly && year !== '' && entries.length < 4 ? (
                  <span className="prose-faint">
                    {text('household.income.part', { count: entries.length })}
                  </span>
                ) : null}
              </td>
              <td className="is-end">
                <Amounts sums={sums} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
