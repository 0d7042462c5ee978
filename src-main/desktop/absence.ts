import type { PowerMonitor } from 'electron'

/** On Linux nobody tells that the screen was locked; it has to be asked. */
const askEveryMilliseconds = 5_000
/** Only tells `active` from `idle`, neither of which matters here. */
const idleThresholdSeconds = 60

export interface AbsenceOptions {
  readonly platform: NodeJS.Platform
  /** Locks the vault; safe to call when it is locked. */
  readonly lock: () => void
  readonly every: (milliseconds: number, callback: () => void) => void
}

/** Locks when the person has left: the screen is locked, the machine sleeps, another user takes over. */
export function lockOnAbsence(
  monitor: Pick<PowerMonitor, 'on' | 'getSystemIdleState'>,
  options: AbsenceOptions,
): void {
  const { every, lock, platform } = options
  monitor.on('suspend', lock)
  monitor.on('lock-screen', lock)
  monitor.on('user-did-resign-active', lock)
  if (platform !== 'linux') return
  let wasLocked = false
  every(askEveryMilliseconds, () => {
    const isLocked = monitor.getSystemIdleState(idleThresholdSeconds) === 'locked'
    if (isLocked && !wasLocked) lock()
    wasLocked = isLocked
  })
}
