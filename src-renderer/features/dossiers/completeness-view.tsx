import { Skeleton } from 'antd'
import { useState } from 'react'
import { codeItem } from '../../../src-shared/catalogue/fields.ts'
import { standingCategory, standingOf } from '../../../src-shared/catalogue/asked.ts'
import { riskClassTable, stageTable } from '../../../src-shared/catalogue/schema.ts'
import {
  collectedStates,
  completenessOf,
  type CategoryStanding,
  type CollectedState,
  type Completeness,
} from '../../../src-shared/dossier/completeness.ts'
import { useDesk } from '../../app/contexts.ts'
import { hrefOf } from '../../app/routes.ts'
import { holdsAny } from '../../app/session.ts'
import { useQuery } from '../../app/use-query.ts'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { Mark } from '../../ui/status-tag.tsx'
import { useClauses, useText } from '../../ui/text.ts'
import { viewHref, type DossierViewProps } from './dossier-views.ts'

const shapes = {
  archived: { shape: '■', tone: 'action' },
  none: { shape: '○', tone: 'plain' },
  declined: { shape: '▲', tone: 'watch' },
  'in-review': { shape: '◐', tone: 'plain' },
  missing: { shape: '□', tone: 'plain' },
} as const

/** What the catalogue asks of this cadre, and what of it is there. */
export function CompletenessView({ dossier, categories, isOnPaper }: DossierViewProps) {
  const text = useText()
  const { catalogue } = useDesk()
  const [only, setOnly] = useState<CollectedState | null>(null)
  const basics = dossier.records.find(({ category, head }) => category === standingCategory && head !== null)
  // What an act says of the stage goes before the basic facts; of the past only the facts are asked.
  const stages = useQuery('cadre.stages', dossier.at === null ? { cadre: dossier.cadre.id } : null)
  const said = standingOf(basics?.head?.values ?? null)
  const standing = { ...said, stage: stages.data?.present?.stage ?? said.stage }
  const found = completenessOf(categories, standing, dossier.records)
  const label = (table: string, code: string | null) =>
    code === null ? text('completeness.unsaid') : (codeItem(catalogue, table, code)?.label ?? code)
  const shown =
    only === null || isOnPaper ? found.expected : found.expected.filter(({ state }) => state === only)
  if (stages.isLoading) return <Skeleton active />
  return (
    <div className="completeness">
      <ErrorNotice failure={stages.failure} onRetry={stages.reload} />
      <Sum found={found} />
      <p className="prose-faint">
        {text('completeness.standing', {
          stage: label(stageTable, standing.stage),
          risk: label(riskClassTable, standing.riskClass),
        })}
        {standing.stage === null || standing.riskClass === null ? text('completeness.standing.unsaid') : ''}
      </p>
      <div className="completeness-filter no-print" role="group" aria-label={text('completeness.filter')}>
        {collectedStates.map((state) => (
          <button
            key={state}
            type="button"
            aria-pressed={only === state}
            onClick={() => setOnly(only === state ? null : state)}
          >
            <StateMark state={state} />
            <span className="number">{found.counts[state]}</span>
          </button>
        ))}
      </div>
      <Lines label={text('completeness.expected')} lines={shown} dossier={dossier} isCounted />
      <Lines label={text('completeness.on-event')} lines={found.onEvent} dossier={dossier} />
      <Lines label={text('completeness.not-asked')} lines={found.notAsked} dossier={dossier} />
    </div>
  )
}

/** The percentage and how it comes about. */
function Sum({ found }: { readonly found: Completeness }) {
  const text = useText()
  const { counts, answered, expected, percent } = found
  if (percent === null) return <p>{text('completeness.nothing')}</p>
  return (
    <div className="completeness-sum">
      <p className="completeness-percent number">{percent}%</p>
      <div>
        <p>
          {text('completeness.arithmetic', {
            archived: counts.archived,
            none: counts.none,
            declined: counts.declined,
            answered,
            expected: expected.length,
            percent,
          })}
        </p>
        <p className="prose-faint">
          {text('completeness.rest', { review: counts['in-review'], missing: counts.missing })}
        </p>
        <div className="completeness-bar" aria-hidden="true">
          {collectedStates.map((state) => (
            <span key={state} className={`is-${state}`} style={{ flexGrow: counts[state] }} />
          ))}
        </div>
      </div>
    </div>
  )
}

function StateMark({ state }: { readonly state: CollectedState }) {
  const text = useText()
  return <Mark {...shapes[state]} word={text(`completeness.state.${state}`)} />
}

interface LinesProps {
  readonly label: string
  readonly lines: readonly CategoryStanding[]
  readonly dossier: DossierViewProps['dossier']
  /** Whether an empty category is a gap. */
  readonly isCounted?: boolean
}

function Lines({ label, lines, dossier, isCounted = false }: LinesProps) {
  const text = useText()
  const clauses = useClauses()
  const { session } = useDesk()
  if (lines.length === 0) return null
  const mayEnter = holdsAny(session, ['collector', 'inspector']) && dossier.at === null
  const { cadre, records } = dossier
  const said = ({ archived, none, declined, inReview, returned }: CategoryStanding) =>
    clauses([
      ...(archived > 0 ? [text('completeness.count.archived', { count: archived })] : []),
      ...(none > 0 ? [text('completeness.count.none', { count: none })] : []),
      ...(declined > 0 ? [text('completeness.count.declined', { count: declined })] : []),
      ...(inReview > 0 ? [text('completeness.count.in-review', { count: inReview })] : []),
      ...(returned > 0 ? [text('completeness.count.returned', { count: returned })] : []),
    ])
  return (
    <section aria-label={label}>
      <h2 className="view-heading">{label}</h2>
      <table className="facts completeness-lines">
        <thead>
          <tr>
            <th scope="col">{text('column.category')}</th>
            <th scope="col">{text('completeness.cycle')}</th>
            <th scope="col">{text('column.status')}</th>
            <th scope="col">{text('completeness.there')}</th>
            <th scope="col" className="no-print">
              <span className="sr-only">{text('completeness.open')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => {
            const { category, state } = line
            const kept = records.filter((record) => record.category === category.id)
            const [only] = kept
            const isEmpty = state === 'missing' && kept.length === 0
            return (
              <tr key={category.id}>
                <th scope="row">
                  <span className="category-id">{category.id}</span> {category.name}
                </th>
                <td>{text(`cycle.${line.cycle}`)}</td>
                <td>
                  {isEmpty && !isCounted ? (
                    <span className="blank">{text('completeness.state.nothing')}</span>
                  ) : (
                    <StateMark state={state} />
                  )}
                </td>
                <td>{said(line)}</td>
                <td className="is-end nowrap no-print">
                  {kept.length === 1 && only !== undefined ? (
                    <a
                      href={viewHref(cadre.id, 'completeness', only.record)}
                      aria-label={text('completeness.open.one', { category: category.name })}
                    >
                      {text('completeness.open')}
                    </a>
                  ) : kept.length > 1 ? (
                    <a
                      href={viewHref(cadre.id, 'facts')}
                      aria-label={text('completeness.open.facts', { category: category.name })}
                    >
                      {text('completeness.open')}
                    </a>
                  ) : mayEnter ? (
                    <a
                      href={hrefOf('entry', cadre.id, category.id)}
                      aria-label={text('completeness.enter.one', { category: category.name })}
                    >
                      {text('dossier.enter')}
                    </a>
                  ) : null}
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </section>
  )
}
