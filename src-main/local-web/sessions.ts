import { createHash, randomBytes } from 'node:crypto'

/** What came of presenting a launch token. */
export type LaunchOutcome =
  | { readonly kind: 'opened'; readonly session: string }
  /** The page that already used this token asked again, as a browser does that goes back. */
  | { readonly kind: 'again' }
  | { readonly kind: 'refused' }
  /** Somebody else presented a used token: one of the two was not the user, so that session is over. */
  | { readonly kind: 'revoked' }

/** Who may speak: launch tokens good for one use each, and the sessions they opened. */
export interface Sessions {
  newToken(): string
  /** `session` is the one the request already carries, if any. */
  launch(token: string, session: string | undefined): LaunchOutcome
  isOpen(session: string | undefined): boolean
  /** Called with a session that is over, so that what it still holds open can be closed. */
  onRevoked(callback: (session: string) => void): void
}

/** More tokens or sessions than this are forgotten, oldest first; a person needs one or two. */
const limit = 16

/**
 * Sessions last as long as the server: whoever closes the browser comes back with the cookie or takes a new token
 * from the terminal. Tokens and sessions are 256 random bits and are kept only as hashes, so that comparing them
 * leaks nothing by its timing.
 */
export function createSessions(): Sessions {
  /** Hash of a token, to the hash of the session it opened, or null while it is unused. */
  const tokens = new Map<string, string | null>()
  const sessions = new Set<string>()
  let revoked: (session: string) => void = () => undefined

  return {
    newToken() {
      const token = secret()
      tokens.set(hashOf(token), null)
      forgetOldest(tokens)
      return token
    },
    launch(token, presented) {
      const key = hashOf(token)
      const opened = tokens.get(key)
      if (opened === undefined) return { kind: 'refused' }
      if (opened === null) {
        const session = secret()
        tokens.set(key, hashOf(session))
        sessions.add(hashOf(session))
        forgetOldest(sessions)
        return { kind: 'opened', session }
      }
      if (presented !== undefined && hashOf(presented) === opened && sessions.has(opened))
        return { kind: 'again' }
      tokens.delete(key)
      if (!sessions.delete(opened)) return { kind: 'refused' }
      revoked(opened)
      return { kind: 'revoked' }
    },
    isOpen: (session) => session !== undefined && sessions.has(hashOf(session)),
    onRevoked(callback) {
      revoked = callback
    },
  }
}

/** How a session is named inside the server. */
export function hashOf(value: string): string {
  return createHash('sha256').update(value).digest('hex')
}

function secret(): string {
  return randomBytes(32).toString('base64url')
}

function forgetOldest(entries: Map<string, unknown> | Set<string>): void {
  for (const key of entries.keys()) {
    if (entries.size <= limit) return
    entries.delete(key)
  }
}
