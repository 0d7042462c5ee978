import { procedureRule, type Moment } from '../../src-shared/access/procedures.ts'
import type { Role } from '../../src-shared/access/roles.ts'
import { contract, isProcedureName, type ProcedureName } from '../../src-shared/contract/index.ts'
import type { Procedure } from '../../src-shared/contract/procedure.ts'
import type { Failure } from '../../src-shared/kernel/errors.ts'
import { err, type Result } from '../../src-shared/kernel/result.ts'
import type { z } from 'zod'
import { recordRefusal } from '../services/access-log.ts'
import type { CoreContext, UnlockedContext } from '../services/context.ts'
import { atHome } from '../services/dossier/homes.ts'
import { openHandlers, unlockedHandlers } from '../services/handlers.ts'
import { isDamage } from '../vault/database.ts'
import { heldRoles, vaultExists } from '../vault/vault.ts'

type AnyHandler = (
  context: unknown,
  input: unknown,
  signal: AbortSignal,
) => Promise<Result<unknown>> | Result<unknown>

/**
 * Answers one call: known procedure → right moment → role → shape of the input → use case. Whatever a use case throws
 * becomes `call/internal`, so that nothing but plain results crosses the channel.
 */
export async function dispatch(
  context: CoreContext,
  name: string,
  input: unknown,
  signal: AbortSignal,
): Promise<Result<unknown>> {
  if (!isProcedureName(name)) return err('call/unknown-procedure')
  const procedure = contract[name] as Procedure<z.ZodType, unknown>
  const rule = procedureRule(name)
  const untimely = refuseMoment(context, rule.moment)
  if (untimely !== null) return await refuse(context, name, untimely)
  if (context.session !== null && !mayCall(rule.roles, heldRoles(context.session.vault))) {
    return await refuse(context, name, { code: 'call/not-permitted' })
  }
  const parsed = procedure.input.safeParse(input)
  if (!parsed.success) {
    return err('call/invalid-input', { path: parsed.error.issues[0]?.path.map(String).join('.') ?? '' })
  }
  try {
    const asked = context.session === null ? parsed.data : atHome(context.session, parsed.data)
    const result = await handlerOf(name)(context, asked, signal)
    return result.ok ? result : await refuse(context, name, result.error)
  } catch (error) {
    return { ok: false, error: internalFailure(error) }
  }
}

/** Answers with a failure; where it kept a member from what they may not do, that stands in the access log first. */
async function refuse(context: CoreContext, name: ProcedureName, error: Failure): Promise<Result<never>> {
  if (context.session !== null) {
    try {
      await recordRefusal(context as UnlockedContext, name, error)
    } catch {
      // A refusal stays one, also where it cannot be written down.
    }
  }
  return { ok: false, error }
}

function mayCall(allow: readonly Role[] | 'everyone', held: readonly Role[]): boolean {
  return allow === 'everyone' || held.some((role) => allow.includes(role))
}

function refuseMoment(context: CoreContext, moment: Moment): Failure | null {
  const unlocked = context.session !== null
  if (moment === 'always') return null
  if (moment === 'unlocked') return refuseUnlocked(context)
  const exists = vaultExists(context.layout)
  if (moment === 'no-vault') return exists || unlocked ? { code: 'vault/exists' } : null
  if (!exists) return { code: 'vault/none' }
  // Changing member means ending this process: what the one before could read must not stay in its memory.
  return unlocked ? { code: 'call/not-permitted' } : null
}

/** While a compartment is closed for its new key, no answer that leaves it out may look like a whole one. */
function refuseUnlocked({ session }: CoreContext): Failure | null {
  if (session === null) return { code: 'vault/locked' }
  return session.vault.rekeying === null ? null : { code: 'vault/rekeying' }
}

function handlerOf(name: ProcedureName): AnyHandler {
  const open = (openHandlers as Partial<Record<ProcedureName, unknown>>)[name]
  if (open !== undefined) return open as AnyHandler
  const handler = (unlockedHandlers as unknown as Record<string, AnyHandler>)[name] as AnyHandler
  return (context, input, signal) => handler(context as UnlockedContext, input, signal)
}

/** The name of the error and where it came from; never its message, which may hold content. */
function internalFailure(error: unknown): Failure {
  const code = (error as { code?: string }).code ?? ''
  if (code === 'ENOSPC' || code === 'SQLITE_FULL') return { code: 'vault/disk-full' }
  if (code.startsWith('SQLITE_BUSY')) return { code: 'vault/in-use' }
  if (isDamage(error)) return { code: 'vault/damaged' }
  const name = error instanceof Error ? error.name : 'unknown'
  const place = error instanceof Error ? (/at ([\w.#<>]+)/.exec(error.stack ?? '')?.[1] ?? '') : ''
  return { code: 'call/internal', detail: { name, place } }
}
