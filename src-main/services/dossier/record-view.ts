import type { Compartment } from '../../../src-shared/access/roles.ts'
import type { Finding } from '../../../src-shared/catalogue/findings.ts'
import { findCategory } from '../../../src-shared/catalogue/read.ts'
import type { Catalogue, Category } from '../../../src-shared/catalogue/schema.ts'
import type {
  OpinionView,
  RecordAction,
  RecordView,
  RevisionView,
} from '../../../src-shared/contract/views.ts'
import type { ErrorCode } from '../../../src-shared/kernel/errors.ts'
import type { Digest } from '../../../src-shared/kernel/ids.ts'
import { err, ok } from '../../../src-shared/kernel/result.ts'
import { readHeader, type Body } from '../../../src-shared/log/header.ts'
import { compareRekeyed, type Rekeyed } from '../../../src-shared/review/rekey.ts'
import { rivalryOf } from '../../../src-shared/review/rivals.ts'
import { hasConflict, opinionsNeeded } from '../../../src-shared/review/road.ts'
import {
  openStatuses,
  type OpinionState,
  type RecordState,
  type RevisionState,
  type RoadAct,
} from '../../../src-shared/review/states.ts'
import { groundsDigest, groundsSchema, type Grounds } from '../../../src-shared/review/sealing.ts'
import type { Database } from '../../vault/database.ts'
import { voidSteps } from '../../vault/dossier-queries.ts'
import { readEntry } from '../../vault/entry-table.ts'
import { bodyOf, textOf } from '../../vault/names.ts'
import { heldRoles } from '../../vault/vault.ts'
import { recordAccess } from '../access-log.ts'
import { catalogueOf, catalogueOfVersion } from '../catalogue/read.ts'
import { grantedFor, handView, memberName, today, type Session, type UnlockedHandler } from '../context.ts'
import { ownDossier } from './homes.ts'
import { bodyOrMissing, findCadre } from './dossier.ts'
import { BesideReader } from './beside.ts'
import { evidenceLines, findingsOf, summaryOf, without, type RevisionBody } from './bodies.ts'
import { purposeOf } from './purpose.ts'
import { directiveView } from './directive-view.ts'
import { paperViews } from '../paper/papers.ts'
import { lateView } from '../review/late.ts'
import { queryViews } from '../review/queries.ts'
import { tieOf, tiesIn } from '../review/ties.ts'
import { asksForRekey, mustRekey, ownRekeyed, withheldFields } from '../review/rekey.ts'
import { findRecord, mayOpen, roleFor } from './roads.ts'
import { categoryLevel, sightOf } from './sight.ts'

export const recordRead: UnlockedHandler<'record.read'> = async (context, input) => {
  const { session } = context
  const found = findRecord(session, input.record)
  if (found === null) return err('call/not-found')
  const catalogue = catalogueOf(session)
  if (!catalogue.ok) return catalogue
  const { state, database, compartment } = found
  const { cadre, record, category } = state
  const level = categoryLevel(session, category, compartment)
  const purpose = purposeOf(session, { cadre, record, level, stated: input.purpose })
  if (!purpose.ok) return purpose
  for (const { revision } of state.revisions)
    session.purposes.revisions.set(revision, { cadre, record, category })
  const cadreName = findCadre(session, cadre)?.name ?? ''
  const subject = { cadre, cadreName, record, category, level }
  const entered = await recordAccess(context, 'record', subject, purpose.value)
  if (!entered.ok) return entered
  const typed = new Map<Digest, Rekeyed>()
  for (const { revision, rule } of state.revisions) {
    const mine = rule.verification === 'dual-rekey' ? await ownRekeyed(session, database, revision) : null
    if (mine !== null) typed.set(revision, mine)
  }
  const queries = await queryViews(session, database, state)
  const view = recordView(session, catalogue.value, database, compartment, state, today(context), typed)
  return ok({ ...view, queries })
}

function recordView(
  session: Session,
  catalogue: Catalogue,
  database: Database,
  compartment: Compartment,
  state: RecordState,
  asOf: string,
  typed: ReadonlyMap<Digest, Rekeyed>,
): Omit<RecordView, 'queries'> {
  const beside = new BesideReader(session, catalogue, asOf)
  const papers = paperViews(session, catalogue, database, state)
  return {
    record: state.record,
    compartment,
    cadre: state.cadre,
    cadreName: findCadre(session, state.cadre)?.name ?? '',
    category: state.category,
    head: state.head,
    conflict: hasConflict(state),
    rivalry: rivalryOf(state),
    revisions: [...state.revisions].reverse().map((revision) => ({
      ...revisionView(
        session,
        catalogue,
        database,
        state,
        revision,
        asOf,
        beside,
        typed.get(revision.revision) ?? null,
      ),
      papers: papers.get(revision.revision) ?? [],
    })),
    voids: voidSteps(database, state.record).map(({ leaf, code }) => {
      const entry = readEntry(database, leaf)
      const header = entry === null ? null : readHeader(entry.envelope.payload)
      return {
        commit: leaf,
        code: code as ErrorCode,
        memberName: header?.ok ? memberName(session, header.value.member) : '',
        at: header?.ok ? header.value.at : '',
      }
    }),
    ties: tiesIn(session, state),
    apart: tieOf(session, session.vault.member.id, state.cadre, state.category),
    may: mayDo(session, database, state),
  }
}

/** What somebody does not do whom kinship or the reporting line keeps out. */
const judging: readonly RoadAct['act'][] = ['decide', 'return', 'escalate', 'adjudicate', 'sign']

function mayDo(session: Session, database: Database, state: RecordState): readonly RecordAction[] {
  const may: RecordAction[] = []
  const open = state.revisions.findLast((revision) => openStatuses.includes(revision.status)) ?? null
  const newest = state.revisions.at(-1)
  const held = heldRoles(session.vault)
  const enters = held.some(
    (role) => (role === 'collector' || role === 'inspector') && grantedFor(session, role, state.category),
  )
  const own = ownDossier(session) === state.cadre
  // A statement is not mended: what changed after all is entered for itself.
  const isStatement =
    newest !== undefined && bodyOrMissing(database, state.record, newest.revision).declaration === 'unchanged'
  if (enters && !own && open === null && newest !== undefined && !isStatement) may.push('correct')
  if (open === null) return may
  const { revision } = open
  const none = 'f'.repeat(64)
  const isApart = tieOf(session, session.vault.member.id, state.cadre, state.category) !== null
  const can = (roles: Parameters<typeof roleFor>[3], act: Parameters<typeof roleFor>[4]) =>
    !(isApart && judging.includes(act.act)) && roleFor(session, state.record, state, roles, act) !== null
  if (can(['collector', 'inspector'], { act: 'withdraw', revision })) may.push('withdraw')
  const asked = asksForRekey(open) ? { rekey: none } : {}
  if (can(['reviewer'], { act: 'decide', revision, commitment: none, body: none, ...asked }))
    may.push(mustRekey(session, database, state, open) ? 'rekey' : 'decide')
  if (can(['reviewer'], { act: 'return', revision, body: none })) may.push('return')
  if (can(['reviewer'], { act: 'ask', revision, query: '', field: null, body: none })) may.push('ask')
  if (can(['reviewer'], { act: 'escalate', revision, body: none })) may.push('escalate')
  const heads = ['approver', 'inspector'] as const
  if (can(heads, { act: 'assign', revision, reviewers: [], way: 'hand', body: none })) may.push('assign')
  if (can(heads, { act: 'convene', revision, members: [], body: none })) may.push('convene')
  if (held.includes('approver') && mayOpen(session, state.record, state, revision) === null) may.push('open')
  if (
    can(['inspector', 'approver', 'reviewer'], { act: 'adjudicate', revision, outcome: 'uphold', body: none })
  ) {
    may.push('adjudicate')
  }
  if (can(heads, { act: 'refer', revision, body: none })) may.push('refer')
  if (can(['approver'], { act: 'sign', revision, body: none })) may.push('sign')
  return may
}

function revisionView(
  session: Session,
  catalogue: Catalogue,
  database: Database,
  state: RecordState,
  revision: RevisionState,
  asOf: string,
  beside: BesideReader,
  typed: Rekeyed | null,
): Omit<RevisionView, 'papers'> {
  const { category } = state
  const whole = bodyOrMissing(database, state.record, revision.revision)
  const withheld = withheldFields(session, catalogue, database, state)
  const body = { ...whole, values: without(whole.values, withheld) }
  const own = catalogueOfVersion(session, body.catalogueVersion, catalogue)
  const found = findCategory(own, category)
  const { sees } = sightOf(session)
  const { returned, adjudication, signed, escalated, group } = revision
  const said = (digest: string) => bodyOf(database, digest)
  return {
    revision: revision.revision,
    parent: revision.parent,
    status: revision.status,
    catalogueVersion: body.catalogueVersion,
    declaration: body.declaration,
    period: body.period,
    values: body.values,
    summary: withheld.size > 0 ? '' : summaryOf(own, category, body),
    source: body.source,
    reason: body.reason,
    flags: body.flags,
    // What a remark was held against may be above the reader's level, and the words say of it.
    explanations: body.explanations.filter((one) => one.category === null || sees(one.category)),
    evidence: evidenceLines(body),
    rekey: asksForRekey(revision)
      ? {
          withheld: [...withheld],
          lines:
            typed === null || found === null || withheld.size > 0
              ? null
              : compareRekeyed(found, whole, typed.values),
        }
      : null,
    batch: revision.batch,
    drawn: drawnView(session, revision),
    author: handView(session, revision.author),
    opinions: revision.opinions.map((opinion) =>
      opinionView(session, database, revision, opinion, withheld.size > 0 ? null : found, whole),
    ),
    opinionsNeeded: opinionsNeeded(revision.rule),
    discarded: revision.discarded.map((round) => ({
      hand: handView(session, round.hand),
      reviewers: round.opinions.map((opinion) => handView(session, opinion.hand)),
    })),
    assigned: assignmentView(session, revision),
    escalated:
      escalated === null
        ? null
        : {
            hand: handView(session, escalated.hand),
            words: textOf(said(escalated.body), 'words') ?? '',
          },
    group:
      group === null
        ? null
        : {
            hand: handView(session, group.hand),
            members: group.members.map((member) => ({ member, name: memberName(session, member) })),
            votes: group.votes.map((vote) => ({
              hand: handView(session, vote.hand),
              outcome: vote.outcome,
              words: textOf(said(vote.body), 'words') ?? '',
            })),
          },
    opened: revision.opened === null ? null : handView(session, revision.opened),
    returned:
      returned === null
        ? null
        : {
            hand: handView(session, returned.hand),
            reasons: textsOf(said(returned.body), 'reasons'),
            marks: textsOf(said(returned.body), 'marks'),
            words: textOf(said(returned.body), 'words') ?? '',
          },
    adjudication:
      adjudication === null
        ? null
        : {
            hand: handView(session, adjudication.hand),
            outcome: adjudication.outcome,
            words: textOf(said(adjudication.body), 'words') ?? '',
          },
    signed:
      signed === null
        ? null
        : { hand: handView(session, signed.hand), words: textOf(said(signed.body), 'words') ?? '' },
    referred:
      revision.referred === null
        ? null
        : {
            hand: handView(session, revision.referred.hand),
            words: textOf(said(revision.referred.body), 'words') ?? '',
          },
    directives: revision.directives.map((directive) => directiveView(database, directive)),
    late: revision.late.map((objection) => lateView(session, database, state, revision, objection)),
    // A check that compares fields would tell what is withheld.
    findings:
      withheld.size > 0
        ? []
        : [...findingsOf(own, category, body, asOf), ...besideFindings(beside, own, state, revision, body)],
  }
}

/** Of what stands, or waits to: an earlier revision is not held against what came after it. */
function besideFindings(
  beside: BesideReader,
  catalogue: Catalogue,
  state: RecordState,
  { revision, status }: RevisionState,
  body: RevisionBody,
): readonly Finding[] {
  const category = findCategory(catalogue, state.category)
  const stands = revision === state.head || openStatuses.includes(status)
  if (category === null || !stands) return []
  return beside.findings({ cadre: state.cadre, category, record: state.record }, body, catalogue)
}

function textsOf(body: Body | null, member: string): readonly string[] {
  const value = body?.[member]
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : []
}

function opinionView(
  session: Session,
  database: Database,
  revision: RevisionState,
  opinion: OpinionState,
  category: Category | null,
  entered: RevisionBody,
): OpinionView {
  const reviewer = handView(session, opinion.hand)
  if (opinion.decision === null || opinion.grounds === null || revision.opened === null) {
    return { reviewer, sealed: true, decision: null, reasons: [], marks: [], words: '', rekey: null }
  }
  const grounds = publishedGrounds(session, database, revision.opened.commit, opinion.grounds)
  return {
    reviewer,
    sealed: false,
    decision: opinion.decision,
    reasons: grounds?.reasons ?? [],
    marks: grounds?.marks ?? [],
    words: grounds?.words ?? '',
    rekey:
      grounds?.rekey === undefined || category === null
        ? null
        : compareRekeyed(category, entered, grounds.rekey.values),
  }
}

function drawnView(session: Session, { drawn }: RevisionState): RevisionView['drawn'] {
  if (drawn === null) return null
  const { draw, seed, lot, size, seen, hand, contested } = drawn
  const second = contested === null ? null : handView(session, contested)
  return { draw, seed, lot, size, seen, hand: handView(session, hand), contested: second }
}

function assignmentView(session: Session, { assigned }: RevisionState): RevisionView['assigned'] {
  if (assigned === null) return null
  const { hand, way, seed, reviewers } = assigned
  return {
    hand: handView(session, hand),
    way,
    seed,
    reviewers: reviewers.map((member) => ({ member, name: memberName(session, member) })),
  }
}

/** The grounds that the opening published, if they are the ones the reviewer committed to. */
export function publishedGrounds(
  session: Session,
  database: Database,
  commit: string,
  digest: string,
): Grounds | null {
  const entry = readEntry(database, commit)
  const header = entry === null ? null : readHeader(entry.envelope.payload)
  if (header === null || !header.ok) return null
  for (const operation of header.value.ops) {
    if (operation.op !== 'review.open') continue
    const all = bodyOf(database, operation.digest)?.['grounds']
    const grounds = groundsSchema.safeParse((all as Record<string, unknown> | undefined)?.[digest])
    if (grounds.success && groundsDigest(session.vault.primitives, grounds.data) === digest)
      return grounds.data
  }
  return null
}
