import { findCategory } from '../../../src-shared/catalogue/read.ts'
import type { Catalogue } from '../../../src-shared/catalogue/schema.ts'
import {
  receivedWays,
  type CopyItem,
  type CorrectionItem,
  type DisclosureTasks,
  type RegisterAction,
  type RegisterItem,
} from '../../../src-shared/contract/disclosure.ts'
import type { Purpose } from '../../../src-shared/disclosure/purpose.ts'
import type {
  CopyState,
  CorrectionState,
  DisclosureState,
  Mark,
} from '../../../src-shared/disclosure/states.ts'
import type { Id } from '../../../src-shared/kernel/ids.ts'
import { err, ok } from '../../../src-shared/kernel/result.ts'
import type { Body } from '../../../src-shared/log/header.ts'
import { disclosuresIn, readDisclosure, readRegister } from '../../vault/disclosure-queries.ts'
import { bodyOf, textOf } from '../../vault/names.ts'
import { roleAmong } from '../../vault/vault.ts'
import { catalogueOf } from '../catalogue/read.ts'
import { grantedFor, handView, type Session, type UnlockedHandler } from '../context.ts'
import { findCadre } from '../dossier/dossier.ts'
import { findRecord } from '../dossier/roads.ts'
import { homeIn, ownDossier } from '../dossier/homes.ts'
import { sightOf } from '../dossier/sight.ts'
import { openDatabases, type OpenDatabase } from '../review/filters.ts'
import { disclosurePolicy } from './policy.ts'

interface FoundRequest {
  readonly from: OpenDatabase
  readonly state: DisclosureState
}

/** A copy or correction request, in whichever open compartment it stands. */
export function findRequest(session: Session, id: Id): FoundRequest | null {
  for (const from of openDatabases(session)) {
    const state = readDisclosure(from.database, id)
    if (state !== null) return { from, state }
  }
  return null
}

export function purposeIn(body: Body | null): Purpose {
  const purpose = body?.['purpose'] as Partial<Purpose> | undefined
  const text = (value: unknown) => (typeof value === 'string' ? value : '')
  return { kind: text(purpose?.kind), words: text(purpose?.words) }
}

/** Null for what lies above the member's level. */
function registerItem(
  session: Session,
  catalogue: Catalogue,
  from: OpenDatabase,
  state: DisclosureState,
): RegisterItem | null {
  return state.kind === 'copy'
    ? copyItem(session, from, state)
    : correctionItem(session, catalogue, from, state)
}

function baseOf(session: Session, from: OpenDatabase, state: DisclosureState) {
  const { answered } = state
  return {
    id: state.id,
    compartment: from.name,
    cadre: state.cadre,
    cadreName: findCadre(session, state.cadre)?.name ?? '',
    answered:
      answered === null
        ? null
        : {
            ...handView(session, answered.hand),
            words: textOf(bodyOf(from.database, answered.body), 'words') ?? '',
          },
  }
}

function isAboutMe(session: Session, cadre: Id): boolean {
  return ownDossier(session) === homeIn(session.vault, cadre)
}

function copyItem(session: Session, from: OpenDatabase, state: CopyState): CopyItem | null {
  const sight = sightOf(session)
  const mark = (state.requested ?? state.made) as Mark
  const body = bodyOf(from.database, mark.body)
  const listed = body?.['categories']
  const categories = Array.isArray(listed) ? listed.map(String) : []
  if (!categories.every((category) => sight.sees(category))) return null
  const me = session.vault.member.id
  const may: RegisterAction[] = []
  const isMine = state.requested?.hand.member === me
  if (!isAboutMe(session, state.cadre)) {
    const mayAnswer = roleAmong(session.vault, ['approver', 'inspector']) !== null
    if (state.status === 'requested' && !isMine && mayAnswer) may.push('approve', 'refuse')
    if (state.status === 'approved' && isMine) may.push('make')
  }
  const made = state.made === null ? null : handView(session, state.made.hand)
  return {
    kind: 'copy',
    ...baseOf(session, from, state),
    at: mark.hand.at,
    may,
    form: state.form,
    status: state.status,
    purpose: purposeIn(body),
    categories,
    records: state.records,
    requested: state.requested === null ? null : handView(session, state.requested.hand),
    made,
    recipient: state.made === null ? null : textOf(bodyOf(from.database, state.made.body), 'recipient'),
  }
}

function correctionItem(
  session: Session,
  catalogue: Catalogue,
  from: OpenDatabase,
  state: CorrectionState,
): CorrectionItem | null {
  const { category, record } = state
  if (!sightOf(session).sees(category)) return null
  const body = bodyOf(from.database, state.requested.body)
  const fieldId = textOf(body, 'field') ?? ''
  const field = findCategory(catalogue, category)?.fields.find((one) => one.id === fieldId)
  const receivedOn = textOf(body, 'receivedOn') ?? state.requested.hand.at.slice(0, 10)
  const offered = state.offers.at(-1)
  return {
    kind: 'correction',
    ...baseOf(session, from, state),
    at: state.requested.hand.at,
    may: mayCorrect(session, state),
    status: state.status,
    category,
    record,
    requested: handView(session, state.requested.hand),
    field: field?.label ?? '',
    words: textOf(body, 'words') ?? '',
    receivedOn,
    way: receivedWays.find((way) => way === body?.['way']) ?? 'in-person',
    reference: textOf(body, 'reference') ?? '',
    dueOn: daysLater(receivedOn, disclosurePolicy().answerWithinDays),
    offered:
      offered === undefined
        ? null
        : { ...offered, isArchived: isArchived(session, offered.record, offered.revision) },
  }
}

function mayCorrect(session: Session, state: CorrectionState): readonly RegisterAction[] {
  if (state.answered !== null || isAboutMe(session, state.cadre)) return []
  const may: RegisterAction[] = []
  const enters = (['collector', 'inspector'] as const).some(
    (role) => roleAmong(session.vault, [role]) !== null && grantedFor(session, role, state.category),
  )
  const isOnTheWay = state.offers.some(({ record, revision }) => isOpen(session, record, revision))
  const last = state.offers.at(-1)
  const isDone = last !== undefined && isArchived(session, last.record, last.revision)
  if (enters && !isOnTheWay && !isDone) may.push('correct')
  const isMine = state.requested.hand.member === session.vault.member.id
  if (!isMine && !isOnTheWay && roleAmong(session.vault, ['approver']) !== null) may.push('answer')
  return may
}

function statusOf(session: Session, record: Id, revision: string) {
  const found = findRecord(session, record)
  return found?.state.revisions.find((one) => one.revision === revision)?.status ?? null
}

function isArchived(session: Session, record: Id, revision: string): boolean {
  const status = statusOf(session, record, revision)
  return status === 'archived' || status === 'superseded'
}

function isOpen(session: Session, record: Id, revision: string): boolean {
  const status = statusOf(session, record, revision)
  return status !== null && !['archived', 'superseded', 'returned', 'withdrawn', 'conflict'].includes(status)
}

function daysLater(day: string, days: number): string {
  const date = new Date(`${day}T00:00:00Z`)
  date.setUTCDate(date.getUTCDate() + days)
  return date.toISOString().slice(0, 10)
}

export const registerList: UnlockedHandler<'register.list'> = ({ session }, input) => {
  const catalogue = catalogueOf(session)
  if (!catalogue.ok) return catalogue
  if (input.id !== null) {
    const found = findRequest(session, input.id)
    const item = found === null ? null : registerItem(session, catalogue.value, found.from, found.state)
    return ok({ items: item === null ? [] : [item], next: null })
  }
  const after = input.after === null ? null : readKey(input.after)
  if (after === undefined) return err('call/invalid-input', { path: 'after' })
  const { kind, cadre, limit } = input
  const found: (FoundRequest & { readonly at: string })[] = []
  for (const from of openDatabases(session)) {
    for (const state of readRegister(from.database, { kind, cadre, after, limit }))
      found.push({ from, state, at: beginningOf(state) })
  }
  found.sort((a, b) => (a.at === b.at ? (a.state.id < b.state.id ? -1 : 1) : a.at > b.at ? -1 : 1))
  const page = found.slice(0, limit)
  const last = page.at(-1)
  const next = found.length >= limit && last !== undefined ? JSON.stringify([last.at, last.state.id]) : null
  const items = page.flatMap(({ from, state }) => {
    const item = registerItem(session, catalogue.value, from, state)
    return item === null ? [] : [item]
  })
  return ok({ items, next })
}

function beginningOf(state: DisclosureState): string {
  if (state.requested !== null) return state.requested.hand.at
  return state.kind === 'copy' ? (state.made?.hand.at ?? '') : ''
}

function readKey(text: string): { readonly at: string; readonly id: Id } | undefined {
  try {
    const value: unknown = JSON.parse(text)
    if (!Array.isArray(value) || typeof value[0] !== 'string' || typeof value[1] !== 'string')
      return undefined
    return { at: value[0], id: value[1] }
  } catch {
    return undefined
  }
}

/** What waits for the member at work: answers, copies to be made, corrections to be entered. */
export function tasksOf(session: Session, catalogue: Catalogue): DisclosureTasks {
  const items = <Kind extends RegisterItem['kind']>(
    kind: Kind,
    statuses: readonly DisclosureState['status'][],
  ) =>
    openDatabases(session).flatMap((from) =>
      statuses
        .flatMap((status) => disclosuresIn(from.database, kind, status))
        .flatMap((state) => {
          const item = registerItem(session, catalogue, from, state)
          return item === null ? [] : [item as Extract<RegisterItem, { kind: Kind }>]
        }),
    )
  const copies = items('copy', ['requested', 'approved'])
  const corrections = items('correction', ['open', 'offered'])
  const isEnterer = roleAmong(session.vault, ['collector', 'inspector']) !== null
  return {
    toApprove: copies.filter((item) => item.may.includes('approve')),
    toMake: copies.filter((item) => item.may.includes('make')),
    toCorrect: isEnterer ? corrections.filter((item) => item.may.includes('correct')) : [],
    toAnswer: corrections.filter((item) => item.may.includes('answer') && isReady(item)),
  }
}

/** Answered once its correction is archived; a request may be refused at any time in the register. */
function isReady(item: CorrectionItem): boolean {
  return item.offered?.isArchived === true
}

export const disclosureTasks: UnlockedHandler<'disclosure.tasks'> = ({ session }) => {
  const catalogue = catalogueOf(session)
  return catalogue.ok ? ok(tasksOf(session, catalogue.value)) : catalogue
}
