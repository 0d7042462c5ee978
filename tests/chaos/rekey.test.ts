import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startEpochs } from '../../src-main/vault/epoch.ts'
import { rekeyDue } from '../../src-main/vault/rekey.ts'
import type { Compartment } from '../../src-shared/access/roles.ts'
import { at, countRecords, fillArchive, KeyedUnit, must, rekeyAll, submitOne } from '../helpers/keyed-unit.ts'

/** Big enough that the pages take a while to go through the WAL. */
const archiveBytes = 24 * 1024 * 1024

let founded: KeyedUnit
/** With much in its archive, and a new epoch that the database waits for. */
let waiting: KeyedUnit
let records = 0

beforeAll(async () => {
  founded = await KeyedUnit.found()
  submitOne(await founded.open('collector'))
  waiting = founded.copy()
  records = 1 + fillArchive(await waiting.open('collector'), archiveBytes)
  const approver = await waiting.open('approver')
  must(await startEpochs(approver, { role: 'approver', at, keyrings: ['archive'] }))
  waiting.leave()
})

afterAll(() => {
  founded.close()
  waiting.close()
})

/** Whether the process was killed at the moment; otherwise it came to its end. */
async function killed(unit: KeyedUnit, login: string, ...moment: readonly string[]): Promise<boolean> {
  unit.leave()
  const program = fileURLToPath(new URL('./keys-process.ts', import.meta.url))
  const child = spawn(process.execPath, [program, unit.directory, login, ...moment], {
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  const [code, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null]
  if (signal === null) expect(code).toBe(0)
  return signal === 'SIGKILL'
}

/** Kills the work at each file that takes its name, just before and just after, until it runs through. */
async function atEveryFile(
  start: KeyedUnit,
  login: string,
  work: string,
  expectWhole: (unit: KeyedUnit) => Promise<void>,
): Promise<number> {
  for (let number = 1; ; number++) {
    for (const side of ['before', 'after']) {
      const unit = start.copy()
      const died = await killed(unit, login, work, 'rename', String(number), side)
      await expectWhole(unit)
      unit.close()
      if (!died) return number - 1
    }
  }
}

async function finishAll(unit: KeyedUnit, login: string): Promise<void> {
  const vault = await unit.open(login)
  const due = rekeyDue(vault)
  const old = due.map((name) => [name, vault.databaseKeys.get(name) as Uint8Array] as const)
  const wasHalfway = due.filter((name) => unit.file.databases[name].length === 2)
  await rekeyAll(vault, due)
  expect(rekeyDue(vault)).toEqual([])
  for (const name of due) expect(unit.file.databases[name]).toHaveLength(1)
  expect(unit.file.doors).toBe(undefined)
  for (const [name, key] of old) {
    // Where the pages had all been changed before the kill, that key is the new one.
    if (!wasHalfway.includes(name)) expect(unit.opensUnder(name, key)).toBe(false)
  }
}

test('an epoch that is cut off at any file is there whole or not at all, and everybody comes in', async () => {
  const files = await atEveryFile(founded, 'approver', 'epoch', async (unit) => {
    const epochs = new Set<number | undefined>()
    for (const login of ['collector', 'approver', 'secadmin', 'auditor']) {
      const { head } = (await unit.open(login)).authority
      for (const name of ['control', 'archive', 'seal'] as const) epochs.add(head.keyrings.get(name)?.epoch)
    }
    expect(epochs.size).toBe(1)
    await finishAll(unit, 'approver')
    const collector = await unit.open('collector')
    submitOne(collector)
    expect(countRecords(collector)).toBe(2)
  })
  expect(files).toBe(1)
}, 300_000)

test('a rekeying that is cut off at any file loses nothing and is taken up again', async () => {
  const files = await atEveryFile(waiting, 'collector', 'rekey', async (unit) => {
    const vault = await unit.open('second')
    expect(countRecords(vault)).toBe(records)
    await finishAll(unit, 'second')
    expect(countRecords(await unit.open('second'))).toBe(records)
  })
  expect(files).toBe(2)
}, 300_000)

test.each([1, 20, 50, 80, 99, 100])(
  'a rekeying that is cut off with %i percent of its pages in the WAL loses nothing',
  async (percent) => {
    const old = (await waiting.open('second')).databaseKeys.get('archive') as Uint8Array
    const unit = waiting.copy()
    expect(await killed(unit, 'collector', 'rekey', 'pages', String(percent))).toBe(true)
    expect(unit.file.databases.archive).toHaveLength(2)
    const vault = await unit.open('collector')
    expect(countRecords(vault)).toBe(records)
    submitOne(vault)
    expect(rekeyDue(vault)).toEqual(['archive'])
    await rekeyAll(vault, ['archive'])
    expect(countRecords(vault)).toBe(records + 1)
    expect(unit.opensUnder('archive', old)).toBe(false)
    expect(countRecords(await unit.open('approver'))).toBe(records + 1)
    unit.close()
  },
)

test.each(['replace-lost', 'replace-copied'])(
  'new keys of a member (%s) that are cut off at any file leave the old password working or the new one',
  async (work) => {
    const worked = new Set<string>()
    const files = await atEveryFile(founded, 'secadmin', work, async (unit) => {
      const after = unit.copy()
      const withOld = await unit.try('collector')
      const withNew = await unit.try('collector', 'new password')
      expect([withOld.ok, withNew.ok].filter((opened) => opened)).toHaveLength(1)
      worked.add(withOld.ok ? 'old' : 'new')
      // The same where the new password is tried first, and where others come before the member.
      expect((await after.try('collector', 'new password')).ok).toBe(withNew.ok)
      await after.open('approver')
      expect((await after.try('collector')).ok).toBe(withOld.ok)
      await rekeyAll(await after.open('secadmin'), ['control'] satisfies Compartment[])
      expect((await after.try('collector', 'new password')).ok).toBe(withNew.ok)
      after.close()
    })
    expect(worked).toEqual(new Set(['old', 'new']))
    expect(files).toBe(4)
  },
  300_000,
)
