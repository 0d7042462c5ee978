import { generateKeyPairSync, randomBytes, sign } from 'node:crypto'
import { join } from 'node:path'
import Driver from 'sqlcipher'
import { dispatch } from '../../src-main/core/dispatch.ts'
import type { CoreContext } from '../../src-main/services/context.ts'
import { unlockVault } from '../../src-main/vault/vault.ts'
import type { InputOf, OutputOf, ProcedureName } from '../../src-shared/contract/index.ts'
import { judgeCommit } from '../../src-shared/access/judge.ts'
import { newId } from '../../src-shared/kernel/ids.ts'
import type { Result } from '../../src-shared/kernel/result.ts'
import {
  buildCommit,
  continues,
  depthOf,
  readCommit,
  verifyCommitSignature,
  type LogHead,
} from '../../src-shared/log/chain.ts'
import type { Envelope } from '../../src-shared/log/envelope.ts'
import { prepareBody } from '../../src-shared/log/header.ts'
import { nothingSeen } from '../../src-shared/log/sight.ts'
import { nodePrimitives } from '../../src-shared/node/primitives.ts'
import { stepsOf } from '../../src-shared/review/steps.ts'
import { bareVerifyOneThread } from './bare.ts'
import { benchPassword, fill, type BenchUnit } from './bench-unit.ts'
import { rateOf, type Measurement } from './measure.ts'

function unwrap<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`${result.error.code} ${JSON.stringify(result.error.detail ?? {})}`)
  return result.value
}

/** A member at work in a core of their own. */
async function enter({ vault }: BenchUnit, login: string) {
  const context: CoreContext = {
    layout: vault.layout,
    host: 'desktop',
    primitives: nodePrimitives,
    now: () => Date.now(),
    session: null,
    founding: null,
    emit: () => undefined,
    end: () => undefined,
  }
  const ask = async <Name extends ProcedureName>(name: Name, input: InputOf<Name>): Promise<OutputOf<Name>> =>
    unwrap((await dispatch(context, name, input, new AbortController().signal)) as Result<OutputOf<Name>>)
  await ask('session.unlock', { login, password: benchPassword, keyFile: null })
  return { ask, close: () => context.session?.vault.close() }
}

const stepBytes = 900
const commits = 4

/** The same number of durable commits, each with a signature over a header of the size and a row for each entry. */
function bareBatch(directory: string, rows: number): void {
  const database = new Driver(join(directory, `batch-${randomBytes(4).toString('hex')}.db`))
  database.pragma(`cipher='sqlcipher'`)
  database.pragma('legacy=4')
  database.pragma(`key="x'${randomBytes(32).toString('hex')}'"`)
  database.pragma('journal_mode=WAL')
  database.pragma('synchronous=FULL')
  database.exec(
    'CREATE TABLE step (record TEXT, position INTEGER, step BLOB, PRIMARY KEY (record, position))',
  )
  const insert = database.prepare('INSERT INTO step (record, position, step) VALUES (?, ?, ?)')
  const { privateKey } = generateKeyPairSync('ed25519')
  const records = Array.from({ length: rows }, () => randomBytes(16).toString('hex'))
  const step = randomBytes(stepBytes)
  const header = randomBytes(rows * 230)
  for (let commit = 0; commit < commits; commit++) {
    header.writeUInt32LE(commit, 0)
    sign(null, header, privateKey)
    database.transaction(() => {
      for (const record of records) insert.run(record, commit, step)
    })()
  }
  database.close()
}

/** An import of so many rows, decided by two reviewers, opened and signed: four commits. Rows through all of it. */
export async function reviewBatch(unit: BenchUnit, scratch: string, rows: number): Promise<Measurement> {
  const database = unit.vault.compartments.get('archive')?.database
  if (database === undefined) throw new Error('no archive')
  const cadre = newId(nodePrimitives)
  fill(unit.vault, cadre, rows)
  const entered = database
    .prepare('SELECT record, digest AS revision FROM revision WHERE cadre = ?')
    .all(cadre) as { record: string; revision: string }[]
  const reviewers = [await enter(unit, 'reviewer-a'), await enter(unit, 'reviewer-b')]
  const approver = await enter(unit, 'approver')
  const decided = { decision: 'agree', reasons: [], marks: [], words: '' } as const
  const opinion = entered.map((row) => ({ ...row, ...decided, reasons: [], marks: [] }))
  const batch = { compartment: 'archive' as const, rows: entered }
  const rate = await rateOf(rows, async () => {
    for (const { ask } of reviewers) await ask('review.decide', { ...batch, rows: opinion })
    await approver.ask('review.open', batch)
    await approver.ask('review.sign', { ...batch, words: '' })
  })
  const archived = database
    .prepare(`SELECT count(*) AS n FROM revision WHERE cadre = ? AND status = 'archived'`)
    .get(cadre) as { n: number }
  if (archived.n !== rows) throw new Error(`${archived.n} of ${rows} rows are archived`)
  for (const one of [...reviewers, approver]) one.close()
  return {
    name: `batch of ${rows.toLocaleString('en')} rows decided twice, opened and signed`,
    rate,
    unit: ' rows/s',
    against: [
      {
        name: 'sign + SQLCipher insert of the same rows',
        rate: await rateOf(rows, () => bareBatch(scratch, rows)),
      },
    ],
  }
}

/** Review commits read strictly, their signature checked, their place in the log and what the chain says of them. */
export async function authorityOfReviews(unit: BenchUnit, count: number): Promise<Measurement> {
  const { layout } = unit.vault
  const reviewer = unwrap(await unlockVault(nodePrimitives, layout, 'reviewer-a', benchPassword, Date.now()))
  const { authority, member, device } = reviewer
  const log = authority.head.devices.get(device.id)?.logs.archive
  if (log === undefined) throw new Error('no log')
  const body = prepareBody(nodePrimitives, {})
  const empty: LogHead = { log, size: 0, leaf: null }
  const envelopes: Envelope[] = []
  let head = empty
  for (let index = 0; index < count; index++) {
    const row = { record: newId(nodePrimitives), revision: body.digest }
    const entity = newId(nodePrimitives)
    const made = buildCommit(nodePrimitives, member.signer, head, {
      unit: unit.unit,
      member: member.id,
      role: 'reviewer',
      authority: authority.head.leaf,
      deps: [],
      at: '2026-01-01T00:00:00.000Z',
      operations: [{ op: 'review.return', entity, digest: body.digest, rows: [row] }],
    })
    envelopes.push(made.envelope)
    head = { log, size: head.size + 1, leaf: made.leaf }
  }
  reviewer.close()
  const rate = await rateOf(count, () => {
    let place = empty
    let depth = 0
    for (const envelope of envelopes) {
      const commit = unwrap(readCommit(nodePrimitives, envelope))
      unwrap(verifyCommitSignature(nodePrimitives, commit, (key) => authority.publicKey(key)))
      place = unwrap(continues(place, commit))
      const { header, leaf } = commit
      if (judgeCommit(authority, header, leaf, 'archive') !== null) throw new Error('a good commit is void')
      const state = authority.at(header.authority ?? '')
      depth = depthOf([depth])
      if (
        state === undefined ||
        stepsOf(nodePrimitives, header, leaf, depth, state, nothingSeen).length !== 1
      )
        throw new Error('no step')
    }
  })
  return {
    name: `authority of ${count.toLocaleString('en')} review commits (read, signature, chain, rules)`,
    rate,
    unit: ' commits/s',
    against: [
      { name: 'Ed25519 verify, one thread', rate: await rateOf(count, () => bareVerifyOneThread(count)) },
    ],
  }
}
