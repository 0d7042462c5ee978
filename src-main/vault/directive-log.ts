import type { AuthorityState } from '../../src-shared/access/authority.ts'
import type { Compartment } from '../../src-shared/access/roles.ts'
import {
  checkDirectiveCommit,
  directiveSource,
  directiveStepsOf,
  readDirective,
} from '../../src-shared/bundle/directive.ts'
import type { ReceiptSource } from '../../src-shared/bundle/receipt.ts'
import { toHex } from '../../src-shared/kernel/bytes.ts'
import type { Primitives } from '../../src-shared/kernel/primitives.ts'
import type { SignedCommit } from '../../src-shared/log/chain.ts'
import { preAuthenticationEncoding } from '../../src-shared/log/envelope.ts'
import { readBodyBytes } from './body-table.ts'
import type { Database } from './database.ts'
import { iterateLog, type StoredEntry } from './entry-table.ts'
import { logSpan, readLogs, type LogRow } from './log-table.ts'
import { projectCommit, type ProjectionContext, type VoidRecordStep } from './projection.ts'
import { Found, LogWalk, type LogPlace } from './verify-log.ts'

export interface DirectiveLog {
  readonly log: LogRow
  readonly source: ReceiptSource
}

/** The logs of what the level above decided for one compartment, of every node that the chain names. */
export function directiveLogs(
  primitives: Pick<Primitives, 'sha256'>,
  head: AuthorityState,
  compartment: Compartment,
  database: Database,
): readonly DirectiveLog[] {
  return readLogs(database, 'hub').flatMap((log) => {
    const source = directiveSource(primitives, head, compartment, log.log)
    return source === null ? [] : [{ log, source }]
  })
}

/** Takes the steps of one commit of the level above. Returns those that change nothing. */
export function projectDirective(
  context: ProjectionContext,
  { header, leaf }: SignedCommit,
): readonly VoidRecordStep[] {
  return projectCommit(context, header, leaf, header.seq, directiveStepsOf(header, leaf), [])
}

/**
 * Checks the directives held here, bytes, chain, signature and body, and derives what they do into `into`. Returns how
 * many there are. The first of a log that is not as it was made is handed to `onFound`, which may throw it; nothing
 * after it in that log counts.
 */
export function deriveDirectives(
  place: LogPlace,
  into: ProjectionContext,
  tick: () => void,
  onFound: (found: Found) => void,
): number {
  const { primitives, history, compartment, database } = place
  let count = 0
  for (const { log, source } of directiveLogs(primitives, history.head, compartment, database)) {
    try {
      const walk = new LogWalk(place, log, new Map())
      for (const entry of iterateLog(database, log.log, 0, logSpan - 1)) {
        projectDirective(into, checked(place, source, walk, entry))
        count++
        tick()
      }
      walk.end()
    } catch (error) {
      if (!(error instanceof Found)) throw error
      onFound(error)
    }
  }
  return count
}

function checked(
  { primitives, database }: LogPlace,
  source: ReceiptSource,
  walk: LogWalk,
  entry: StoredEntry,
): SignedCommit {
  const commit = walk.take(entry)
  const found = (code: Found['fault']['code'], what: string) => new Found(code, entry.log, entry.seq, what)
  const right = checkDirectiveCommit(primitives, source, commit)
  if (!right.ok) throw found(right.error.code, 'directive')
  if (entry.void !== null || entry.authority !== 0) throw found('log/projection', 'directive')
  const { payloadType, payload, signature } = commit.envelope
  const message = preAuthenticationEncoding(payloadType, payload)
  if (!primitives.ed25519Verify(source.publicKey, message, signature))
    throw found('commit/signature', 'signature')
  const digest = commit.header.ops[0]?.digest ?? ''
  const bytes = readBodyBytes(database, digest)
  if (bytes === null) throw found('commit/body-missing', 'body')
  if (toHex(primitives.sha256(bytes)) !== digest) throw found('commit/body-digest', 'body')
  const body = readDirective(bytes)
  if (!body.ok) throw found(body.error.code, 'body')
  return commit
}
