import { useEffect } from 'react'
import { findCategory } from '../../../src-shared/catalogue/read.ts'
import type { FaultView } from '../../../src-shared/contract/review-views.ts'
import { useDesk } from '../../app/contexts.ts'
import { dayText, momentText } from '../../ui/moment.ts'
import { useClauses, useList, useText } from '../../ui/text.ts'
import type { FaultFilters } from './fault-filters.tsx'

interface FaultPaperProps {
  readonly faults: readonly FaultView[]
  readonly filters: FaultFilters
  readonly at: string
  onPrinted(): void
}

/** The register as an office form: on paper only, and only after its printing was entered. */
export function FaultPaper({ faults, filters, at, onPrinted }: FaultPaperProps) {
  const text = useText()
  const clauses = useClauses()
  const { session } = useDesk()
  useEffect(() => {
    window.addEventListener('afterprint', onPrinted)
    window.print()
    return () => window.removeEventListener('afterprint', onPrinted)
  }, [onPrinted])
  const { kind, state, cadre, member, from, until } = filters
  const narrowed = [
    ...(from === null && until === null
      ? []
      : [text('faults.paper.period', { from: from ?? '', until: until ?? '' })]),
    ...(kind === null ? [] : [text(`fault.${kind}`)]),
    ...(state === null ? [] : [text(`faults.state.${state}`)]),
    ...(cadre === null ? [] : [cadre.name]),
    ...(member === null ? [] : [`${text('faults.member')} ${member.name}`]),
  ]
  return (
    <article className="paper-form paper-wide paper-only" aria-label={text('faults.paper.title')}>
      <header className="paper-head">
        <h2>{text('faults.paper.title')}</h2>
        <p>{session.unit.name}</p>
      </header>
      <p className="paper-facts">
        <span>
          {text('faults.paper.filter', {
            filter: narrowed.length === 0 ? text('faults.paper.all') : clauses(narrowed),
          })}
        </span>
        <span>{text('faults.paper.count', { count: faults.length })}</span>
        <span>{text('faults.paper.printed', { name: session.member.name, at: momentText(at) })}</span>
      </p>
      <table className="paper-table">
        <thead>
          <tr>
            <th scope="col">{text('column.number')}</th>
            <th scope="col">{text('column.cadre')}</th>
            <th scope="col">{text('faults.paper.matter')}</th>
            <th scope="col">{text('faults.kind')}</th>
            <th scope="col">{text('faults.words')}</th>
            <th scope="col">{text('faults.paper.finder')}</th>
            <th scope="col">{text('faults.paper.traced')}</th>
          </tr>
        </thead>
        <tbody>
          {faults.map((fault, index) => (
            <Row key={fault.fault} fault={fault} number={index + 1} />
          ))}
        </tbody>
      </table>
      <footer className="paper-foot">
        <span>{text('faults.paper.registrar')}：</span>
        <span>{text('faults.paper.head')}：</span>
        <span>{text('faults.paper.seal')}：</span>
      </footer>
    </article>
  )
}

function Row({ fault, number }: { readonly fault: FaultView; readonly number: number }) {
  const text = useText()
  const list = useList()
  const { catalogue } = useDesk()
  const category = findCategory(catalogue, fault.category)
  const label = (id: string) => category?.fields.find((field) => field.id === id)?.label ?? id
  return (
    <tr>
      <td>{number}</td>
      <td>{fault.cadreName}</td>
      <td>
        {category?.name ?? fault.category}
        {fault.fields.length === 0 ? null : <p>{list(fault.fields.map(label))}</p>}
      </td>
      <td>{text(`fault.${fault.kind}`)}</td>
      <td className="many-lines">{fault.words}</td>
      <td>
        {fault.finder.name}
        <p>{text(`fault.found.${fault.found}`)}</p>
        <p>{dayText(fault.finder.at)}</p>
      </td>
      <td>
        {fault.traced.map((hand) => (
          <p key={hand.member}>
            {hand.name}（{text(`fault.as.${hand.as}`)}）
            {hand.answers.length === 0
              ? text('faults.unanswered')
              : hand.answers.map((said) => `${dayText(said.at)} ${said.words}`).join(' ')}
          </p>
        ))}
      </td>
    </tr>
  )
}
