import type { Digest, Id } from '../../../src-shared/kernel/ids.ts'
import type { Database } from '../../vault/database.ts'
import { readSourceFolders } from '../../vault/source-projection.ts'
import type { Session } from '../context.ts'
import { putAway } from './watched-folder.ts'

/** After its rows are written, a file goes to those that were imported. Where that fails, its bytes are known. */
export async function putAwayImported(
  session: Session,
  database: Database,
  source: Id,
  digest: Digest,
): Promise<void> {
  const folder = readSourceFolders(database).get(source)
  const found = session.arrivals.find(source, digest)
  if (folder !== undefined && found !== null) await putAway(folder, found.file, found.mark)
}
