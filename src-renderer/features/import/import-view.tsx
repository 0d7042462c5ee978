import { useEffect, useRef } from 'react'
import { useRoute } from '../../app/routes.ts'
import { useDesk } from '../../app/contexts.ts'
import { PageHeader } from '../../ui/page-header.tsx'
import { PlaceTabs } from '../../ui/place-tabs.tsx'
import { useText } from '../../ui/text.ts'
import { Batches } from './batches.tsx'
import { ChooseStep } from './choose-step.tsx'
import { FolderImport } from './folder-import.tsx'
import { ImportedStep } from './imported-step.tsx'
import { useImport, type ImportSteps } from './import-state.ts'
import { MapStep } from './map-step.tsx'
import { PreviewStep } from './preview-step.tsx'
import { Quarantine } from './quarantine.tsx'

const tabs = ['table', 'folder', 'batches', 'quarantine'] as const

/** `#/import`, `#/import/folder`, `#/import/batches`, `#/import/quarantine`. */
export function ImportView() {
  const text = useText()
  const { workbench } = useDesk()
  const [, first] = useRoute((route) => route.parts)
  const tab = tabs.find((one) => one === first) ?? 'table'
  return (
    <div className="page">
      <PageHeader title={text('nav.import')} hint={text('import.hint')}>
        <PlaceTabs
          label={text('nav.import')}
          current={tab}
          items={[
            { key: 'table', parts: ['import'], label: text('import.tab.table') },
            { key: 'folder', parts: ['import', 'folder'], label: text('import.tab.folder') },
            { key: 'batches', parts: ['import', 'batches'], label: text('import.tab.batches') },
            {
              key: 'quarantine',
              parts: ['import', 'quarantine'],
              label: text('import.tab.quarantine'),
              count: workbench?.quarantined ?? 0,
            },
          ]}
        />
      </PageHeader>
      {tab === 'table' ? (
        <TableImport />
      ) : tab === 'folder' ? (
        <FolderImport />
      ) : tab === 'batches' ? (
        <Batches />
      ) : (
        <Quarantine />
      )}
    </div>
  )
}

function TableImport() {
  const { table, profile, preview, imported } = useImport()
  const top = useRef<HTMLDivElement>(null)
  useEffect(() => {
    // Each step begins at its beginning.
    top.current?.scrollIntoView({ block: 'end' })
  }, [table, preview, imported])
  return (
    <>
      <div ref={top} className="page-top" />
      <Step table={table} profile={profile} preview={preview} imported={imported} />
    </>
  )
}

function Step({ table, profile, preview, imported }: ImportSteps) {
  if (imported !== null) return <ImportedStep imported={imported} />
  if (table === null || profile === null) return <ChooseStep />
  if (preview === null) return <MapStep table={table} profile={profile} />
  return <PreviewStep table={table} profile={profile} preview={preview} />
}
