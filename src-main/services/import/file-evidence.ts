import { findCategory } from '../../../src-shared/catalogue/read.ts'
import type { Catalogue } from '../../../src-shared/catalogue/schema.ts'
import { newId } from '../../../src-shared/kernel/ids.ts'
import { err, type Result } from '../../../src-shared/kernel/result.ts'
import { inspectedBytes, sniffMediaType } from '../../../src-shared/evidence/inspect.ts'
import type { Database } from '../../vault/database.ts'
import { EvidenceWriter } from '../../vault/evidence-store.ts'
import type { UnlockedContext } from '../context.ts'
import { heldEvidence, keepEvidence, type KeptEvidence } from '../dossier/keep-evidence.ts'
import type { TableFile } from './table-file.ts'

const pieceBytes = 256 * 1024

export function wantsEvidence(catalogue: Catalogue, category: string): boolean {
  return findCategory(catalogue, category)?.evidence === 'required'
}

/**
 * Seals an imported file as evidence and gives it its place. Only a file about one person is kept: in another's dossier
 * it would show what is not theirs. Errors: `vault/disk-full`.
 */
export async function keepFile(
  { layout, primitives, session }: UnlockedContext,
  database: Database,
  file: TableFile,
): Promise<Result<KeptEvidence>> {
  const { name, bytes } = file
  let writer: EvidenceWriter | null = null
  try {
    writer = await EvidenceWriter.open(layout, newId(primitives))
    for (let from = 0; from < bytes.length; from += pieceBytes) {
      await writer.append(bytes.subarray(from, from + pieceBytes))
    }
    const sealed = await writer.seal()
    const mediaType = sniffMediaType(bytes.subarray(0, inspectedBytes)) ?? 'application/octet-stream'
    const waiting = { ...sealed, name: name.slice(0, 255), mediaType, path: writer.path }
    const held = await heldEvidence(session, layout, database, [waiting])
    return keepEvidence(layout, database, [waiting], held)
  } catch {
    return err('vault/disk-full')
  } finally {
    // What has its place is not there any more.
    await writer?.discard()
  }
}
