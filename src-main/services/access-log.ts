import { toBase64 } from '../../src-shared/kernel/bytes.ts'
import { newId } from '../../src-shared/kernel/ids.ts'
import type { ProcedureName } from '../../src-shared/access/procedures.ts'
import type { ErrorCode, Failure } from '../../src-shared/kernel/errors.ts'
import { ok, type Result } from '../../src-shared/kernel/result.ts'
import { prepareBody } from '../../src-shared/log/header.ts'
import {
  accessPlaintext,
  type AccessFlag,
  type AccessKind,
  type AccessPurpose,
  type AccessSubject,
} from '../../src-shared/audit/access-entry.ts'
import { encryptTo } from '../../src-shared/node/age.ts'
import { commitAs, heldRoles } from '../vault/vault.ts'
import { isKin } from './audit/kin.ts'
import { ownDossier } from './dossier/homes.ts'
import { moment, type Session, type UnlockedContext } from './context.ts'

export type { AccessKind, AccessPurpose, AccessSubject } from '../../src-shared/audit/access-entry.ts'

/**
 * Writes who did what to whom and what for, signed by them and sealed to the auditors. It is durable when this
 * resolves: show nothing before. What was looked at stands only inside the seal.
 *
 * `count` is how many alike events the entry stands for, where they are not entered one by one.
 */
export async function recordAccess(
  context: UnlockedContext,
  kind: AccessKind,
  subject: AccessSubject,
  purpose: AccessPurpose | null = null,
  count = 1,
): Promise<Result<true>> {
  const { vault } = context.session
  const at = moment(context)
  const ring = vault.authority.head.keyrings.get('audit')
  const [role] = heldRoles(vault)
  if (ring === undefined || role === undefined) return ok(true)
  const plaintext = accessPlaintext({
    at,
    count,
    device: vault.device.id,
    flags: flagsOf(context, subject),
    kind,
    member: vault.member.id,
    purpose,
    role,
    subject,
  })
  const sealed = toBase64(await encryptTo([ring.recipient], plaintext))
  const body = prepareBody(context.primitives, { sealed })
  const entity = newId(context.primitives)
  const done = commitAs(
    vault,
    'control',
    role,
    at,
    [{ op: 'access.record', entity, digest: body.digest }],
    [body],
  )
  return done.ok ? ok(true) : done
}

function flagsOf({ session }: UnlockedContext, subject: AccessSubject): readonly AccessFlag[] {
  const { cadre } = subject
  const own = ownDossier(session)
  if (own === null || cadre === undefined) return []
  if (own === cadre) return ['self']
  return isKin(session.vault, own, cadre) ? ['kin'] : []
}

/** What was counted in this session instead of being entered one by one. */
interface Tally {
  readonly searches: Set<string>
  readonly refusals: Map<string, { readonly subject: AccessSubject; total: number; entered: number }>
}

const tallies = new WeakMap<Session, Tally>()

function tallyOf(session: Session): Tally {
  let tally = tallies.get(session)
  if (tally === undefined) {
    tally = { searches: new Set(), refusals: new Map() }
    tallies.set(session, tally)
  }
  return tally
}

/** Enters a search. The same words again in the same session are no new question. */
export async function recordSearch(
  context: UnlockedContext,
  words: string,
  results: number,
): Promise<Result<true>> {
  const { searches } = tallyOf(context.session)
  if (words === '' || searches.has(words)) return ok(true)
  const entered = await recordAccess(context, 'search', { search: words, results })
  if (entered.ok) searches.add(words)
  return entered
}

/** Codes by which somebody was kept from what they may not do, rather than from what cannot be done. */
const refusalCodes: readonly ErrorCode[] = [
  'call/not-permitted',
  'authority/action-not-permitted',
  'authority/category-not-granted',
  'authority/not-a-holder',
  'authority/role-not-in-force',
  'disclosure/not-approved',
  'disclosure/own-request',
  'member/not-granted',
  'member/oneself',
  'review/about-oneself',
  'review/adjudicator-took-part',
  'review/author-is-reviewer',
  'review/not-in-group',
  'review/same-person-twice',
  'review/signer-took-part',
  'vault/compartment-closed',
]

/** What is above somebody's level or outside their categories is not there for them; asking for it is an attempt. */
const unseen: readonly ProcedureName[] = [
  'cadre.read',
  'cadre.print',
  'record.read',
  'evidence.read',
  'paper.print',
]

function isRefusal(procedure: ProcedureName, { code }: Failure): boolean {
  return refusalCodes.includes(code) || (code === 'call/not-found' && unseen.includes(procedure))
}

const enteredOneByOne = 16

/**
 * Enters an attempt that was refused; other failures are passed over. Alike ones (procedure and code) of one session are
 * entered one by one at first, then at the 32nd, 64th … time and when the session is locked, with how many there were
 * since: all are counted, and nobody fills the disk with them. A core that is killed takes the last count with it, at
 * most half of all.
 */
export async function recordRefusal(
  context: UnlockedContext,
  procedure: ProcedureName,
  failure: Failure,
): Promise<void> {
  if (!isRefusal(procedure, failure)) return
  const { refusals } = tallyOf(context.session)
  const name = `${procedure} ${failure.code}`
  let known = refusals.get(name)
  if (known === undefined) {
    known = { subject: { procedure, code: failure.code }, total: 0, entered: 0 }
    refusals.set(name, known)
  }
  known.total += 1
  const isPowerOfTwo = (known.total & (known.total - 1)) === 0
  if (known.total <= enteredOneByOne || isPowerOfTwo) await enterRefusals(context, known)
}

async function enterRefusals(
  context: UnlockedContext,
  known: { readonly subject: AccessSubject; total: number; entered: number },
): Promise<void> {
  const count = known.total - known.entered
  if (count === 0) return
  known.entered = known.total
  const done = await recordAccess(context, 'refused', known.subject, null, count)
  if (!done.ok) known.entered -= count
}

/** The end of a session: what was only counted so far, then the lock itself. */
export async function recordLock(context: UnlockedContext): Promise<void> {
  for (const known of tallyOf(context.session).refusals.values()) await enterRefusals(context, known)
  await recordAccess(context, 'lock', {})
}
