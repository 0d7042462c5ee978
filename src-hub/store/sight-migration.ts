import type { Kysely } from 'kysely'
import { utf8 } from '../../src-shared/kernel/bytes.ts'
import { readEnvelope } from '../../src-shared/log/envelope.ts'
import { readHeader } from '../../src-shared/log/header.ts'
import { maximumCommitLineBytes } from '../../src-shared/bundle/layout.ts'
import { widened, type NamedCommit } from '../../src-shared/log/sight.ts'
import type { EntryTable, Tables } from './tables.ts'
import { insertSights, placeOfLeaf, sightAt } from './sights.ts'

const pageSize = 500

/** What commits had seen; and of those taken in before, the steps that did not say it yet. */
export async function createSights(database: Kysely<Tables>): Promise<void> {
  await database.schema
    .createTable('sight')
    .addColumn('unit', 'text', (column) => column.notNull())
    .addColumn('log', 'text', (column) => column.notNull())
    .addColumn('seq', 'bigint', (column) => column.notNull())
    .addColumn('seen', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('sight_key', ['unit', 'log', 'seq'])
    .execute()
  for (let after: EntryTable | null = null; ; ) {
    const page: readonly EntryTable[] = await nextEntries(database, after)
    for (const entry of page) await complete(database, entry)
    after = page.at(-1) ?? null
    if (page.length < pageSize) return
  }
}

/** In the causal order, so that what a commit names stands before it. */
async function nextEntries(
  database: Kysely<Tables>,
  after: EntryTable | null,
): Promise<readonly EntryTable[]> {
  let query = database.selectFrom('entry').selectAll().where('compartment', '<>', 'control')
  if (after !== null)
    query = query.where((expression) =>
      expression.or([
        expression('depth', '>', after.depth),
        expression.and([expression('depth', '=', after.depth), expression('leaf', '>', after.leaf)]),
      ]),
    )
  return await query.orderBy('depth').orderBy('leaf').limit(pageSize).execute()
}

async function complete(database: Kysely<Tables>, entry: EntryTable): Promise<void> {
  const { unit, log, seq, compartment, leaf } = entry
  const envelope = readEnvelope(utf8(entry.envelope), maximumCommitLineBytes)
  const header = envelope.ok ? readHeader(envelope.value.payload) : envelope
  if (!header.ok) throw new Error('a stored commit is damaged')
  const { deps } = header.value
  let seen = await sightAt(database, unit, log, seq)
  if (deps.length > 0) {
    const named: NamedCommit[] = []
    for (const dep of deps) {
      const place = await placeOfLeaf(database, unit, compartment, dep)
      if (place !== null) named.push({ ...place, sight: await sightAt(database, unit, place.log, place.seq) })
    }
    seen = widened(seen, log, named)
    await insertSights(database, [{ unit, log, seq, seen: JSON.stringify(seen) }])
  }
  const steps = await database
    .selectFrom('step')
    .selectAll()
    .where('unit', '=', unit)
    .where('leaf', '=', leaf)
    .execute()
  for (const { record, op_index, row_index, step } of steps)
    await database
      .updateTable('step')
      .set({ step: JSON.stringify({ ...(JSON.parse(step) as object), log, seq, seen }) })
      .where('unit', '=', unit)
      .where('compartment', '=', compartment)
      .where('record', '=', record)
      .where('leaf', '=', leaf)
      .where('op_index', '=', op_index)
      .where('row_index', '=', row_index)
      .execute()
}
