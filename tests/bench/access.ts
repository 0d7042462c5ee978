import { generateKeyPairSync, randomBytes, sign } from 'node:crypto'
import { join } from 'node:path'
import Driver from 'sqlcipher'
import { recordAccess } from '../../src-main/services/access-log.ts'
import type { UnlockedContext } from '../../src-main/services/context.ts'
import { runJob } from '../../src-main/jobs/run.ts'
import { unlockVault } from '../../src-main/vault/vault.ts'
import { accessBlock } from '../../src-shared/audit/access-entry.ts'
import { newId } from '../../src-shared/kernel/ids.ts'
import { encryptTo, newAgeKeyPair } from '../../src-shared/node/age.ts'
import { nodePrimitives } from '../../src-shared/node/primitives.ts'
import { benchPassword, type BenchUnit } from './bench-unit.ts'
import { medianRate, rateOf, type Measurement } from './measure.ts'

/** Seals, signs and stores rows of the size of an access entry, one durable transaction each; no rules, no chain. */
async function bareSealed(directory: string, count: number): Promise<void> {
  const database = new Driver(join(directory, `sealed-${randomBytes(4).toString('hex')}.db`))
  database.pragma(`cipher='sqlcipher'`)
  database.pragma('legacy=4')
  database.pragma(`key="x'${randomBytes(32).toString('hex')}'"`)
  database.pragma('journal_mode=WAL')
  database.pragma('synchronous=FULL')
  database.exec('CREATE TABLE entry (position INTEGER PRIMARY KEY, header BLOB, signature BLOB, body BLOB)')
  const insert = database.prepare('INSERT INTO entry (header, signature, body) VALUES (?, ?, ?)')
  const { privateKey } = generateKeyPairSync('ed25519')
  const { recipient } = await newAgeKeyPair()
  const header = randomBytes(700)
  const plaintext = randomBytes(accessBlock)
  for (let index = 0; index < count; index++) {
    header.writeUInt32LE(index, 0)
    const sealed = Buffer.from(await encryptTo([recipient], plaintext)).toString('base64')
    insert.run(header, sign(null, header, privateKey), Buffer.from(sealed))
  }
  database.close()
}

/**
 * What a reading costs before it is shown, and how fast an auditor's index is read out of the entries.
 *
 * @param count access entries written one by one, three times over
 */
export async function accessEntries(
  unit: BenchUnit,
  scratch: string,
  count: number,
): Promise<readonly Measurement[]> {
  const { vault } = unit
  const context = {
    primitives: nodePrimitives,
    now: () => Date.now(),
    session: { vault },
  } as unknown as UnlockedContext
  const cadre = newId(nodePrimitives)
  const rate = await medianRate(3, count, async () => {
    for (let index = 0; index < count; index++) {
      const done = await recordAccess(context, 'dossier', { cadre, cadreName: '张三丰', level: 3 })
      if (!done.ok) throw new Error(done.error.code)
    }
  })
  const bare = await medianRate(3, count, () => bareSealed(scratch, count))
  const auditor = await unlockVault(nodePrimitives, vault.layout, 'auditor', benchPassword, Date.now())
  if (!auditor.ok) throw new Error(auditor.error.code)
  const identities = auditor.value.identities.get('audit') ?? []
  const { databaseKeys } = auditor.value
  const { directory } = vault.layout
  const { rootPublicKey, unit: id } = unit
  const job = {
    kind: 'audit-index',
    vault: { directory, unit: id, rootPublicKey, databaseKeys },
    identities,
  } as const
  const all = 3 * count
  const indexed = await rateOf(all, async () => {
    const report = await runJob<'audit-index'>(job, () => undefined, new AbortController().signal)
    if (!report.ok) throw new Error(report.error.code)
    if (report.value.added !== all) throw new Error('entries are missing from the index')
  })
  auditor.value.close()
  return [
    {
      name: 'access entry (sealed, signed, durable)',
      rate,
      unit: '/s',
      against: [{ name: 'age + Ed25519 + SQLCipher insert', rate: bare, aim: 0.67 }],
    },
    { name: `audit index of ${all} entries`, rate: indexed, unit: ' entries/s', against: [] },
  ]
}
