import { auditMessages } from './screens/audit.ts'
import { catalogueCheckMessages } from './screens/catalogue-checks.ts'
import { catalogueOpeningMessages } from './screens/catalogue-openings.ts'
import { catalogueMessages } from './screens/catalogue.ts'
import { cyclesMessages } from './screens/cycles.ts'
import { deskMessages } from './screens/desk.ts'
import { devicesMessages } from './screens/devices.ts'
import { disclosureMessages } from './screens/disclosure.ts'
import { dossierViewMessages } from './screens/dossier-views.ts'
import { dossiersMessages } from './screens/dossiers.ts'
import { entryMessages } from './screens/entry.ts'
import { faultsMessages } from './screens/faults.ts'
import { foundingMessages } from './screens/founding.ts'
import { importMessages } from './screens/import.ts'
import { membersMessages } from './screens/members.ts'
import { paperMessages } from './screens/paper.ts'
import { reviewMessages } from './screens/review.ts'
import { rivalsMessages } from './screens/rivals.ts'
import { samplingMessages } from './screens/sampling.ts'
import { securityMessages } from './screens/security.ts'
import { settingsMessages } from './screens/settings.ts'
import { sourcesMessages } from './screens/sources.ts'
import { syncMessages } from './screens/sync.ts'
import { twinsMessages } from './screens/twins.ts'
import { transferMessages } from './screens/transfer.ts'
import { workloadMessages } from './screens/workload.ts'

/** Words of the screens. Keys are `<screen>.<what>`; the same keys stand in every language. */
export const screenMessages = {
  ...catalogueMessages,
  ...catalogueCheckMessages,
  ...catalogueOpeningMessages,
  ...deskMessages,
  ...cyclesMessages,
  ...foundingMessages,
  ...dossiersMessages,
  ...dossierViewMessages,
  ...disclosureMessages,
  ...entryMessages,
  ...membersMessages,
  ...paperMessages,
  ...reviewMessages,
  ...rivalsMessages,
  ...samplingMessages,
  ...faultsMessages,
  ...importMessages,
  ...sourcesMessages,
  ...syncMessages,
  ...devicesMessages,
  ...securityMessages,
  ...settingsMessages,
  ...auditMessages,
  ...workloadMessages,
  ...twinsMessages,
  ...transferMessages,
} as const satisfies Record<string, string>
