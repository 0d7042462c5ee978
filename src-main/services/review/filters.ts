import type { Compartment, Role } from '../../../src-shared/access/roles.ts'
import { coveredMembers, standIns } from '../../../src-shared/access/deputies.ts'
import { grantsInForce, mayHandle } from '../../../src-shared/access/grants.ts'
import type { DueBounds, Stage, Urgency } from '../../../src-shared/calendar/deadlines.ts'
import type { QueueFilterInput } from '../../../src-shared/contract/workload.ts'
import type { QueueKind } from '../../../src-shared/contract/views.ts'
import type { Database } from '../../vault/database.ts'
import { cadresNamed } from '../../vault/dossier-queries.ts'
import type { QueueFilter, SinceBounds } from '../../vault/queue-queries.ts'
import { heldRoles, momentOf } from '../../vault/vault.ts'
import { catalogueOf } from '../catalogue/read.ts'
import { businessCompartments, type Session } from '../context.ts'
import { ownDossier } from '../dossier/homes.ts'
import { sightOf } from '../dossier/sight.ts'
import { apartCategories, kinDossiers, lineDossiers } from './ties.ts'

/** The roles under which a queue is worked. */
const queueRoles: Readonly<Record<QueueKind, readonly Role[]>> = {
  'to-review': ['reviewer'],
  given: ['reviewer'],
  'to-assign': ['approver', 'inspector'],
  'to-open': ['approver'],
  'to-adjudicate': ['inspector', 'approver', 'reviewer'],
  'to-sign': ['approver'],
  'awaiting-above': ['approver', 'inspector'],
  referred: ['approver', 'inspector'],
  returned: ['collector', 'inspector'],
  'on-the-way': ['collector', 'inspector'],
  overdue: ['approver', 'inspector'],
  rivals: ['collector', 'inspector', 'approver'],
}

/** Queues out of which a member forms a judgement: kin and reporting line are not offered there. */
const judged: readonly QueueKind[] = ['to-review', 'to-adjudicate', 'to-sign']

/** More dossiers of one name than this are not told apart by it. */
const mostNamed = 20_000

/** What is asked of a queue beside its kind. */
export interface QueueQuestion {
  readonly whose?: QueueFilter['whose'] | undefined
  readonly filter?: QueueFilterInput | undefined
  /** Where urgency is asked about: when each stage must have begun. */
  readonly bounds?: Readonly<Record<Stage, DueBounds>> | undefined
}

/** Null when the member holds no role that works this queue. */
export function filterOf(
  session: Session,
  kind: QueueKind,
  { whose = 'all', filter = {}, bounds }: QueueQuestion = {},
): QueueFilter | null {
  const held = heldRoles(session.vault)
  const roles = queueRoles[kind].filter((role) => held.includes(role))
  if (roles.length === 0) return null
  const head = session.vault.authority.head
  const me = session.vault.member.id
  const at = momentOf(session.vault)
  const reach = roles.flatMap((role) => grantsInForce(head, me, role, at))
  const rules = [...(head.catalogue?.rules.values() ?? [])].filter((rule) =>
    session.vault.compartments.has(rule.compartment),
  )
  const reached = rules.filter((rule) => mayHandle(reach, rule)).map((rule) => rule.category)
  const granted = sightOf(session).within(reached.length === rules.length ? ['*'] : reached)
  const own = ownDossier(session, me)
  const isJudged = judged.includes(kind)
  const apart = [...(own === null ? [] : [own]), ...(isJudged ? kinDossiers(session, me) : [])]
  const urgency = kind === 'overdue' ? 'overdue' : filter.urgency
  return {
    kind,
    me,
    apart: JSON.stringify(apart),
    lineCategories: JSON.stringify(isJudged ? apartCategories(session) : []),
    line: JSON.stringify(isJudged ? [...lineDossiers(session, me)] : []),
    categories: JSON.stringify(narrowed(session, granted, filter)),
    whose,
    mine: JSON.stringify([me, ...principalsOf(session, me)]),
    present: JSON.stringify(coveredMembers(head, 'reviewer', at)),
    cadres: filter.name === undefined || filter.name === '' ? null : named(session, filter.name),
    batch: filter.batch ?? null,
    since: urgency === undefined || bounds === undefined ? null : sinceOf(bounds, urgency),
  }
}

/** Whom a member stands in for today as a reviewer. */
function principalsOf({ vault }: Session, member: string): readonly string[] {
  const away = standIns(vault.authority.head, 'reviewer', momentOf(vault))
  return [...away].filter(([, deputies]) => deputies.includes(member)).map(([principal]) => principal)
}

function narrowed(
  session: Session,
  granted: readonly string[],
  { category, cycle }: QueueFilterInput,
): readonly string[] {
  if (category === undefined && cycle === undefined) return granted
  const catalogue = catalogueOf(session)
  const known = catalogue.ok ? catalogue.value.categories : []
  return known
    .filter((one) => category === undefined || one.id === category)
    .filter((one) => cycle === undefined || one.cycle === cycle)
    .map(({ id }) => id)
    .filter((id) => granted.includes('*') || granted.includes(id))
}

function named(session: Session, text: string): string {
  const archive = session.vault.compartments.get('archive')?.database
  return JSON.stringify(archive === undefined ? [] : cadresNamed(archive, text.toLowerCase(), mostNamed))
}

const latest = '9999'

function sinceOf(
  bounds: Readonly<Record<Stage, DueBounds>>,
  urgency: Urgency,
): Readonly<Record<Stage, SinceBounds>> {
  const of = ({ overdue, soon }: DueBounds): SinceBounds =>
    urgency === 'overdue'
      ? { from: '', to: overdue }
      : urgency === 'soon'
        ? { from: overdue, to: soon }
        : { from: soon, to: latest }
  return {
    review: of(bounds.review),
    adjudication: of(bounds.adjudication),
    signature: of(bounds.signature),
  }
}

export interface OpenDatabase {
  readonly name: Exclude<Compartment, 'control'>
  readonly database: Database
}

export function openDatabases(session: Session): readonly OpenDatabase[] {
  return businessCompartments(session).flatMap((name) => {
    const database = session.vault.compartments.get(name)?.database
    return database === undefined ? [] : [{ name, database }]
  })
}
