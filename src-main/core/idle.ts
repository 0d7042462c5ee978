/** The page locks first, after keeping what was typed; it tells of a hand at the desk no more often than this. */
const graceMilliseconds = 60_000

export interface IdleWatch {
  /** Somebody called. */
  touch(): void
  /** Whether nobody has called for so long that the vault has to be locked. */
  isOver(): boolean
}

/**
 * Watches for a desk that was left: the page may be closed, or stuck, and cannot be relied upon to lock.
 *
 * @param now milliseconds that never go backward
 * @param minutes the unit's setting, or null while nothing is unlocked
 */
export function watchIdle(now: () => number, minutes: () => number | null): IdleWatch {
  let last = now()
  return {
    touch() {
      last = now()
    },
    isOver() {
      const allowed = minutes()
      return allowed !== null && now() - last > allowed * 60_000 + graceMilliseconds
    },
  }
}
