import { create } from 'zustand'
import type { Role } from '../../src-shared/access/roles.ts'
import type { SessionView } from '../../src-shared/contract/views.ts'
import type { Failure } from '../../src-shared/kernel/errors.ts'
import { call } from '../bridge/index.ts'
import { openDrafts } from '../drafts/database.ts'

/** Who is logged in. The key of the drafts is not among it: it goes into the browser's key store and is dropped. */
export type Session = Omit<SessionView, 'draftKey'>

export interface LockedState {
  readonly phase: 'locked'
  readonly version: string
  /** After wrong passwords, the time (milliseconds of this clock) before which another try is refused. */
  readonly waitUntil: number
  /** Somebody needs a key file to log in. */
  readonly keyFiles: boolean
  /** Somebody may log in with what the operating system keeps. */
  readonly systemUnlock: boolean
}

export type SessionState =
  | { readonly phase: 'starting' }
  | { readonly phase: 'failed'; readonly failure: Failure }
  | { readonly phase: 'no-vault'; readonly version: string }
  | LockedState
  | { readonly phase: 'unlocked'; readonly version: string; readonly session: Session }

export const useSessionState = create<SessionState>()(() => ({ phase: 'starting' }))

/** Asks the core how things stand; done once when the page starts, and when they have changed. */
export async function readSession(): Promise<void> {
  const status = await call('session.status', {})
  if (!status.ok) {
    useSessionState.setState({ phase: 'failed', failure: status.error }, true)
    return
  }
  const { vault, version, session, waitSeconds, keyFiles, systemUnlock } = status.value
  if (session !== null) {
    await enterSession(session, version)
    return
  }
  const waitUntil = Date.now() + waitSeconds * 1000
  const locked = { phase: 'locked', version, waitUntil, keyFiles, systemUnlock } as const
  useSessionState.setState(vault === 'none' ? { phase: 'no-vault', version } : locked, true)
}

/** Takes in the answer to a log-in. */
export async function enterSession(view: SessionView, version: string): Promise<void> {
  const { draftKey, ...session } = view
  await openDrafts(session.member.id, draftKey)
  useSessionState.setState({ phase: 'unlocked', version, session }, true)
}

export function holdsAny(session: Session, roles: readonly Role[]): boolean {
  return session.member.roles.some((role) => roles.includes(role))
}
