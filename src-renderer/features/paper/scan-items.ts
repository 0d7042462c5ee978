import { create } from 'zustand'
import type { LocatedPaper, PaperPlace } from '../../../src-shared/contract/paper-views.ts'
import type { Failure } from '../../../src-shared/kernel/errors.ts'
import type { SignaturePlace } from '../../../src-shared/paper/attached.ts'
import type { PageCode } from '../../../src-shared/paper/codes-on-page.ts'
import { readSheetCode } from '../../../src-shared/paper/sheet-code.ts'
import { uploadFile } from '../../app/upload-file.ts'
import { call } from '../../bridge/index.ts'
import { cutPages, readScan } from './read-scan.ts'

/** What becomes of a scan. */
type ScanState =
  | { readonly is: 'reading'; readonly page: number }
  | { readonly is: 'broken'; readonly failure: Failure | null }
  | { readonly is: 'ready'; readonly failure: Failure | null }
  | { readonly is: 'attaching' }
  | { readonly is: 'done' }

/** One scanned sheet: a picture, a PDF, or the pages of a PDF that belong together. */
export interface ScanItem {
  readonly key: number
  readonly file: File
  readonly mediaType: string
  /** Pages of the file that are this sheet, from 1; null for all of it. */
  readonly pages: readonly number[] | null
  readonly count: number
  readonly code: PageCode
  readonly located: LocatedPaper | null
  /** Where it will be attached. */
  readonly place: PaperPlace | null
  readonly found: 'code' | 'hand'
  /** Null: as was said of all of them. */
  readonly signed: readonly SignaturePlace[] | null
  readonly words: string
  readonly state: ScanState
}

interface Scans {
  readonly items: readonly ScanItem[]
  /** What is signed on every sheet, unless something else is said of one. */
  readonly signed: readonly SignaturePlace[]
  readonly shown: number | null
}

const empty: Scans = { items: [], signed: [], shown: null }

/** The scans of the page that is open; they are gone with it, and nothing of them was kept. */
export const useScans = create<Scans>()(() => empty)

let lastKey = 0
let aborts = new AbortController()
/** One file after the other: a page of each would fill the memory of a small machine. */
let reading: Promise<void> = Promise.resolve()

export function leaveScans(): void {
  aborts.abort()
  aborts = new AbortController()
  useScans.setState(empty)
}

export function addScans(files: readonly File[]): void {
  const { signal } = aborts
  for (const file of files) {
    lastKey += 1
    const item: ScanItem = {
      key: lastKey,
      file,
      mediaType: '',
      pages: null,
      count: 1,
      code: { is: 'none' },
      located: null,
      place: null,
      found: 'hand',
      signed: null,
      words: '',
      state: { is: 'reading', page: 0 },
    }
    useScans.setState(({ items }) => ({ items: [...items, item] }))
    reading = reading.then(async () => await readInto(item, signal)).catch(() => undefined)
  }
}

export function changeScan(key: number, change: Partial<ScanItem>): void {
  useScans.setState(({ items }) => ({
    items: items.map((item) => (item.key === key ? { ...item, ...change } : item)),
  }))
}

export function removeScan(key: number): void {
  useScans.setState(({ items, shown }) => ({
    items: items.filter((item) => item.key !== key),
    shown: shown === key ? null : shown,
  }))
}

async function readInto(item: ScanItem, signal: AbortSignal): Promise<void> {
  const isThere = () => useScans.getState().items.some(({ key }) => key === item.key)
  if (signal.aborted || !isThere()) return
  const read = await readScan(item.file, signal, (page) =>
    changeScan(item.key, { state: { is: 'reading', page } }),
  )
  if (signal.aborted || !isThere()) return
  if (!read.ok) {
    changeScan(item.key, { state: { is: 'broken', failure: read.failure } })
    return
  }
  const { scan } = read
  const codes = scan.groups.map(({ code }) => (code.is === 'one' ? code.text : ''))
  const located = await call('paper.locate', { codes })
  if (signal.aborted) return
  const found = scan.groups.map((group, index): ScanItem => {
    const answer = located.ok ? (located.value[index] ?? null) : null
    const place = answer?.is === 'revision' ? answer.place : null
    lastKey += 1
    return {
      ...item,
      key: index === 0 ? item.key : lastKey,
      mediaType: scan.mediaType,
      pages: scan.groups.length === 1 ? null : group.pages,
      count: scan.pages,
      code: group.code,
      located: group.code.is === 'one' ? answer : null,
      place,
      found: place === null ? 'hand' : 'code',
      state: { is: 'ready', failure: located.ok ? null : located.error },
    }
  })
  useScans.setState(({ items, shown }) => ({
    items: items.flatMap((one) => (one.key === item.key ? found : [one])),
    shown: shown ?? item.key,
  }))
}

export function signaturesOf(item: ScanItem, { signed }: Pick<Scans, 'signed'>): readonly SignaturePlace[] {
  return item.signed ?? signed
}

/** Whether it can be attached as it stands. */
export function isReady(item: ScanItem, scans: Pick<Scans, 'signed'>): boolean {
  return item.state.is === 'ready' && item.place?.may === true && signaturesOf(item, scans).length > 0
}

/** Sends a scan to the core and attaches it. What fails can be tried again. */
export async function attachScan(key: number): Promise<void> {
  const scans = useScans.getState()
  const item = scans.items.find((one) => one.key === key)
  if (item === undefined || item.place === null || !isReady(item, scans)) return
  const { signal } = aborts
  const failed = (failure: Failure) => changeScan(key, { state: { is: 'ready', failure } })
  changeScan(key, { state: { is: 'attaching' } })
  const uploads: string[] = []
  let files: readonly File[]
  try {
    files = item.pages === null ? [item.file] : await cutPages(item.file, item.pages, signal)
  } catch {
    changeScan(key, { state: { is: 'broken', failure: null } })
    return
  }
  for (const file of files) {
    const sent = await uploadFile('evidence', file, signal, () => undefined)
    if (!sent.ok) {
      failed(sent.error)
      return
    }
    uploads.push(sent.value)
  }
  const code = item.code.is === 'one' ? readSheetCode(item.code.text) : null
  const sheet = code?.ok === true && code.value.kind === 'blank' ? code.value.sheet : null
  // What is not known to be written by hand may show what was entered.
  const form = sheet === null ? 'filled' : 'handwritten'
  const { record, revision } = item.place
  const done = await call('paper.attach', {
    record,
    revision,
    uploads,
    said: {
      form,
      found: item.found,
      sheet,
      signed: [...signaturesOf(item, scans)],
      words: item.words,
    },
  })
  if (!done.ok) {
    for (const upload of uploads) await call('upload.discard', { upload })
    failed(done.error)
    return
  }
  changeScan(key, { state: { is: 'done' } })
}
