import { mkdirSync, realpathSync } from 'node:fs'
import { homedir } from 'node:os'
import { posix, resolve, win32 } from 'node:path'

export interface Surroundings {
  readonly platform: NodeJS.Platform
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly home: string
}

/** Where the vault of this user of the machine is when nobody names another place. */
export function defaultVaultDirectory(surroundings: Surroundings = hereAndNow()): string {
  const { platform, environment, home } = surroundings
  if (platform === 'win32') {
    return win32.join(environment['APPDATA'] ?? win32.join(home, 'AppData', 'Roaming'), 'liandang')
  }
  if (platform === 'darwin') return posix.join(home, 'Library', 'Application Support', 'liandang')
  const dataHome = environment['XDG_DATA_HOME']
  // XDG Base Directory Specification 0.8: a relative path is invalid and ignored.
  const base =
    dataHome !== undefined && posix.isAbsolute(dataHome) ? dataHome : posix.join(home, '.local', 'share')
  return posix.join(base, 'liandang')
}

/** Makes the directory if it is missing, readable by this user alone, and returns its one real path. */
export function prepareVaultDirectory(directory: string): string {
  mkdirSync(resolve(directory), { recursive: true, mode: 0o700 })
  return realpathSync(resolve(directory))
}

function hereAndNow(): Surroundings {
  return { platform: process.platform, environment: process.env, home: homedir() }
}
