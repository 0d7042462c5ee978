import type { CatalogueVersion, ProposedCatalogue } from '../../../src-shared/access/authority.ts'
import { catalogueRoles } from '../../../src-shared/access/permissions.ts'
import type { Role } from '../../../src-shared/access/roles.ts'
import { categoryRules, readCatalogue } from '../../../src-shared/catalogue/read.ts'
import { maximumCatalogueBytes, type Catalogue } from '../../../src-shared/catalogue/schema.ts'
import { checkSuccessor, type SuccessorProblem } from '../../../src-shared/catalogue/successor.ts'
import type {
  CatalogueProposalView,
  CatalogueVersionsView,
  CatalogueVersionView,
} from '../../../src-shared/contract/catalogue.ts'
import type { HandView } from '../../../src-shared/contract/views.ts'
import { canonicalBytes, canonicalFault, type CanonicalValue } from '../../../src-shared/kernel/canonical.ts'
import { newId } from '../../../src-shared/kernel/ids.ts'
import { err, ok, type Result } from '../../../src-shared/kernel/result.ts'
import { prepareBody, readHeader } from '../../../src-shared/log/header.ts'
import type { Operation } from '../../../src-shared/log/operations.ts'
import { readEntry } from '../../vault/entry-table.ts'
import { commitAuthority, heldRoles, openCompartment } from '../../vault/vault.ts'
import { memberName, moment, type Session, type UnlockedContext, type UnlockedHandler } from '../context.ts'
import { catalogueOf, findVersion, readVersion, wordsOf } from './read.ts'

export const catalogueRead: UnlockedHandler<'catalogue.read'> = ({ session }) => catalogueOf(session)

export const catalogueVersion: UnlockedHandler<'catalogue.version'> = ({ session }, input) =>
  findVersion(session, input)

export const catalogueVersions: UnlockedHandler<'catalogue.versions'> = ({ session }) => {
  const { catalogueVersions: versions, proposedCatalogue } = session.vault.authority.head
  const view: CatalogueVersionsView = {
    versions: versions.toReversed().map((version) => versionView(session, version)),
    proposal: proposedCatalogue === null ? null : proposalView(session, proposedCatalogue),
    mayPropose: rolesHeld(session).length > 0,
  }
  return ok(view)
}

function versionView(session: Session, version: CatalogueVersion): CatalogueVersionView {
  return {
    ...bodyView(session, version),
    proposer: version.proposal === null ? null : handAt(session, version.proposal),
    adopter: handAt(session, version.adoption),
  }
}

function bodyView(session: Session, version: Pick<CatalogueVersion, 'version' | 'body' | 'rules'>) {
  const read = readVersion(session, version)
  return {
    version: version.version,
    catalogue: version.body,
    title: read.ok ? read.value.title : '',
    words: wordsOf(session, version.body),
    isSound: read.ok,
  }
}

function proposalView(session: Session, proposed: ProposedCatalogue): CatalogueProposalView {
  const read = readVersion(session, proposed)
  const problems = read.ok ? successorProblems(session, read.value) : []
  const isOwn = proposed.proposer.member === session.vault.member.id
  const isSound = read.ok && problems.length === 0
  const may: CatalogueProposalView['may'][number][] = []
  if (isOwn) may.push('withdraw')
  else if (rolesHeld(session).length > 0) {
    if (isSound && confirmingRole(session, proposed) !== null) may.push('confirm')
    may.push('refuse')
  }
  return {
    ...bodyView(session, proposed),
    proposal: proposed.proposal,
    proposer: handAt(session, proposed.proposal),
    problems,
    may,
  }
}

/** Whose signature a commit of the chain carries. */
function handAt(session: Session, leaf: string): HandView {
  const control = openCompartment(session.vault, 'control')
  const entry = control.ok ? readEntry(control.value.database, leaf) : null
  const header = entry === null ? null : readHeader(entry.envelope.payload)
  if (header === null || !header.ok) return { member: '', name: '', device: '', at: '', commit: leaf }
  const { member, at, log, role } = header.value
  const { head } = session.vault.authority
  const device = head.logs.get(log)?.device ?? ''
  // The root is nobody's name: the unit was founded with it.
  const name = role === 'root' ? session.names.unit.name : memberName(session, member)
  return { member, name, device, at, commit: leaf }
}

function rolesHeld(session: Session): readonly Role[] {
  const held = heldRoles(session.vault)
  return catalogueRoles.filter((role) => held.includes(role))
}

/** One of the two who bring a version into force answers for the archive. */
function confirmingRole(session: Session, { proposer }: ProposedCatalogue): Role | null {
  const held = rolesHeld(session)
  if (proposer.member === session.vault.member.id) return null
  return held.find((role) => role === 'approver' || proposer.role === 'approver') ?? null
}

/** A version follows the one in force; should that one be unreadable, the newest that reads, under its number. */
function successorProblems(session: Session, next: Catalogue): readonly SuccessorProblem[] {
  const before = catalogueOf(session)
  const version = session.vault.authority.head.catalogue?.version ?? 0
  return before.ok ? checkSuccessor({ ...before.value, version }, next) : []
}

export const cataloguePropose: UnlockedHandler<'catalogue.propose'> = (context, input) => {
  const { session, primitives } = context
  const current = session.vault.authority.head.catalogue
  const [role] = rolesHeld(session)
  if (current === null || role === undefined) return err('call/not-permitted')
  const read = readCatalogue(input.catalogue)
  if (!read.ok) return read
  const plain = read.value as unknown as CanonicalValue
  if (canonicalFault(plain) !== null) return err('format/invalid')
  const bytes = canonicalBytes(plain).length
  if (bytes > maximumCatalogueBytes) return err('format/too-large', { bytes, limit: maximumCatalogueBytes })
  const problems = successorProblems(session, read.value)
  if (problems.length > 0) return notASuccessor(problems)
  const body = prepareBody(primitives, { catalogue: plain, words: input.words })
  const operation = {
    op: 'catalogue.propose',
    entity: newId(primitives),
    digest: body.digest,
    version: read.value.version,
    follows: current.body,
    rules: categoryRules(read.value).map((rule) => ({ ...rule })),
  } as const
  return sign(context, role, operation, body)
}

export const catalogueConfirm: UnlockedHandler<'catalogue.confirm'> = (context, input) => {
  const { session, primitives } = context
  const proposed = session.vault.authority.head.proposedCatalogue
  if (proposed?.proposal !== input.proposal || proposed.body !== input.catalogue)
    return err('catalogue/not-waiting')
  // Whoever confirms answers for the whole of it: the body must say what the header does.
  const read = readVersion(session, proposed)
  if (!read.ok) return read
  const problems = successorProblems(session, read.value)
  if (problems.length > 0) return notASuccessor(problems)
  const role = confirmingRole(session, proposed)
  if (role === null) return err('authority/catalogue-proposal')
  const body = prepareBody(primitives, {})
  const { proposal, catalogue } = input
  const operation = {
    op: 'catalogue.confirm',
    entity: newId(primitives),
    digest: body.digest,
    proposal,
    catalogue,
  } as const
  return sign(context, role, operation, body)
}

export const catalogueRefuse: UnlockedHandler<'catalogue.refuse'> = (context, input) => {
  const { session, primitives } = context
  const [role] = rolesHeld(session)
  if (role === undefined) return err('call/not-permitted')
  const { proposal, words } = input
  if (session.vault.authority.head.proposedCatalogue?.proposal !== proposal)
    return err('catalogue/not-waiting')
  const body = prepareBody(primitives, { words })
  const operation = {
    op: 'catalogue.refuse',
    entity: newId(primitives),
    digest: body.digest,
    proposal,
  } as const
  return sign(context, role, operation, body)
}

function notASuccessor(problems: readonly SuccessorProblem[]): Result<null> {
  return err('catalogue/not-a-successor', { problems: problems.slice(0, 20).map(({ code }) => code) })
}

function sign(
  context: UnlockedContext,
  role: Role,
  operation: Operation,
  body: ReturnType<typeof prepareBody>,
): Result<null> {
  const done = commitAuthority(context.session.vault, role, moment(context), [operation], [body])
  if (!done.ok) return done
  context.emit({ type: 'changed', compartment: 'control' })
  return ok(null)
}
