import type { ErrorCode } from '../kernel/errors.ts'
import type { Digest, Id } from '../kernel/ids.ts'
import type { Header } from '../log/header.ts'
import type { Operation } from '../log/operations.ts'
import { isAuthorityCommit, type AuthorityHistory, type AuthorityState } from './authority.ts'
import { grantsInForce, holdsRole, mayHandle } from './grants.ts'
import { operationRule } from './permissions.ts'
import { isAfterRemoval, type Removal } from './removals.ts'
import type { Compartment, Role } from './roles.ts'

/**
 * Whether a well-formed, correctly signed commit breaks a rule of authority: null, or the code that makes it void.
 * A void commit stays in the log, changes nothing, and is void on every replica, because the answer hangs on the
 * authority chain alone.
 *
 * `compartment` is that of the database or bundle the log was found in.
 */
export function judgeCommit(
  history: AuthorityHistory,
  header: Header,
  leaf: Digest,
  compartment: Compartment,
): ErrorCode | null {
  if (header.unit !== history.head.unit) return 'authority/unknown'
  if (compartment === 'control' && isAuthorityCommit(header)) return judgeAuthority(history, leaf)
  if (header.authority === null) return 'authority/unknown'
  const state = history.at(header.authority)
  if (state === undefined) return 'authority/unknown'
  const member = state.members.get(header.member)
  if (member === undefined) return 'authority/key-not-in-force'
  if (!member.keys.some((key) => key.key === header.key && key.inForce)) return 'authority/key-not-in-force'
  const removals = history.removals.filter((removal) => isAfterRemoval([removal], header, compartment))
  if (removals.some((removal) => reaches(history, removal, state.leaf))) return 'authority/after-removal'
  if (!holdsRole(member, header.role as Role, header.at)) return 'authority/role-not-in-force'
  const home = history.head.logs.get(header.log)
  if (home === undefined) return 'authority/device'
  if (home.compartment !== compartment) return 'authority/wrong-compartment'
  for (const operation of header.ops) {
    const rule = operationRule(operation.op)
    if (rule.authority || !rule.roles.includes(header.role)) return 'authority/action-not-permitted'
    if (!rule.compartments.includes(compartment)) return 'authority/wrong-compartment'
    if (member.cadre !== null && member.cadre === cadreOf(operation)) return 'review/about-oneself'
    if (operation.op === 'difference.judge' && !isCleared(state, header))
      return 'authority/category-not-granted'
    const isAboutPair = operation.op === 'twin.propose' || operation.op === 'twin.confirm'
    if (isAboutPair && (member.cadre === operation.kept || member.cadre === operation.other))
      return 'review/about-oneself'
    // Who is not cleared has not seen what would leave the vault.
    if (operation.op === 'copy.approve' && !isCleared(state, header)) return 'authority/category-not-granted'
    const isPaper = operation.op === 'paper.attach' || operation.op === 'paper.strike'
    if (operation.op !== 'record.submit' && !isPaper) continue
    const category = state.catalogue?.rules.get(operation.category)
    if (category === undefined || category.compartment !== compartment) return 'authority/wrong-compartment'
    if (!isPaper) {
      const version = versionFault(state.catalogueVersions, operation.catalogue)
      if (version !== null) return version
      if (category.retired === true && operation.parent === null) return 'authority/category-retired'
    }
    if (!mayHandle(grantsInForce(state, header.member, header.role as Role, header.at), category)) {
      return 'authority/category-not-granted'
    }
  }
  return null
}

/** Whom an operation is about that nobody signs about themself; records have it told by the rules of their road. */
function cadreOf(operation: Operation): Id | null {
  switch (operation.op) {
    case 'cadre.tag':
    case 'cadre.stage':
      return operation.entity
    case 'paper.attach':
    case 'paper.strike':
    case 'volume.set':
    case 'difference.settle':
    case 'difference.judge':
    case 'transfer.hand-over':
    case 'transfer.answer':
      return operation.cadre
    default:
      return null
  }
}

/**
 * A record is entered under the version in force in the authority it names, and under no other. The first version need
 * not be named: there was none before it.
 */
function versionFault(
  versions: AuthorityState['catalogueVersions'],
  named: number | undefined,
): ErrorCode | null {
  const current = versions.at(-1)
  if (named === undefined && versions.length === 1) return null
  return named === current?.version ? null : 'authority/catalogue-version'
}

/**
 * Whether a removal may strike out a commit that names an authority. One that the secadmin said alone, which is of control,
 * spares what names an authority from before it: or secadmin could wipe out, alone, who looked at what and which incidents
 * were reported.
 */
function reaches(history: AuthorityHistory, removal: Removal, authority: Digest): boolean {
  return !removal.alone || !history.isBefore(authority, removal.leaf)
}

function isCleared(state: AuthorityState, { member, role, at }: Header): boolean {
  return grantsInForce(state, member, role as Role, at).some(({ level }) => level === 4)
}

function judgeAuthority(history: AuthorityHistory, leaf: Digest): ErrorCode | null {
  return history.voids.get(leaf) ?? (history.at(leaf) === undefined ? 'authority/unknown' : null)
}
