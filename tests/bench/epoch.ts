import { copyFileSync, fsyncSync, openSync, closeSync, rmSync, statSync } from 'node:fs'
import Driver from 'sqlcipher'
import { rekeyOnThread } from '../../src-main/jobs/rekey.ts'
import { startEpochs } from '../../src-main/vault/epoch.ts'
import { finishRekey } from '../../src-main/vault/rekey.ts'
import { toHex } from '../../src-shared/kernel/bytes.ts'
import { at, fillArchive, KeyedUnit, must } from '../helpers/keyed-unit.ts'
import { rateOf, type Measurement } from './measure.ts'

const megabyte = 1024 * 1024

/** The same pages under another key, with nothing around it: what the engine itself needs. */
function plainRekey(path: string, from: Uint8Array): void {
  const database = new Driver(path)
  database.pragma(`cipher='sqlcipher'`)
  database.pragma('legacy=4')
  database.pragma(`key="x'${toHex(from)}'"`)
  database.pragma('journal_mode=WAL')
  database.pragma('synchronous=FULL')
  database.pragma(`rekey="x'${'7'.repeat(64)}'"`)
  database.pragma('wal_checkpoint(TRUNCATE)')
  database.close()
}

function durableCopy(from: string, to: string): void {
  copyFileSync(from, to)
  const handle = openSync(to, 'r+')
  fsyncSync(handle)
  closeSync(handle)
}

/**
 * A new epoch of a compartment of so many megabytes: the commit with its wraps, and the database under its new key.
 * Against `PRAGMA rekey` alone on a copy of the same file, and against copying that file to the disk.
 */
export async function epochOf(megabytes: number): Promise<Measurement> {
  const unit = await KeyedUnit.found()
  try {
    const collector = await unit.open('collector')
    const part = 64
    for (let made = 0; made < megabytes; made += part)
      fillArchive(collector, Math.min(part, megabytes - made) * megabyte)
    const approver = await unit.open('approver')
    const from = approver.databaseKeys.get('archive') as Uint8Array
    approver.compartments.get('archive')?.database.pragma('wal_checkpoint(TRUNCATE)')
    const path = unit.layout.database('archive')
    const size = statSync(path).size / megabyte
    const copy = `${path}.copy`
    const copying = await rateOf(size, () => durableCopy(path, copy))
    const plain = await rateOf(size, () => plainRekey(copy, from))
    rmSync(copy)
    const rate = await rateOf(size, async () => {
      must(await startEpochs(approver, { role: 'approver', at, keyrings: ['archive'] }))
      must(await finishRekey(approver, 'archive', rekeyOnThread))
    })
    return {
      name: `new epoch of a compartment (${size.toFixed(0)} MB in ${(size / rate).toFixed(1)} s)`,
      rate,
      unit: ' MB/s',
      against: [
        { name: 'PRAGMA rekey alone', rate: plain, aim: 0.8 },
        { name: 'copy of the file, flushed', rate: copying },
      ],
    }
  } finally {
    unit.close()
  }
}
