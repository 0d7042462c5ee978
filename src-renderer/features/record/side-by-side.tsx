import type { ReactNode } from 'react'
import { findCategory } from '../../../src-shared/catalogue/read.ts'
import type { Category } from '../../../src-shared/catalogue/schema.ts'
import type { ComparisonView } from '../../../src-shared/contract/review-views.ts'
import type { RecordView, RevisionView } from '../../../src-shared/contract/views.ts'
import { useDesk } from '../../app/contexts.ts'
import { UnderVersion } from '../../app/under-version.tsx'
import { useQuery, type Query } from '../../app/use-query.ts'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { useText } from '../../ui/text.ts'
import { RivalNotice } from '../rivals/rival-notice.tsx'
import { ChangesCard } from './changes-card.tsx'
import { ChecksCard } from './checks-card.tsx'
import { EvidenceList } from './evidence-list.tsx'
import { FieldsTable } from './fields-table.tsx'
import { OtherSources } from './other-sources.tsx'
import { returnedBefore } from './returned.ts'
import { Road } from './road.tsx'
import { Source } from './source.tsx'

interface SideBySideProps {
  readonly category: Category
  readonly record: RecordView
  readonly revision: RevisionView
  readonly extra?: { readonly title: string; cell(field: string): ReactNode }
  /** What others say, where whoever shows this has asked already. */
  readonly comparison?: Query<ComparisonView>
  /** Beside the evidence and above the entry: what is typed from it. */
  readonly lead?: ReactNode
  /** Below the entry: what is asked about it. */
  readonly tail?: ReactNode
}

/**
 * What was entered, beside the evidence, which stays in sight; with what is archived, what was changed since a return,
 * what other sources say, and what the system remarks.
 */
export function SideBySide(props: SideBySideProps) {
  return (
    <UnderVersion version={props.revision.catalogueVersion}>
      <Sides {...props} />
    </UnderVersion>
  )
}

function Sides(props: SideBySideProps) {
  const { category: newest, record, revision, extra, lead = null, tail = null } = props
  const text = useText()
  const category = useOwnCategory(newest, revision)
  const own = useQuery(
    'review.compare',
    props.comparison === undefined ? { record: record.record, revision: revision.revision } : null,
  )
  const comparison = props.comparison ?? own
  const archived = record.revisions.find((one) => one.revision === record.head) ?? null
  const returned = returnedBefore(record, revision)
  const label = (id: string) => category.fields.find((field) => field.id === id)?.label ?? id
  const checks = (
    <ChecksCard
      category={category}
      findings={[...revision.findings, ...(comparison.data?.findings ?? [])]}
      explanations={revision.explanations}
      isWithheld={comparison.data?.withheld === true}
    />
  )
  const road = (
    <section className="card" aria-label={text('record.road')}>
      <h2>{text('record.road')}</h2>
      <Road revision={revision} fieldLabel={label} />
    </section>
  )
  const hasEvidence = revision.evidence.length > 0
  return (
    <>
      <RivalNotice record={record} />
      <div className="side-by-side">
        <div className="side-entry">
          {lead}
          <section className="card" aria-label={text('side.entry')}>
            <h2>{text('side.entry')}</h2>
            <FieldsTable
              category={category}
              now={revision}
              before={archived}
              nowTitle={text('fields.entered')}
              beforeTitle={text('fields.archived')}
              showsBlank
              {...(extra === undefined ? {} : { extra })}
            />
            <h3>{text('record.source')}</h3>
            <Source source={revision.source} flags={revision.flags} />
            {revision.reason === '' ? null : <p>{text('road.reason', { reason: revision.reason })}</p>}
          </section>
          {returned === null ? null : (
            <ChangesCard category={category} revision={revision} returned={returned} />
          )}
          <ErrorNotice failure={comparison.failure} onRetry={comparison.reload} />
          <OtherSources
            cadre={record.cadre}
            category={category}
            revision={revision}
            others={comparison.data?.others ?? []}
          />
          {hasEvidence ? checks : null}
          {tail}
          {hasEvidence ? road : null}
        </div>
        <div className={hasEvidence ? 'side-proof is-held' : 'side-proof'}>
          <section className="card" aria-label={text('record.evidence')}>
            <h2>{text('record.evidence')}</h2>
            <EvidenceList isOpen revision={revision.revision} evidence={revision.evidence} />
          </section>
          {hasEvidence ? null : checks}
          {hasEvidence ? null : road}
        </div>
      </div>
    </>
  )
}

/** The category as it was when the revision was entered, without what is not shown yet. */
function useOwnCategory(newest: Category, { rekey }: RevisionView): Category {
  const { catalogue } = useDesk()
  const own = findCategory(catalogue, newest.id) ?? newest
  const withheld = rekey?.withheld ?? []
  return { ...own, fields: own.fields.filter((field) => !withheld.includes(field.id)) }
}
