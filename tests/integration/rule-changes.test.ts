import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { commitAs } from '../../src-main/vault/vault.ts'
import { workingCopy, type CatalogueEdit } from '../../src-shared/catalogue/editing.ts'
import { findCategory } from '../../src-shared/catalogue/read.ts'
import type { Category } from '../../src-shared/catalogue/schema.ts'
import { everyDossier } from '../../src-shared/contract/listing.ts'
import { newId, type Id } from '../../src-shared/kernel/ids.ts'
import { prepareBody } from '../../src-shared/log/header.ts'
import { nodePrimitives } from '../../src-shared/node/primitives.ts'
import { importStudies, sampledCategory, samplingCatalogue } from '../helpers/sampling-catalogue.ts'
import { loan, type Row, type VaultFixture } from '../helpers/vault-fixture.ts'
import { foundWithHub, type VaultWithHub } from '../helpers/vault-with-history.ts'

/** The rules change while work is on its way, in a unit whose level above signs houses (C2) too. */
let office: VaultWithHub
let vault: VaultFixture
let cadre: Id
let sampled: Category['sampling']

const named = ({ record, revision }: Pick<Row, 'record' | 'revision'>) => ({ record, revision })

beforeAll(async () => {
  office = await foundWithHub({ catalogue: samplingCatalogue(), signedAbove: ['C2'] })
  vault = office.vault
  cadre = await vault.openCadre('张三丰')
  sampled = findCategory(await vault.value('approver', 'catalogue.read', {}), sampledCategory)?.sampling
})
afterAll(async () => await office.close())

async function adopt(category: string, changes: Partial<Category>): Promise<void> {
  const current = await vault.value('approver', 'catalogue.read', {})
  const {
    fields: _fields,
    crossChecks: _checks,
    retired: _retired,
    ...head
  } = findCategory(current, category)!
  const { sampling: _sampling, ...kept } = { ...head, ...changes }
  const { sampling } = changes
  const edit: CatalogueEdit = {
    edit: 'category.head',
    category,
    head: sampling === undefined ? kept : { ...kept, sampling },
  }
  const catalogue = { ...workingCopy(current, [edit]) }
  await vault.value('approver', 'catalogue.propose', { catalogue, words: '按上级文件' })
  await vault.refresh()
  const { proposal } = await vault.value('inspector', 'catalogue.versions', {})
  const waiting = { proposal: proposal!.proposal, catalogue: proposal!.catalogue }
  await vault.value('inspector', 'catalogue.confirm', waiting)
  await vault.refresh()
}

describe('a version that samples no more', () => {
  test('has nothing drawn that was submitted under it, when a later one samples again', async () => {
    await adopt(sampledCategory, {})
    const batch = await importStudies(vault, 12)
    await adopt(sampledCategory, { sampling: sampled! })
    expect(await vault.value('approver', 'review.lots', { batch })).toEqual([])
    expect(await vault.refusal('approver', 'review.draw', { batch, category: sampledCategory })).toBe(
      'review/not-open-for-opinion',
    )
  })

  test('leaves a drawn lot to be reviewed and archived by its sample', async () => {
    const batch = await importStudies(vault, 12)
    const { draw } = await vault.value('approver', 'review.draw', { batch, category: sampledCategory })
    await adopt(sampledCategory, {})
    const lots = await vault.value('first', 'review.lots', { batch })
    expect(lots).toMatchObject([{ lot: 12, drawn: { draw }, mayDraw: false }])
    const { batches } = await vault.value('first', 'review.queue', {
      kind: 'to-review',
      after: null,
      limit: 9,
    })
    expect(batches.find((line) => line.batch === batch)?.sampling).toBe(true)
    const page = { batch, offset: 0, limit: 100 }
    for (const reviewer of ['first', 'second']) {
      const seen = await vault.value(reviewer, 'review.batch', { ...page, kind: 'to-review', part: 'seen' })
      const rows = seen.rows.map((row) => ({
        ...named(row),
        decision: 'agree' as const,
        reasons: [],
        marks: [],
        words: '',
      }))
      await vault.value(reviewer, 'review.decide', { compartment: 'archive', draw, rows })
    }
    const { rows } = await vault.value('approver', 'review.batch', { ...page, kind: 'to-open' })
    await vault.value('approver', 'review.open', { compartment: 'archive', rows: rows.map(named) })
    const signing = { compartment: 'archive', rows: rows.map(named), words: '' } as const
    expect(await vault.value('approver', 'review.sign', signing)).toMatchObject({ done: 12 })
  })
})

test('what a reviewer has yet to type is not found by searching, though the newest version asks for no typing', async () => {
  await adopt('C6', { verification: 'dual-rekey' })
  const row = await vault.submit(cadre, { values: { ...loan(cadre).values, creditor: '石敢当' } })
  for (const reviewer of ['first', 'second']) {
    const values = {
      direction: '01',
      creditor: '石敢当',
      amount: { amount: 36_600_000, currency: 'CNY' as const },
    }
    await vault.value(reviewer, 'review.rekey', { ...named(row), values })
    await vault.decide(row, reviewer)
  }
  await vault.open(row)
  await vault.sign(row)
  await vault.submit(cadre, { record: row.record, parent: row.revision, reason: '更正' })
  await adopt('C6', { verification: 'dual' })
  const found = async (by: string) => {
    const query = { ...everyDossier, search: '石敢当' }
    return (await vault.value(by, 'dossier.list', { query, from: 0, count: 10 })).total
  }
  expect([await found('inspector'), await found('first')]).toEqual([1, 0])
})

test('what waits for the level above speaks beside another entry of the same', async () => {
  const values = {
    relation: '01',
    address: '江城市滨河路1号',
    area: '90',
    price: { amount: 80_000_000, currency: 'CNY' },
  }
  const entry = { category: 'C2', values }
  const waiting = await vault.submit(cadre, entry)
  await vault.archive(waiting)
  expect(await vault.status(waiting)).toBe('awaiting-above')
  const again = await vault.submit(cadre, { ...entry, reason: '补报' }, 'clerk')
  const { findings } = await vault.value('first', 'review.compare', again)
  expect(findings.map(({ code }) => code)).toContain('duplicate-record')
})

describe('a body that says another version than its header', () => {
  let row: Row
  test('is read by nobody: no version chosen in it hides what its rule asks for', async () => {
    await adopt('C6', { verification: 'dual-rekey' })
    const { vault: open } = await vault.session('collector')
    const current = open.authority.head.catalogue!.version
    const { values, source, reason } = loan(cadre)
    const body = prepareBody(nodePrimitives, {
      ...{ catalogueVersion: 1, declaration: 'present', values: { ...values } },
      ...{ source: { ...source }, reason, evidence: [], flags: [] },
    } as never)
    const operation = {
      ...{
        op: 'record.submit' as const,
        entity: newId(nodePrimitives),
        digest: body.digest,
        cadre,
        category: 'C6',
      },
      ...{ parent: null, settles: [], batch: null, evidence: 0, catalogue: current },
    } as const
    const at = '2026-11-22T05:00:00.000Z'
    expect(commitAs(open, 'archive', 'collector', at, [operation], [body]).ok).toBe(true)
    row = { record: operation.entity, revision: body.digest }
    const record = await vault.record(row.record, 'first')
    expect(record.revisions).toMatchObject([{ values: {}, flags: ['body-missing'], evidence: [] }])
    const queue = { kind: 'to-review', after: null, limit: 100 } as const
    const { items } = await vault.value('first', 'review.queue', queue)
    expect(items.find((item) => item.record === row.record)?.summary).toBe('')
  })

  test('is typed and agreed with by nobody, and named by the verification', async () => {
    expect(await vault.refusal('first', 'review.rekey', { ...row, values: { direction: '01' } })).toBe(
      'review/no-such-revision',
    )
    expect((await vault.decide(row, 'first')).ok).toBe(false)
    const { verified, compartments } = await vault.verify(await vault.keys())
    expect(verified).toBe(false)
    expect(compartments.find(({ compartment }) => compartment === 'archive')?.fault).toMatchObject({
      code: 'catalogue/rules-differ',
    })
  })
})
