import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Where the data that comes with the product lies, found once. */
let resourcesFolder: string | undefined

/**
 * The path of a file below `resources/`, such as `catalogue/default.json`. Works from the sources, from `out/` and
 * inside the packaged application, where `resources/` lies outside the archive of the code.
 */
export function resourcePath(name: string): string {
  resourcesFolder ??=
    packagedResources() ?? join(folderAbove('resources/catalogue/default.json'), 'resources')
  return join(resourcesFolder, name)
}

/** What a JSON file below `resources/` says, unchecked. Throws when the product is incomplete. */
export function readResourceJson(name: string): unknown {
  return JSON.parse(readFileSync(resourcePath(name), 'utf8'))
}

/** The path of the product's `package.json`, which names its version. */
export function packageFile(): string {
  return join(folderAbove('package.json'), 'package.json')
}

/** Electron names the folder of its own resources; while it is not packaged, that folder is not ours. */
function packagedResources(): string | undefined {
  const { resourcesPath } = process as { readonly resourcesPath?: string }
  if (resourcesPath === undefined) return undefined
  const folder = join(resourcesPath, 'resources')
  return existsSync(join(folder, 'catalogue', 'default.json')) ? folder : undefined
}

/** The nearest folder above this module that has a file of that name. */
function folderAbove(file: string): string {
  let folder = dirname(fileURLToPath(import.meta.url))
  while (!existsSync(join(folder, file))) {
    const parent = dirname(folder)
    if (parent === folder) throw new Error(`the product is incomplete: ${file} is missing`)
    folder = parent
  }
  return folder
}
