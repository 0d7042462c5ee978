import type { ReactNode } from 'react'
import { findCategory } from '../../../src-shared/catalogue/read.ts'
import type { Category } from '../../../src-shared/catalogue/schema.ts'
import type { RecordView, RevisionView } from '../../../src-shared/contract/views.ts'
import { useDesk } from '../../app/contexts.ts'
import { UnderVersion } from '../../app/under-version.tsx'
import { useText } from '../../ui/text.ts'
import { EvidenceList } from './evidence-list.tsx'
import { FieldsTable } from './fields-table.tsx'
import { FindingsList } from './findings-list.tsx'
import { Road } from './road.tsx'
import { Source } from './source.tsx'

interface SideBySideProps {
  readonly category: Category
  readonly record: RecordView
  readonly revision: RevisionView
  readonly extra?: { readonly title: string; cell(field: string): ReactNode }
}

/** What was entered, beside what is archived and beside the evidence; then remarks and the road so far. */
export function SideBySide(props: SideBySideProps) {
  return (
    <UnderVersion version={props.revision.catalogueVersion}>
      <Sides {...props} />
    </UnderVersion>
  )
}

function Sides({ category: newest, record, revision, extra }: SideBySideProps) {
  const text = useText()
  const category = useOwnCategory(newest, revision)
  const archived = record.revisions.find((one) => one.revision === record.head) ?? null
  const label = (id: string) => category.fields.find((field) => field.id === id)?.label ?? id
  return (
    <div className="side-by-side">
      <section className="card side-entry" aria-label={text('side.entry')}>
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
      <div className="side-proof">
        <section className="card" aria-label={text('record.evidence')}>
          <h2>{text('record.evidence')}</h2>
          <EvidenceList isOpen revision={revision.revision} evidence={revision.evidence} />
        </section>
        <section className="card" aria-label={text('record.findings')}>
          <h2>{text('record.findings')}</h2>
          <FindingsList findings={revision.findings} category={category} />
        </section>
        <section className="card" aria-label={text('record.road')}>
          <h2>{text('record.road')}</h2>
          <Road revision={revision} fieldLabel={label} />
        </section>
      </div>
    </div>
  )
}

/** The category as it was when the revision was entered, without what is not shown yet. */
function useOwnCategory(newest: Category, { rekey }: RevisionView): Category {
  const { catalogue } = useDesk()
  const own = findCategory(catalogue, newest.id) ?? newest
  const withheld = rekey?.withheld ?? []
  return { ...own, fields: own.fields.filter((field) => !withheld.includes(field.id)) }
}
