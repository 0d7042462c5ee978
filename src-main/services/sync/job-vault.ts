import type { JobVault } from '../../jobs/messages.ts'
import type { Session } from '../context.ts'

/** What a worker opens the vault of a session with. */
export function jobVault(session: Session): JobVault {
  const { layout, unit, rootPublicKey, databaseKeys } = session.vault
  return { directory: layout.directory, unit, rootPublicKey, databaseKeys }
}
