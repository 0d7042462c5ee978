import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { isBuildNeeded } from '../../../scripts/build-if-needed.mjs'
import { programs } from '../../../scripts/programs.mjs'
import { desktopObstacle, electronBinary } from '../../../scripts/electron-binary.mjs'

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'liandang-start-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

function put(path: string, second: number): void {
  const file = join(folder, path)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, '')
  utimesSync(file, second, second)
  for (let parent = dirname(file); parent !== folder; parent = dirname(parent))
    utimesSync(parent, second, second)
}

const built = Object.keys(programs).map((name) => `out/main/${name}.js`)

function project(): void {
  put('src-main/core/main.ts', 1000)
  put('src-shared/kernel/result.ts', 1000)
  for (const file of [...built, 'out/preload/preload.cjs', 'out/renderer/index.html']) put(file, 2000)
}

describe('the build', () => {
  test('is not repeated while it is newer than the sources', () => {
    project()
    expect(isBuildNeeded(folder)).toBe(false)
  })

  test('is needed when a source is newer', () => {
    project()
    put('src-shared/kernel/result.ts', 3000)
    expect(isBuildNeeded(folder)).toBe(true)
  })

  test('is needed when a source was deleted', () => {
    project()
    rmSync(join(folder, 'src-shared/kernel/result.ts'))
    expect(isBuildNeeded(folder)).toBe(true)
  })

  test('is needed when one of its files is missing', () => {
    project()
    rmSync(join(folder, 'out/main/hub.js'))
    expect(isBuildNeeded(folder)).toBe(true)
  })

  test('is needed when a source is newer than its oldest file', () => {
    project()
    put('out/renderer/index.html', 4000)
    put('src-main/core/main.ts', 3000)
    expect(isBuildNeeded(folder)).toBe(true)
  })
})

describe('Electron', () => {
  test('is absent until its program was downloaded', () => {
    put('node_modules/electron/package.json', 1000)
    expect(electronBinary(folder)).toBeUndefined()
    writeFileSync(join(folder, 'node_modules/electron/path.txt'), 'electron')
    expect(electronBinary(folder)).toBeUndefined()
  })

  test('is where its package says', () => {
    put('node_modules/electron/dist/electron', 1000)
    writeFileSync(join(folder, 'node_modules/electron/path.txt'), 'electron')
    expect(electronBinary(folder)).toBe(join(folder, 'node_modules/electron/dist/electron'))
  })
})

describe('the desktop program', () => {
  const binary = '/somewhere/electron'

  test.each(['win32', 'darwin'])('starts on %s', (platform) => {
    expect(desktopObstacle({ platform, environment: {}, binary })).toBeUndefined()
  })

  test.each([{ DISPLAY: ':0' }, { WAYLAND_DISPLAY: 'wayland-0' }])(
    'starts on Linux with %o',
    (environment) => {
      expect(desktopObstacle({ platform: 'linux', environment, binary })).toBeUndefined()
    },
  )

  test('does not start on Linux without a display, and says so in one line', () => {
    expect(desktopObstacle({ platform: 'linux', environment: { DISPLAY: '' }, binary })).toMatch(
      /^没有图形显示.*display.*$/,
    )
  })

  test('does not start without Electron, and says so in one line', () => {
    const obstacle = desktopObstacle({ platform: 'win32', environment: {}, binary: undefined })
    expect(obstacle).toMatch(/^没有 Electron.*not installed.*$/)
  })
})
