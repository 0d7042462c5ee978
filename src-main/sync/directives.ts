import type { Compartment } from '../../src-shared/access/roles.ts'
import { readDirective, type Directive } from '../../src-shared/bundle/directive.ts'
import type { ErrorCode } from '../../src-shared/kernel/errors.ts'
import type { Digest } from '../../src-shared/kernel/ids.ts'
import { err, ok, type Result } from '../../src-shared/kernel/result.ts'
import type { OperationOf } from '../../src-shared/log/operations.ts'
import { insertBodies, readBodyBytes } from '../vault/body-table.ts'
import { projectDirective } from '../vault/directive-log.ts'
import { insertCommit } from '../vault/entry-table.ts'
import { createLog, readLog, type LogRow } from '../vault/log-table.ts'
import type { OpenVault } from '../vault/vault.ts'
import { readHubBundle } from './hub-intake.ts'

export interface TakenDecision extends Directive {
  readonly row: OperationOf<'directive.decide'>['rows'][number]
  readonly at: string
  /** Why it changes nothing here, or null. */
  readonly code: ErrorCode | null
}

export interface TakenDirectives {
  readonly compartment: Compartment
  /** Decisions that were not here before, in the order of the node's log. */
  readonly decisions: readonly TakenDecision[]
}

/**
 * Takes in what the level above decided: verifies all of the bundle, then stores its commits and folds the records they
 * speak of, in one transaction. The same bundle again changes nothing. A decision on what is not here is kept and
 * waits; it counts as soon as the step it answers has come.
 *
 * Errors: those of {@link readHubBundle}.
 */
export async function takeDirectives(
  vault: OpenVault,
  source: string | AsyncIterable<Uint8Array>,
  signal: AbortSignal,
): Promise<Result<TakenDirectives>> {
  const read = await readHubBundle(vault, 'directive', source, signal)
  if (!read.ok) return read
  const { primitives, unit } = vault
  const { compartment, database, commits } = read.value
  const fresh: ((typeof commits)[number] & { readonly directive: Directive })[] = []
  for (const one of commits) {
    if (one.verified.held) continue
    const directive = readDirective(one.body.bytes)
    if (!directive.ok) return directive
    fresh.push({ ...one, directive: directive.value })
  }
  const [first] = fresh
  if (first === undefined) return ok({ compartment, decisions: [] })
  const context = {
    primitives,
    unit,
    database,
    readBody: (digest: Digest) => readBodyBytes(database, digest),
  }
  const { log: id, seq } = first.verified.commit.header
  const write = database.transaction((): readonly TakenDecision[] | null => {
    createLog(database, id, 'hub')
    let log = readLog(database, id) as LogRow
    // Another sync of this vault may have come first.
    if (log.size !== seq) return null
    const decisions: TakenDecision[] = []
    for (const { verified, body, directive } of fresh) {
      const { commit, depth } = verified
      log = insertCommit(primitives, database, log, { commit, depth, voidCode: null })
      insertBodies(database, commit, [body])
      const voids = projectDirective(context, commit)
      commit.header.ops.forEach((operation, index) => {
        if (operation.op !== 'directive.decide') return
        operation.rows.forEach((row, at) => {
          const said = voids.find((one) => one.index === index && one.row === at)
          decisions.push({ ...directive, row, at: commit.header.at, code: said?.code ?? null })
        })
      })
    }
    return decisions
  })
  const decisions = write.immediate()
  return decisions === null ? err('vault/in-use') : ok({ compartment, decisions })
}
