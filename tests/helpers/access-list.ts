import type { AccessFilter, AccessLine } from '../../src-shared/contract/audit.ts'
import { newJob, type VaultFixture } from './vault-fixture.ts'

export const everyEntry: AccessFilter = {
  members: [],
  cadre: '',
  from: null,
  until: null,
  kinds: [],
  flags: [],
  doubtful: false,
}

/** What the auditor sees of the newest entries, once the index has taken in all there is. */
export async function listedAccess(
  vault: VaultFixture,
  filter: Partial<AccessFilter> = {},
): Promise<readonly AccessLine[]> {
  await vault.value('auditor', 'access.index', { job: newJob() })
  const input = { filter: { ...everyEntry, ...filter }, after: null, limit: 500 }
  return (await vault.value('auditor', 'access.list', input)).items
}
