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

let holder: { readonly member: Id; readonly keys: DraftKeys } | null = null

/** Gives the drafts of a member to the page; the secret is not kept. */
export async function openDrafts(member: Id, secretBase64: string): Promise<void> {
  const keys = await importDraftKeys(secretBase64)
  holder = keys === null ? null : { member, keys }
}

async function nameOf(keys: DraftKeys, member: Id, place: DraftPlace): Promise<Uint8Array<ArrayBuffer>> {
  return sealName(keys, [member, place.cadre, place.category, place.record ?? ''].join('/'))
}

/** Returns whether it is on the disk now. */
export async function saveDraft<Content>(place: DraftPlace, content: Content): Promise<boolean> {
  if (holder === null) return false
  const { keys, member } = holder
  try {
    const name = await nameOf(keys, member, place)
    const draft: Draft<Content> = { place, savedAt: new Date().toISOString(), content }
    await database.drafts.put({ id: toHex(name), ...(await sealText(keys, name, JSON.stringify(draft))) })
    return true
  } catch {
    return false
  }
}

export async function dropDraft(place: DraftPlace): Promise<void> {
  if (holder === null) return
  try {
    await database.drafts.delete(toHex(await nameOf(holder.keys, holder.member, place)))
  } catch {
    // A store that cannot be written to holds nothing to drop.
  }
}

/** The draft of one piece of work, or null. */
export async function readDraft<Content>(place: DraftPlace): Promise<Draft<Content> | null> {
  if (holder === null) return null
  try {
    const name = await nameOf(holder.keys, holder.member, place)
    const row = await database.drafts.get(toHex(name))
    return row === undefined ? null : await opened<Content>(holder.keys, row)
  } catch {
    return null
  }
}

/** All drafts of the member who is logged in, newest first. Those of others cannot be opened and are passed over. */
export async function listDrafts<Content>(): Promise<readonly Draft<Content>[]> {
  if (holder === null) return []
  const { keys } = holder
  try {
    const rows = await database.drafts.toArray()
    const drafts = await Promise.all(rows.map((row) => opened<Content>(keys, row)))
    return drafts.filter((draft) => draft !== null).sort((a, b) => (a.savedAt < b.savedAt ? 1 : -1))
  } catch {
    return []
  }
}

async function opened<Content>(keys: DraftKeys, row: DraftRow): Promise<Draft<Content> | null> {
  const name = Uint8Array.from(row.id.match(/../g) ?? [], (digits) => Number.parseInt(digits, 16))
  const text = await openText(keys, name, row)
  return text === null ? null : (JSON.parse(text) as Draft<Content>)
}
