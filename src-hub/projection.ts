import type { AuthorityHistory } from '../src-shared/access/authority.ts'
import { judgeCommit } from '../src-shared/access/judge.ts'
import type { Compartment } from '../src-shared/access/roles.ts'
import { followDisclosure } from '../src-shared/disclosure/road.ts'
import type { DisclosureStep } from '../src-shared/disclosure/states.ts'
import { disclosureStepsOf } from '../src-shared/disclosure/steps.ts'
import type { ErrorCode } from '../src-shared/kernel/errors.ts'
import type { Digest, Id } from '../src-shared/kernel/ids.ts'
import type { Header } from '../src-shared/log/header.ts'
import type { Sight } from '../src-shared/log/sight.ts'
import { nodePrimitives } from '../src-shared/node/primitives.ts'
import { followRoad } from '../src-shared/review/road.ts'
import { isAwaitedAbove } from '../src-shared/review/above.ts'
import type { RecordState, RoadStep, VoidStep } from '../src-shared/review/states.ts'
import { stepsOf } from '../src-shared/review/steps.ts'
import type { Database } from './store/database.ts'
import { entriesAfter, setEntryVoid, type EntrySelection } from './store/logs.ts'
import {
  deleteSteps,
  deleteVoid,
  insertSteps,
  insertVoids,
  putRecords,
  staleRecords,
  stepsOfRecords,
  voidsOfRecords,
} from './store/records.ts'
import { sightAt } from './store/sights.ts'
import type { EntryTable, RecordTable, StepTable, VoidTable } from './store/tables.ts'
import { storedCommit } from './stored-context.ts'

const pageSize = 500

/** Stands for the whole commit where a void step has an index and a row. */
const wholeCommit = -1

/** Copies and correction requests are folded beside the records; an id of one can never be taken for the other's. */
const disclosurePrefix = 'disclosure/'

/** A commit that is void, as a row. */
export function voidCommit(
  entry: Pick<EntryTable, 'unit' | 'compartment' | 'leaf'>,
  code: ErrorCode,
  bundle: Id,
): VoidTable {
  const { unit, compartment, leaf } = entry
  return {
    unit,
    compartment,
    leaf,
    op_index: wholeCommit,
    row_index: wholeCommit,
    record: null,
    code,
    bundle,
  }
}

export function isWholeCommit(row: Pick<VoidTable, 'op_index'>): boolean {
  return row.op_index === wholeCommit
}

/** The steps that a commit which is not void takes, as rows. */
export function stepRows(
  history: AuthorityHistory,
  compartment: Compartment,
  header: Header,
  leaf: Digest,
  depth: number,
  sight: Sight,
): readonly StepTable[] {
  const state = header.authority === null ? undefined : history.at(header.authority)
  if (state === undefined) return []
  const place = { unit: header.unit, compartment, leaf }
  const rowOf = (record: Id, step: RoadStep | DisclosureStep): StepTable => ({
    ...place,
    record,
    op_index: step.index,
    row_index: step.row,
    step: JSON.stringify(step),
  })
  const records = stepsOf(nodePrimitives, header, leaf, depth, state, sight)
  const disclosures = disclosureStepsOf(header, leaf, depth, state)
  return [
    ...records.map(({ record, step }) => rowOf(record, step)),
    ...disclosures.map(({ id, step }) => rowOf(disclosurePrefix + id, step)),
  ]
}

/**
 * Judges commits by the authority chain as it stands now, and puts right what that changes: a commit that became void
 * takes its steps out, one that no longer is puts them in. `bundle` is the one that brought the news.
 */
export async function judgeEntries(
  database: Database,
  history: AuthorityHistory,
  selection: EntrySelection,
  bundle: Id,
): Promise<void> {
  for (let after: EntryTable | null = null; ; ) {
    const page: readonly EntryTable[] = await entriesAfter(database, selection, after, pageSize)
    for (const entry of page) await judgeEntry(database, history, entry, bundle)
    after = page.at(-1) ?? null
    if (page.length < pageSize) return
  }
}

async function judgeEntry(
  database: Database,
  history: AuthorityHistory,
  entry: EntryTable,
  bundle: Id,
): Promise<void> {
  const commit = storedCommit(entry.envelope)
  if (!commit.ok) throw new Error('a stored commit is damaged')
  const { unit, compartment, log, seq, leaf, depth } = entry
  const { header } = commit.value
  const code = judgeCommit(history, header, leaf, compartment)
  if (code === entry.void) return
  await setEntryVoid(database, unit, leaf, code)
  if (entry.void !== null) {
    await deleteVoid(database, { unit, leaf, op_index: wholeCommit, row_index: wholeCommit })
  } else {
    await deleteSteps(database, unit, leaf)
  }
  if (code !== null) return await insertVoids(database, [voidCommit(entry, code, bundle)])
  const sight = await sightAt(database, unit, log, seq)
  await insertSteps(database, stepRows(history, compartment, header, leaf, depth, sight))
}

/** Works out anew every record of a unit that steps came to or went from, and shows each to `look`. */
export async function foldRecords(
  database: Database,
  unit: Id,
  bundle: Id,
  look: (compartment: Compartment, state: RecordState) => void = () => undefined,
): Promise<void> {
  for (;;) {
    const stale = await staleRecords(database, unit, pageSize)
    if (stale.length === 0) return
    for (const compartment of new Set(stale.map((row) => row.compartment))) {
      const records = stale.filter((row) => row.compartment === compartment).map((row) => row.record)
      await foldSome(database, unit, compartment, records, bundle, look)
    }
  }
}

async function foldSome(
  database: Database,
  unit: Id,
  compartment: Compartment,
  records: readonly Id[],
  bundle: Id,
  look: (compartment: Compartment, state: RecordState) => void,
): Promise<void> {
  const steps = new Map<Id, (RoadStep | DisclosureStep)[]>(records.map((record) => [record, []]))
  for (const row of await stepsOfRecords(database, unit, compartment, records)) {
    steps.get(row.record)?.push(JSON.parse(row.step) as RoadStep | DisclosureStep)
  }
  const before = new Map(
    (await voidsOfRecords(database, unit, compartment, records)).map((row) => [placeOf(row), row]),
  )
  const states: RecordTable[] = []
  const added: VoidTable[] = []
  for (const [record, taken] of steps) {
    const { voids, state, isArchived, isAwaited } = foldOne(unit, record, taken)
    const archived = isArchived ? 1 : 0
    const text = state === null ? null : JSON.stringify(state)
    states.push({ unit, compartment, record, archived, awaited: isAwaited ? 1 : 0, stale: 0, state: text })
    if (state !== null) look(compartment, state)
    for (const { commit, index, row, code } of voids) {
      const one = { unit, compartment, leaf: commit, op_index: index, row_index: row, record, code, bundle }
      const known = before.get(placeOf(one))
      if (known?.code === code) before.delete(placeOf(one))
      else added.push(one)
    }
  }
  for (const gone of before.values()) await deleteVoid(database, gone)
  await insertVoids(database, added)
  await putRecords(database, states)
}

interface Folded {
  readonly voids: readonly VoidStep[]
  /** Null for what is no record. */
  readonly state: RecordState | null
  readonly isArchived: boolean
  /** Something of it waits for this node. */
  readonly isAwaited: boolean
}

function foldOne(unit: Id, record: Id, steps: readonly (RoadStep | DisclosureStep)[]): Folded {
  if (record.startsWith(disclosurePrefix)) {
    const id = record.slice(disclosurePrefix.length)
    const { voids } = followDisclosure(id, steps as readonly DisclosureStep[])
    return { voids, state: null, isArchived: false, isAwaited: false }
  }
  const { voids, state } = followRoad(nodePrimitives, unit, record, steps as readonly RoadStep[])
  const isArchived = state !== null && state.head !== null
  const isAwaited = state !== null && state.revisions.some(isAwaitedAbove)
  return { voids, state, isArchived, isAwaited }
}

function placeOf(row: Pick<VoidTable, 'leaf' | 'op_index' | 'row_index'>): string {
  return `${row.leaf}/${row.op_index}/${row.row_index}`
}
