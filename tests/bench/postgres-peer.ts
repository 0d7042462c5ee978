import { execFileSync } from 'node:child_process'
import { chmodSync, chownSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A cluster of this machine's own PostgreSQL in a temporary directory, reached over a socket in it and nothing else. */
export interface PostgresPeer {
  readonly version: string
  /** Runs a script and returns what it prints. */
  run(script: string): string
  close(): void
}

const installed = '/usr/lib/postgresql'
const user = 'bench'

/** Null where the server is not installed, or nobody but root is there to run it as. */
export function startPostgres(): PostgresPeer | null {
  const [version] = existsSync(installed)
    ? readdirSync(installed)
        .filter((one) => existsSync(join(installed, one, 'bin', 'initdb')))
        .toSorted((a, b) => Number(b) - Number(a))
    : []
  const owner = unprivileged()
  if (version === undefined || owner === null) return null
  const bin = (name: string) => join(installed, version, 'bin', name)
  const directory = mkdtempSync(join(tmpdir(), 'liandang-pg-'))
  if (owner.uid !== null) chownSync(directory, owner.uid, owner.gid)
  chmodSync(directory, 0o700)
  const data = join(directory, 'data')
  const as = (program: string, ...args: readonly string[]) => {
    const [first = '', ...rest] = [...owner.prefix, program, ...args]
    return execFileSync(first, rest, { encoding: 'utf8', cwd: directory, maxBuffer: 1 << 30 })
  }
  as(bin('initdb'), '-D', data, '-U', user, '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8', '--no-sync')
  const log = join(directory, 'log')
  const options = `-k ${directory} -c listen_addresses='' -c fsync=off`
  as(bin('pg_ctl'), '-D', data, '-l', log, '-w', '-o', options, 'start')
  return {
    version,
    run(script) {
      const file = join(directory, 'script.sql')
      writeFileSync(file, script)
      chmodSync(file, 0o644)
      return as(
        'psql',
        '-X',
        '-q',
        '-v',
        'ON_ERROR_STOP=1',
        '-h',
        directory,
        '-U',
        user,
        '-f',
        file,
        'postgres',
      )
    },
    close() {
      as(bin('pg_ctl'), '-D', data, '-m', 'immediate', '-w', 'stop')
      rmSync(directory, { recursive: true, force: true })
    },
  }
}

interface Unprivileged {
  readonly prefix: readonly string[]
  readonly uid: number | null
  readonly gid: number
}

/** The server refuses to run as root: then the user that its package brings does. */
function unprivileged(): Unprivileged | null {
  if (process.getuid?.() !== 0) return { prefix: [], uid: null, gid: 0 }
  try {
    const id = (flag: string) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }))
    const uid = id('-u')
    const gid = id('-g')
    return {
      prefix: ['setpriv', `--reuid=${uid}`, `--regid=${gid}`, '--clear-groups'],
      uid,
      gid,
    }
  } catch {
    return null
  }
}
