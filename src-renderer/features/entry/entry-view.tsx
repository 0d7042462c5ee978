import { Skeleton } from 'antd'
import { findCategory } from '../../../src-shared/catalogue/read.ts'
import { entryPurpose } from '../../../src-shared/disclosure/purpose.ts'
import { useDesk, visibleCategories } from '../../app/contexts.ts'
import { useRoute } from '../../app/routes.ts'
import { useQuery } from '../../app/use-query.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { PlaceTabs } from '../../ui/place-tabs.tsx'
import { useText } from '../../ui/text.ts'
import { BlankPage } from '../paper/blank-page.tsx'
import { ScansPage } from '../paper/scans-page.tsx'
import { CadrePicker } from './cadre-picker.tsx'
import { CategoryChoice } from './category-choice.tsx'
import { CorrectionPage, NewRecordPage } from './form-page.tsx'
import { lastOf } from './copy-last.tsx'
import { FormDossier } from './known-people.ts'
import { MyEntries } from './my-entries.tsx'

/**
 * `#/entry`, `#/entry/mine/<queue>`, `#/entry/scans`, `#/entry/blank`, `#/entry/<cadre>`, `#/entry/<cadre>/<category>[/<record>]`, and for a correction
 * request `#/entry/<cadre>/<category>/<record>|new/<request>`.
 */
export function EntryView() {
  const text = useText()
  const desk = useDesk()
  const [, first, second, third, fourth] = useRoute((route) => route.parts)
  if (first === 'mine') {
    const kind = second === 'returned' ? 'returned' : 'on-the-way'
    return (
      <div className="page">
        <PageHeader title={text('nav.entry')}>
          <EntryTabs current={kind} />
        </PageHeader>
        <MyEntries key={kind} kind={kind} />
      </div>
    )
  }
  if (first === undefined) {
    return (
      <div className="page">
        <PageHeader title={text('nav.entry')}>
          <EntryTabs current="entry" />
        </PageHeader>
        <CadrePicker />
      </div>
    )
  }
  if (first === 'blank') return <BlankPage cadre={null} />
  if (first === 'scans') {
    return (
      <div className="page">
        <PageHeader title={text('nav.entry')} hint={text('scans.hint')}>
          <EntryTabs current="scans" />
        </PageHeader>
        <ScansPage />
      </div>
    )
  }
  if (second === undefined) return <CategoryChoice cadre={first} />
  const category = findCategory(desk.catalogue, second)
  if (category === null || !visibleCategories(desk).includes(category)) {
    return <EmptyState title={text('record.category-unknown')} />
  }
  const key = `${first}/${second}/${third ?? ''}/${fourth ?? ''}`
  const request = fourth ?? null
  return third === undefined || third === 'new' ? (
    <NewRecord key={key} cadre={first} category={category} request={request} />
  ) : (
    <CorrectionPage
      key={key}
      category={category}
      place={{ cadre: first, category: second, record: third }}
      request={request}
    />
  )
}

interface NewRecordProps {
  readonly cadre: string
  readonly category: Parameters<typeof NewRecordPage>[0]['category']
  readonly request: string | null
}

function NewRecord({ cadre, category, request }: NewRecordProps) {
  const dossier = useQuery('cadre.read', { cadre, at: null, purpose: entryPurpose }, [])
  if (dossier.failure !== null) return <ErrorNotice failure={dossier.failure} onRetry={dossier.reload} />
  if (dossier.data === null) return <Skeleton active className="page" />
  return (
    <FormDossier value={dossier.data}>
      <NewRecordPage
        category={category}
        place={{ cadre, category: category.id, record: null }}
        cadreName={dossier.data.cadre.name}
        request={request}
        last={lastOf(dossier.data.records, category.id)}
      />
    </FormDossier>
  )
}

function EntryTabs({ current }: { readonly current: 'entry' | 'on-the-way' | 'returned' | 'scans' }) {
  const text = useText()
  const { workbench } = useDesk()
  const count = (kind: string) => workbench?.queues.find((queue) => queue.kind === kind)?.count ?? 0
  return (
    <PlaceTabs
      label={text('nav.entry')}
      current={current}
      items={[
        { key: 'entry', parts: ['entry'], label: text('entry.start') },
        {
          key: 'on-the-way',
          parts: ['entry', 'mine', 'on-the-way'],
          label: text('queue.on-the-way'),
          count: count('on-the-way'),
        },
        {
          key: 'returned',
          parts: ['entry', 'mine', 'returned'],
          label: text('queue.returned'),
          count: count('returned'),
        },
        { key: 'scans', parts: ['entry', 'scans'], label: text('scans.tab') },
      ]}
    />
  )
}
