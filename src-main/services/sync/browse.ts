import { existsSync, readdirSync, statSync, type Stats } from 'node:fs'
import { homedir, userInfo } from 'node:os'
import { basename, dirname, join, resolve } from 'node:path'
import type { FolderView } from '../../../src-shared/contract/log-views.ts'
import { err, ok, type Result } from '../../../src-shared/kernel/result.ts'
import type { UnlockedHandler } from '../context.ts'

const shownEntries = 1000

/** Folders and bundles of one folder. Other files are not named: nobody browses the PC through this. */
export const syncBrowse: UnlockedHandler<'sync.browse'> = (_context, input) =>
  browseFolder(input.path, carriedFiles)

/** The same for files that can be imported. */
export const importBrowse: UnlockedHandler<'import.browse'> = (_context, input) =>
  browseFolder(input.path, importedFiles)

/** What is carried to a device of the unit, or between units: bundles, receipts, requests to join. */
const carriedFiles = ['.liandang', '.liandang-request', '.liandang-receipt']

export const importedFiles = ['.xlsx', '.xlsm', '.xls', '.csv', '.tsv', '.lrmx']

/** Folders of one folder, and the files that end as one of `extensions` does. Errors: `bundle/folder-unusable`. */
export function browseFolder(from: string | null, extensions: readonly string[]): Result<FolderView> {
  const path = resolve(from ?? startFolder())
  let entries: readonly string[]
  try {
    entries = readdirSync(path).sort()
  } catch {
    return err('bundle/folder-unusable')
  }
  const folders: FolderView['folders'][number][] = []
  const bundles: FolderView['bundles'][number][] = []
  for (const name of entries) {
    if (name.startsWith('.')) continue
    const full = join(path, name)
    if (folders.length + bundles.length >= shownEntries) break
    const stat = statOf(full)
    if (stat?.isDirectory()) folders.push({ name, path: full })
    else if (stat?.isFile() && extensions.some((extension) => name.endsWith(extension)))
      bundles.push({ name, path: full, bytes: stat.size })
  }
  const parent = dirname(path)
  return ok({ path, parent: parent === path ? null : parent, folders, bundles, places: places() })
}

/** Null for what cannot be looked at: a file the system keeps to itself, a link in a circle. */
function statOf(path: string): Stats | null {
  try {
    return statSync(path)
  } catch {
    return null
  }
}

function startFolder(): string {
  return places()[0]?.path ?? homedir()
}

/** Removable media first: that is where bundles go. */
function places(): FolderView['places'] {
  const found: { name: string; path: string }[] = []
  const add = (path: string, name = basename(path)) => {
    if (existsSync(path) && !found.some((place) => place.path === path)) found.push({ name, path })
  }
  for (const root of mediaRoots()) {
    for (const name of list(root)) add(join(root, name))
  }
  if (process.platform === 'win32') {
    for (const letter of 'DEFGHIJKLMNOPQRSTUVWXYZ') add(`${letter}:\\`, `${letter}:`)
  }
  const home = homedir()
  for (const name of ['Desktop', '桌面', 'Documents', '文档', 'Downloads', '下载']) add(join(home, name))
  add(home)
  return found
}

function mediaRoots(): readonly string[] {
  if (process.platform === 'darwin') return ['/Volumes']
  if (process.platform !== 'linux') return []
  const { username } = userInfo()
  return [`/media/${username}`, `/run/media/${username}`]
}

function list(folder: string): readonly string[] {
  try {
    return readdirSync(folder).sort()
  } catch {
    return []
  }
}
