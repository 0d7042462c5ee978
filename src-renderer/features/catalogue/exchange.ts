import { readCatalogue } from '../../../src-shared/catalogue/read.ts'
import { maximumCatalogueBytes, type Catalogue } from '../../../src-shared/catalogue/schema.ts'
import { err, type Result } from '../../../src-shared/kernel/result.ts'
import { saveFile } from '../../ui/save-file.ts'

/** The exact document, to be sent by any means and taken in elsewhere. */
export function exportCatalogue(catalogue: Catalogue): void {
  saveFile(`${JSON.stringify(catalogue, null, 2)}\n`, `catalogue-v${catalogue.version}.json`)
}

/** Reads such a file with all its checks. Errors: those of {@link readCatalogue}. */
export async function importCatalogue(file: File): Promise<Result<Catalogue>> {
  if (file.size > maximumCatalogueBytes)
    return err('format/too-large', { bytes: file.size, limit: maximumCatalogueBytes })
  return readCatalogue(new Uint8Array(await file.arrayBuffer()))
}
