import type { FileMark, Looked } from '../../../src-shared/import/arrivals.ts'
import type { Digest, Id } from '../../../src-shared/kernel/ids.ts'

/** A file in a watched folder, as it was last looked at. */
export interface KnownFile extends Looked {
  readonly digest: Digest | null
  /** Why it cannot be imported; null for one that can, or was not read. */
  readonly failure: string | null
}

/** What is known of the files in the watched folders while the vault is open. */
export class Arrivals {
  readonly #known = new Map<string, KnownFile>()

  get(source: Id, file: string): KnownFile | undefined {
    return this.#known.get(`${source}/${file}`)
  }

  set(source: Id, file: string, known: KnownFile): void {
    this.#known.set(`${source}/${file}`, known)
  }

  /** Forgets files of a source that are not there any more. */
  keep(source: Id, files: ReadonlySet<string>): void {
    for (const key of this.#known.keys())
      if (key.startsWith(`${source}/`) && !files.has(key.slice(source.length + 1))) this.#known.delete(key)
  }

  /** The file of a source with these bytes, or null. */
  find(source: Id, digest: Digest): { readonly file: string; readonly mark: FileMark } | null {
    for (const [key, known] of this.#known)
      if (key.startsWith(`${source}/`) && known.digest === digest)
        return { file: key.slice(source.length + 1), mark: known }
    return null
  }
}
