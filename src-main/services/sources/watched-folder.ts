import { createHash } from 'node:crypto'
import { constants, type Stats } from 'node:fs'
import { lstat, mkdir, open, opendir, realpath, rename, type FileHandle } from 'node:fs/promises'
import { join, parse } from 'node:path'
import { importedFolder, isPassing, type FileMark } from '../../../src-shared/import/arrivals.ts'
import type { Digest } from '../../../src-shared/kernel/ids.ts'
import { err, ok, type Result } from '../../../src-shared/kernel/result.ts'
import { maximumTableBytes } from '../dossier/uploads.ts'
import { importedFiles } from '../sync/browse.ts'

/** Names of a folder that are looked through; of more, its owner is told to clear up. */
const mostEntries = 2000
/** Names tried for a file that has a namesake in the folder of imported files. */
const mostNamesakes = 1000

/** A name in a watched folder. `failure` is an error code for what is never opened. */
export interface FolderEntry {
  readonly file: string
  readonly mark: FileMark
  readonly failure: string | null
}

/**
 * What lies in a watched folder, by name. Folders in it, files that a program is still writing and those it keeps for
 * itself are passed over. Links are named and never followed: whoever may write into the folder must not choose what of
 * this computer is read.
 *
 * Errors: `bundle/folder-unusable`; `import/too-large` for more names than are looked through.
 */
export async function lookInto(folder: string): Promise<Result<readonly FolderEntry[]>> {
  if (!(await isPlainFolder(folder))) return err('bundle/folder-unusable')
  const names: string[] = []
  let seen = 0
  try {
    for await (const entry of await opendir(folder)) {
      seen += 1
      if (seen > mostEntries) return err('import/too-large', { reason: 'files', limit: mostEntries })
      if (!entry.isDirectory() && !isPassing(entry.name)) names.push(entry.name)
    }
  } catch {
    return err('bundle/folder-unusable')
  }
  names.sort((a, b) => a.localeCompare(b, 'zh-CN', { numeric: true }))
  const entries: FolderEntry[] = []
  for (const file of names) {
    const entry = await lookAt(folder, file)
    if (entry !== null) entries.push(entry)
  }
  return ok(entries)
}

/** Whether it is still the folder that was chosen, and no link put in its place. */
async function isPlainFolder(folder: string): Promise<boolean> {
  try {
    return (await realpath(folder)) === folder && (await lstat(folder)).isDirectory()
  } catch {
    return false
  }
}

/** Null for what went away meanwhile. */
async function lookAt(folder: string, file: string): Promise<FolderEntry | null> {
  try {
    const stat = await lstat(join(folder, file))
    return { file, mark: markOf(stat), failure: failureOf(file, stat) }
  } catch {
    return null
  }
}

function failureOf(file: string, stat: Stats): string | null {
  if (!stat.isFile()) return 'source/not-a-file'
  if (stat.size > maximumTableBytes) return 'import/too-large'
  const isKnown = importedFiles.some((extension) => file.toLowerCase().endsWith(extension))
  return isKnown ? null : 'import/not-a-table'
}

function markOf({ size, mtimeMs, dev, ino }: Stats): FileMark {
  return { size, modified: mtimeMs, inode: `${dev}:${ino}` }
}

function isSame(a: FileMark, b: FileMark): boolean {
  return a.size === b.size && a.modified === b.modified && a.inode === b.inode
}

export interface ReadFile {
  readonly name: string
  readonly bytes: Uint8Array
  readonly digest: Digest
}

/**
 * The bytes of a file as it looked when it was listed. It is opened without following a link and must be the same file
 * with the same size and time before and after it is read.
 *
 * Errors: `import/file-changed`, `import/too-large`.
 */
export async function readSettled(folder: string, file: string, mark: FileMark): Promise<Result<ReadFile>> {
  if (!isPlainName(file) || !(await isPlainFolder(folder))) return err('import/file-changed')
  if (mark.size > maximumTableBytes)
    return err('import/too-large', { bytes: mark.size, limit: maximumTableBytes })
  let handle: FileHandle | null = null
  try {
    const path = join(folder, file)
    // Where the system cannot refuse a link by itself, the file behind the name is compared.
    handle = await open(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0))
    const before = await handle.stat()
    if (!before.isFile() || !isSame(markOf(before), mark)) return err('import/file-changed')
    const bytes = new Uint8Array(mark.size)
    let at = 0
    while (at < bytes.length) {
      const { bytesRead } = await handle.read(bytes, at, bytes.length - at, at)
      if (bytesRead === 0) return err('import/file-changed')
      at += bytesRead
    }
    const after = await handle.stat()
    if (!isSame(markOf(after), mark)) return err('import/file-changed')
    return ok({ name: file, bytes, digest: createHash('sha256').update(bytes).digest('hex') })
  } catch {
    return err('import/file-changed')
  } finally {
    await handle?.close()
  }
}

/** A name in the folder itself: no way out of it. */
function isPlainName(file: string): boolean {
  return file !== '' && file !== '.' && file !== '..' && !/[\\/\0]/.test(file)
}

/**
 * Puts an imported file into the folder of imported files beside it, under a name that nothing has there. False where the
 * folder does not allow it: the file stays where it is, and is known by its bytes.
 */
export async function putAway(folder: string, file: string, mark: FileMark): Promise<boolean> {
  if (!isPlainName(file) || !(await isPlainFolder(folder))) return false
  try {
    const from = join(folder, file)
    if (!isSame(markOf(await lstat(from)), mark)) return false
    const into = join(folder, importedFolder)
    await mkdir(into, { recursive: true })
    if (!(await isPlainFolder(into))) return false
    const { name, ext } = parse(file)
    for (let count = 0; count < mostNamesakes; count++) {
      const to = join(into, count === 0 ? file : `${name} (${count})${ext}`)
      if (await isThere(to)) continue
      await rename(from, to)
      return true
    }
    return false
  } catch {
    return false
  }
}

async function isThere(path: string): Promise<boolean> {
  try {
    await lstat(path)
    return true
  } catch {
    return false
  }
}
