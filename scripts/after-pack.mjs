import { execFileSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'

/** UOS V20 and Kylin V10 have the GNU C library 2.28 to 2.31. */
const oldestGlibc = [2, 28]

/**
 * The newest GNU C library that a program asks for, from what `readelf -V` prints; undefined when it asks for none.
 *
 * @param {string} versions
 * @returns {readonly [major: number, minor: number] | undefined}
 */
export function neededGlibc(versions) {
  return [...versions.matchAll(/\bGLIBC_(\d+)\.(\d+)/g)]
    .map((match) => /** @type {const} */ ([Number(match[1]), Number(match[2])]))
    .sort(([aMajor, aMinor], [bMajor, bMinor]) => bMajor - aMajor || bMinor - aMinor)[0]
}

/**
 * Run by electron-builder on each packed folder: refuses native modules that the oldest supported Linux cannot load.
 *
 * @param {import('electron-builder').AfterPackContext} context
 */
export function afterPack({ appOutDir, electronPlatformName }) {
  if (electronPlatformName !== 'linux') return
  const [major = 0, minor = 0] = oldestGlibc
  const tooNew = readdirSync(appOutDir, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.node') && !/musl|darwin|win32/.test(name))
    .filter((name) => {
      const versions = execFileSync('readelf', ['-V', join(appOutDir, name)], {
        encoding: 'utf8',
        maxBuffer: 2 ** 26,
      })
      const needed = neededGlibc(versions)
      return needed !== undefined && (needed[0] > major || (needed[0] === major && needed[1] > minor))
    })
  if (tooNew.length === 0) return
  throw new Error(
    `these need a C library newer than ${major}.${minor}; rebuild them there:\n${tooNew.join('\n')}`,
  )
}
