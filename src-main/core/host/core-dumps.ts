import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

/**
 * Forbids core dumps of this process and of every process it starts from now on: a dump of an unlocked core would
 * put keys and names on the disk. True if none can be written.
 *
 * Linux has a limit per process (prlimit(1) of util-linux sets it from outside); macOS starts programs with the
 * limit 0 and Windows writes full dumps only where an administrator has asked for them.
 */
export function forbidCoreDumps(platform: NodeJS.Platform = process.platform): boolean {
  if (platform !== 'linux') return true
  spawnSync('prlimit', ['--pid', String(process.pid), '--core=0:0'], { stdio: 'ignore' })
  try {
    return coreLimitIsZero(readFileSync('/proc/self/limits', 'utf8'))
  } catch {
    return false
  }
}

/** Reads the text of proc_pid_limits(5). */
export function coreLimitIsZero(limits: string): boolean {
  return /^Max core file size\s+0\s/m.test(limits)
}
