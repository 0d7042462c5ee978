import { useRoute } from '../../app/routes.ts'
import { PageHeader } from '../../ui/page-header.tsx'
import { PlaceTabs } from '../../ui/place-tabs.tsx'
import { useText } from '../../ui/text.ts'
import { DeliveriesPage } from './deliveries-page.tsx'
import { DifferencesPage } from './differences-page.tsx'

/** `#/sources`, `#/sources/differences`: who delivers what and by when, and where two sources differ. */
export function SourcesView() {
  const text = useText()
  const [, first] = useRoute((route) => route.parts)
  const tab = first === 'differences' ? 'differences' : 'deliveries'
  return (
    <div className="page">
      <PageHeader title={text('nav.sources')} hint={text(`${tab}.hint`)}>
        <PlaceTabs
          label={text('nav.sources')}
          current={tab}
          items={[
            { key: 'deliveries', parts: ['sources'], label: text('sources.tab.deliveries') },
            { key: 'differences', parts: ['sources', 'differences'], label: text('sources.tab.differences') },
          ]}
        />
      </PageHeader>
      {tab === 'deliveries' ? <DeliveriesPage /> : <DifferencesPage />}
    </div>
  )
}
