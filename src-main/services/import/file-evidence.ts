import { findCategory } from '../../../src-shared/catalogue/read.ts'
import type { Catalogue } from '../../../src-shared/catalogue/schema.ts'
import { newId } from '../../../src-shared/kernel/ids.ts'
import { err, ok, type Result } from '../../../src-shared/kernel/result.ts'
import type { EvidenceEntry } from '../../vault/evidence-entries.ts'
import { EvidenceWriter } from '../../vault/evidence-store.ts'
import type { UnlockedContext } from '../context.ts'
import { sniffMediaType } from '../dossier/media-type.ts'
import type { TableFile } from './table-file.ts'

const pieceBytes = 256 * 1024
const sniffBytes = 4096

export function wantsEvidence(catalogue: Catalogue, category: string): boolean {
  return findCategory(catalogue, category)?.evidence === 'required'
}

/**
 * Seals an imported file as evidence. Only a file about one person is: in another's dossier it would show what is not
 * theirs. Errors: `vault/disk-full`.
 */
export async function sealFile(
  { layout, primitives }: UnlockedContext,
  file: TableFile,
): Promise<Result<EvidenceEntry>> {
  const { name, bytes } = file
  const writer = new EvidenceWriter(layout, newId(primitives))
  try {
    for (let from = 0; from < bytes.length; from += pieceBytes) {
      await writer.append(bytes.subarray(from, from + pieceBytes))
    }
    const sealed = await writer.finish()
    const mediaType = sniffMediaType(bytes.subarray(0, sniffBytes)) ?? 'application/octet-stream'
    return ok({ ...sealed, name: name.slice(0, 255), mediaType })
  } catch {
    await writer.discard()
    return err('vault/disk-full')
  }
}
