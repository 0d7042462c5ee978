import { parseIdentityNumber } from '../../../src-shared/catalogue/identity.ts'
import { twinRoles } from '../../../src-shared/access/permissions.ts'
import type { TwinPair, TwinPerson } from '../../../src-shared/contract/twins.ts'
import { twinStrengths } from '../../../src-shared/duplicates/weigh.ts'
import type { TwinDecision } from '../../../src-shared/duplicates/decisions.ts'
import { toHex } from '../../../src-shared/kernel/bytes.ts'
import { canonicalBytes } from '../../../src-shared/kernel/canonical.ts'
import type { Id } from '../../../src-shared/kernel/ids.ts'
import { err, ok, type Result } from '../../../src-shared/kernel/result.ts'
import { birthInNumber } from '../../../src-shared/duplicates/person.ts'
import type { Database } from '../../vault/database.ts'
import { bodyOf } from '../../vault/names.ts'
import {
  foundPairs,
  listedPerson,
  nearPerson,
  refreshTwins,
  type FoundPair,
  type ListedPerson,
} from '../../vault/twin-index.ts'
import { readTwins } from '../../vault/twin-projection.ts'
import { openCompartment, roleAmong } from '../../vault/vault.ts'
import { recordSearch } from '../access-log.ts'
import { today, type Session, type UnlockedContext, type UnlockedHandler } from '../context.ts'
import { homeIn, ownDossier } from './homes.ts'
import { identityCategory, unitCategory } from './listing-sight.ts'
import { sightOf } from './sight.ts'
import { decisionView, twinPerson } from './twin-views.ts'

const mostShown = 200

/** What pairs are told by, without what the member does not see. */
export function seenPerson(session: Session): (person: ListedPerson) => ListedPerson {
  const sight = sightOf(session)
  const seesIdentity = sight.sees(identityCategory)
  const seesUnit = sight.sees(unitCategory)
  return (person) => ({
    ...person,
    identityNumber: seesIdentity ? person.identityNumber : null,
    birth: seesIdentity ? person.birth : null,
    unit: seesUnit ? person.unit : null,
  })
}

/**
 * SHA-256 of what a person is told by. A decision to keep two apart keeps it, so that they are asked about again when it
 * changes.
 */
export function factsDigest(
  { primitives }: Pick<UnlockedContext, 'primitives'>,
  { name, identityNumber, birth }: ListedPerson,
): string {
  return toHex(primitives.sha256(canonicalBytes({ birth, identityNumber, name })))
}

interface OpenTwins {
  readonly database: Database
  readonly decisions: readonly TwinDecision[]
  readonly inForce: readonly TwinDecision[]
}

/** Errors: `vault/compartment-closed`. */
export function openTwins(session: Session): Result<OpenTwins> {
  const archive = openCompartment(session.vault, 'archive')
  if (!archive.ok) return archive
  const { database } = archive.value
  const { decisions, inForce } = readTwins(database)
  return ok({ database, decisions: [...decisions.values()], inForce })
}

function pairName(one: Id, other: Id): string {
  return one < other ? `${one}/${other}` : `${other}/${one}`
}

/** Pairs nobody has decided about, but for those with the member's own dossier. */
function openPairs(context: UnlockedContext, { database, decisions, inForce }: OpenTwins) {
  const { session } = context
  const own = ownDossier(session)
  const home = (cadre: Id) => homeIn(session.vault, cadre)
  const waiting = new Set(
    decisions
      .filter(({ status, outcome }) => status === 'proposed' && outcome !== 'undo')
      .map(({ kept, other }) => pairName(home(kept), home(other))),
  )
  const apart = new Map<string, TwinDecision>()
  for (const one of inForce)
    if (one.outcome === 'apart') apart.set(pairName(home(one.kept), home(one.other)), one)
  return foundPairs(database, seenPerson(session)).flatMap((pair): (FoundPair & { wasApart: boolean })[] => {
    const { first, second } = pair
    if (first.cadre === own || second.cadre === own) return []
    const name = pairName(first.cadre, second.cadre)
    if (waiting.has(name)) return []
    const before = apart.get(name)
    if (before === undefined) return [{ ...pair, wasApart: false }]
    return hasChanged(context, database, before) ? [{ ...pair, wasApart: true }] : []
  })
}

function hasChanged(context: UnlockedContext, database: Database, apart: TwinDecision): boolean {
  const facts = bodyOf(database, apart.proposed.body)?.['facts'] as
    | Readonly<Record<string, unknown>>
    | undefined
  const now = (cadre: Id) => {
    const person = listedPerson(database, homeIn(context.session.vault, cadre))
    return person === null ? null : factsDigest(context, person)
  }
  return facts?.['kept'] !== now(apart.kept) || facts['other'] !== now(apart.other)
}

function toPair({ first, second, strength, reasons, wasApart }: FoundPair & { wasApart: boolean }): TwinPair {
  return { first: twinPerson(first), second: twinPerson(second), strength, reasons, wasApart }
}

function inOrder(a: TwinPair, b: TwinPair): number {
  const rank = twinStrengths.indexOf(a.strength) - twinStrengths.indexOf(b.strength)
  if (rank !== 0) return rank
  if (a.first.name !== b.first.name) return a.first.name < b.first.name ? -1 : 1
  return pairName(a.first.cadre, a.second.cadre) < pairName(b.first.cadre, b.second.cadre) ? -1 : 1
}

export const twinCount: UnlockedHandler<'twin.count'> = (context) => {
  const { session } = context
  const opened = openTwins(session)
  if (!opened.ok) return opened
  const pending = refreshTwins(opened.value.database)
  const waiting = opened.value.decisions.filter(({ status }) => status === 'proposed')
  const mine = waiting.filter((one) => decisionView(session, opened.value, one).may.includes('confirm'))
  // Before all are compared the number says nothing yet, and to weigh what is there keeps others waiting.
  const pairs = pending > 0 ? 0 : openPairs(context, opened.value).length
  return ok({ pairs, waiting: mine.length, pending })
}

export const twinList: UnlockedHandler<'twin.list'> = (context) => {
  const { session } = context
  const opened = openTwins(session)
  if (!opened.ok) return opened
  const pending = refreshTwins(opened.value.database)
  const pairs = openPairs(context, opened.value).map(toPair).toSorted(inOrder)
  const own = ownDossier(session)
  const decisions = opened.value.decisions
    .filter(({ kept, other }) =>
      [kept, other].every((one) => own === null || homeIn(session.vault, one) !== own),
    )
    .toSorted((a, b) => Number(b.status === 'proposed') - Number(a.status === 'proposed') || later(a, b))
    .slice(0, mostShown)
    .map((one) => decisionView(session, opened.value, one))
  return ok({ pairs: pairs.slice(0, mostShown), total: pairs.length, pending, decisions })
}

function later(a: TwinDecision, b: TwinDecision): number {
  const [one, other] = [a, b].map(({ settled, proposed }) => (settled ?? proposed).at)
  return (one ?? '') < (other ?? '') ? 1 : -1
}

export const twinNear: UnlockedHandler<'twin.near'> = async (context, { name, identityNumber, post }) => {
  const { session } = context
  const opened = openTwins(session)
  if (!opened.ok) return opened
  const { database } = opened.value
  refreshTwins(database)
  const parsed = identityNumber === null ? null : parseIdentityNumber(identityNumber, today(context))
  const number = parsed?.ok === true ? parsed.value : null
  const person = {
    cadre: '',
    name,
    identityNumber: number,
    birth: number === null ? null : birthInNumber(number),
    post,
    unit: null,
  }
  const near = nearPerson(database, person, seenPerson(session)).toSorted(
    (a, b) => twinStrengths.indexOf(a.strength) - twinStrengths.indexOf(b.strength),
  )
  const entered = await recordSearch(context, name, near.length)
  if (!entered.ok) return entered
  return ok({
    near: near.slice(0, 20).map(({ person: found, strength, reasons }) => {
      return { person: twinPerson(found) satisfies TwinPerson, strength, reasons }
    }),
  })
}

/** Errors: `call/not-permitted`, `call/not-found`, `review/about-oneself`, `twin/decided`, `twin/merged`. */
export function mayPropose(session: Session, twins: OpenTwins, kept: Id, other: Id): Result<true> {
  if (roleAmong(session.vault, twinRoles) === null) return err('call/not-permitted')
  const { vault } = session
  const pair = pairName(kept, other)
  const own = ownDossier(session)
  if (own !== null && [kept, other].some((one) => homeIn(vault, one) === own))
    return err('review/about-oneself')
  if (homeIn(vault, kept) !== kept || homeIn(vault, other) !== other) return err('twin/merged')
  const known = [kept, other].every((one) => listedPerson(twins.database, one) !== null)
  if (!known || kept === other) return err('call/not-found')
  const isDecided = twins.decisions.some(
    (one) =>
      pairName(one.kept, one.other) === pair &&
      one.outcome !== 'undo' &&
      (one.status === 'proposed' || one.status === 'confirmed'),
  )
  return isDecided ? err('twin/decided') : ok(true)
}
