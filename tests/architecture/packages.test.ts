import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { root } from './sources.ts'

interface Locked {
  readonly hasInstallScript?: boolean
  readonly name?: string
  readonly optionalDependencies?: Readonly<Record<string, string>>
}

function read(name: string): unknown {
  return JSON.parse(readFileSync(join(root, name), 'utf8'))
}

const { packages } = read('package-lock.json') as { readonly packages: Readonly<Record<string, Locked>> }
const { allowScripts } = read('package.json') as { readonly allowScripts: Readonly<Record<string, boolean>> }

/** Node looks for a package beside the one that wants it, then beside each folder above. */
function isLocked(wanting: string, name: string): boolean {
  for (let folder = wanting; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/node_modules/')))) {
    if (packages[`${folder === '' ? '' : `${folder}/`}node_modules/${name}`] !== undefined) return true
    if (folder === '') return false
  }
}

test('the lock file holds the optional packages of every platform, so that npm ci works on all of them', () => {
  const missing = Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies).filter((name) => !isLocked(path, name)),
  )
  expect(missing).toEqual([])
})

test('the lock file names no registry', () => {
  expect(readFileSync(join(root, 'package-lock.json'), 'utf8')).not.toContain('"resolved"')
})

test('whether a package may run a script when it is installed is decided for each', () => {
  const withScript = Object.entries(packages)
    .filter(([, locked]) => locked.hasInstallScript === true)
    .map(
      ([path, locked]) =>
        locked.name ?? path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length),
    )
  expect(withScript.filter((name) => !Object.hasOwn(allowScripts, name))).toEqual([])
})
