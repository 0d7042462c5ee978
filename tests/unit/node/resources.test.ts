import { cpSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { packageFile, readResourceJson, resourcePath } from '../../../src-shared/node/resources.ts'
import { captureNode } from '../../../scripts/tools.mjs'

const source = new URL('../../../src-shared/node/resources.ts', import.meta.url)
let folder: string

beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'liandang-resources-')))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

function put(path: string): string {
  const file = join(folder, path)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, '{}')
  return file
}

/** Where a copy of the module at `path` finds the catalogue; `electron` is the folder that Electron would name. */
async function found(path: string, electron?: string): Promise<string> {
  const module = join(folder, path)
  mkdirSync(dirname(module), { recursive: true })
  cpSync(source, module)
  const script = `process.resourcesPath = ${JSON.stringify(electron)}
    const { resourcePath } = await import(${JSON.stringify(pathToFileURL(module).href)})
    console.log(resourcePath('catalogue/default.json'))`
  const { output } = await captureNode(['--input-type=module', '--eval', script])
  return output
}

describe('the resources of the product', () => {
  test('are found from the sources', () => {
    expect(readFileSync(resourcePath('catalogue/default.json'), 'utf8')).toContain('A1')
    expect(readResourceJson('catalogue/default.json')).toBeTypeOf('object')
    expect(JSON.parse(readFileSync(packageFile(), 'utf8'))).toMatchObject({ name: 'liandang' })
  })

  test('are found from the built program', async () => {
    const catalogue = put('resources/catalogue/default.json')
    expect(await found('out/main/chunk.ts')).toBe(catalogue)
  })

  test('lie outside the archive in the packaged application', async () => {
    const catalogue = put('opt/resources/resources/catalogue/default.json')
    expect(await found('opt/resources/app.asar/out/main/chunk.ts', join(folder, 'opt/resources'))).toBe(
      catalogue,
    )
  })

  test('are the project’s own while Electron is not packaged', async () => {
    const catalogue = put('resources/catalogue/default.json')
    put('node_modules/electron/dist/resources/default_app.asar')
    expect(await found('out/main/chunk.ts', join(folder, 'node_modules/electron/dist/resources'))).toBe(
      catalogue,
    )
  })

  test('are missed aloud when the product is incomplete', async () => {
    expect(await found('out/main/chunk.ts')).toContain('the product is incomplete')
  })
})
