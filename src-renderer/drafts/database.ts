import { Dexie, type EntityTable } from 'dexie'
import { toHex } from '../../src-shared/kernel/bytes.ts'
import type { Id } from '../../src-shared/kernel/ids.ts'
import { importDraftKeys, openText, sealName, sealText, type DraftKeys } from './seal.ts'

interface DraftRow {
  /** Hex of the sealed name. */
  readonly id: string
  readonly iv: Uint8Array<ArrayBuffer>
  readonly sealed: Uint8Array<ArrayBuffer>
}

/** Which piece of work a draft is. */
export interface DraftPlace {
  readonly cadre: Id
  readonly category: string
  /** The record that is corrected, or null for a new one. */
  readonly record: Id | null
}

export interface Draft<Content> {
  readonly place: DraftPlace
  readonly savedAt: string
  readonly content: Content
}

const database = new Dexie('liandang-drafts') as Dexie & { drafts: EntityTable<DraftRow, 'id'> }
database.version(1).stores({ drafts: 'id' })

interface Holder {
  readonly member: Id
  readonly keys: DraftKeys
}

let holder: Holder | null = null
let lastWork: Promise<unknown> = Promise.resolve()

/** Gives the drafts of a member to the page; the secret is not kept. */
export async function openDrafts(member: Id, secretBase64: string): Promise<void> {
  const keys = await importDraftKeys(secretBase64)
  holder = keys === null ? null : { member, keys }
}

/**
 * One piece of work with the store after another, in the order in which it was asked for: a draft that is dropped while
 * it is still being sealed must not come back. `otherwise` when nobody is logged in, or the store refuses.
 */
function inTurn<T>(otherwise: T, work: (holder: Holder) => Promise<T>): Promise<T> {
  const mine = holder
  const turn = lastWork.then(() => (mine === null ? otherwise : work(mine))).catch(() => otherwise)
  lastWork = turn
  return turn
}

async function nameOf(keys: DraftKeys, member: Id, place: DraftPlace): Promise<Uint8Array<ArrayBuffer>> {
  return sealName(keys, [member, place.cadre, place.category, place.record ?? ''].join('/'))
}

/** Returns whether it is on the disk now. */
export function saveDraft<Content>(place: DraftPlace, content: Content): Promise<boolean> {
  return inTurn(false, async ({ keys, member }) => {
    const name = await nameOf(keys, member, place)
    const draft: Draft<Content> = { place, savedAt: new Date().toISOString(), content }
    await database.drafts.put({ id: toHex(name), ...(await sealText(keys, name, JSON.stringify(draft))) })
    return true
  })
}

/** A store that cannot be written to holds nothing to drop. */
export function dropDraft(place: DraftPlace): Promise<void> {
  return inTurn(undefined, async ({ keys, member }) =>
    database.drafts.delete(toHex(await nameOf(keys, member, place))),
  )
}

/** The draft of one piece of work, or null. */
export function readDraft<Content>(place: DraftPlace): Promise<Draft<Content> | null> {
  return inTurn(null, async ({ keys, member }) => {
    const row = await database.drafts.get(toHex(await nameOf(keys, member, place)))
    return row === undefined ? null : await opened<Content>(keys, row)
  })
}

/** All drafts of the member who is logged in, newest first. Those of others cannot be opened and are passed over. */
export function listDrafts<Content>(): Promise<readonly Draft<Content>[]> {
  return inTurn<readonly Draft<Content>[]>([], async ({ keys }) => {
    const rows = await database.drafts.toArray()
    const drafts = await Promise.all(rows.map((row) => opened<Content>(keys, row)))
    return drafts.filter((draft) => draft !== null).sort((a, b) => (a.savedAt < b.savedAt ? 1 : -1))
  })
}

async function opened<Content>(keys: DraftKeys, row: DraftRow): Promise<Draft<Content> | null> {
  const name = Uint8Array.from(row.id.match(/../g) ?? [], (digits) => Number.parseInt(digits, 16))
  const text = await openText(keys, name, row)
  return text === null ? null : (JSON.parse(text) as Draft<Content>)
}
