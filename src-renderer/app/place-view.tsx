import { AuditView } from '../features/audit/audit-view.tsx'
import { DueView } from '../features/cycles/due-view.tsx'
import { RegisterView } from '../features/disclosure/register-view.tsx'
import { DossiersView } from '../features/dossiers/dossiers-view.tsx'
import { EntryView } from '../features/entry/entry-view.tsx'
import { FaultsView } from '../features/faults/faults-view.tsx'
import { ImportView } from '../features/import/import-view.tsx'
import { MembersView } from '../features/members/members-view.tsx'
import { ReviewView } from '../features/review/review-view.tsx'
import { SecurityView } from '../features/security/security-view.tsx'
import { SettingsView } from '../features/settings/settings-view.tsx'
import { SigningView } from '../features/signing/signing-view.tsx'
import { SourcesView } from '../features/sources/sources-view.tsx'
import { SyncView } from '../features/sync/sync-view.tsx'
import { TwinsView } from '../features/twins/twins-view.tsx'
import { TransfersView } from '../features/transfer/transfers-view.tsx'
import { WorkbenchPage } from '../features/workbench/workbench-page.tsx'
import type { Place } from './navigation.ts'

/** The screen of a place. */
export function PlaceView({ place }: { readonly place: Place }) {
  switch (place) {
    case 'workbench':
      return <WorkbenchPage />
    case 'dossiers':
      return <DossiersView />
    case 'due':
      return <DueView />
    case 'twins':
      return <TwinsView />
    case 'entry':
      return <EntryView />
    case 'import':
      return <ImportView />
    case 'sources':
      return <SourcesView />
    case 'review':
      return <ReviewView />
    case 'signing':
      return <SigningView />
    case 'register':
      return <RegisterView />
    case 'faults':
      return <FaultsView />
    case 'transfers':
      return <TransfersView />
    case 'members':
      return <MembersView />
    case 'sync':
      return <SyncView />
    case 'audit':
      return <AuditView />
    case 'security':
      return <SecurityView />
    case 'settings':
      return <SettingsView />
  }
}
