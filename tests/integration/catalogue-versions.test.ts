import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { workingCopy, type CatalogueEdit } from '../../src-shared/catalogue/editing.ts'
import { categoryRules, findCategory } from '../../src-shared/catalogue/read.ts'
import type { Catalogue } from '../../src-shared/catalogue/schema.ts'
import type { CanonicalValue } from '../../src-shared/kernel/canonical.ts'
import { newId, type Id } from '../../src-shared/kernel/ids.ts'
import { prepareBody } from '../../src-shared/log/header.ts'
import { nodePrimitives } from '../../src-shared/node/primitives.ts'
import { commitAuthority } from '../../src-main/vault/vault.ts'
import { VaultFixture, type Row } from '../helpers/vault-fixture.ts'

/** A real vault in which the catalogue changes while records are on their way. */
let vault: VaultFixture
let cadre: Id

beforeAll(async () => {
  vault = await VaultFixture.found()
  cadre = await vault.openCadre('张三丰')
})
afterAll(() => vault.close())

const current = async () => await vault.value('approver', 'catalogue.read', {})

async function propose(by: string, edits: readonly CatalogueEdit[]): Promise<Catalogue> {
  const next = workingCopy(await current(), edits)
  await vault.value(by, 'catalogue.propose', { catalogue: { ...next }, words: '按上级文件' })
  await vault.refresh()
  return next
}

async function waiting(by: string) {
  const { proposal } = await vault.value(by, 'catalogue.versions', {})
  if (proposal === null) throw new Error('nothing waits')
  return proposal
}

async function confirm(by: string): Promise<string | null> {
  const { proposal, catalogue } = await waiting(by)
  const refused = await vault.refusal(by, 'catalogue.confirm', { proposal, catalogue })
  await vault.refresh()
  return refused
}

const verification = (category: string, to: 'single' | 'dual'): CatalogueEdit => ({
  edit: 'category.head',
  category,
  head: { ...headOf(category), verification: to },
})

let shipped: Catalogue
beforeAll(async () => {
  shipped = await current()
})

function headOf(id: string) {
  const { fields: _fields, crossChecks: _checks, retired: _retired, ...head } = findCategory(shipped, id)!
  return head
}

describe('a new version', () => {
  let pending: Row
  let archived: Row

  test('is proposed by one and confirmed by another, and what is on its way keeps its rule', async () => {
    archived = await vault.submit(cadre)
    await vault.archive(archived)
    pending = await vault.submit(cadre)
    await propose('approver', [
      verification('C6', 'single'),
      { edit: 'field.retire', category: 'C6', field: 'description', retired: true },
    ])
    expect(await vault.refusal('collector', 'catalogue.propose', { catalogue: {}, words: 'x' })).toBe(
      'call/not-permitted',
    )
    expect((await waiting('approver')).may).toEqual(['withdraw'])
    expect((await waiting('secadmin')).may).toEqual(['confirm', 'refuse'])
    expect((await waiting('collector')).may).toEqual([])
    expect(await confirm('secadmin')).toBe(null)
    const view = await vault.value('collector', 'catalogue.versions', {})
    expect(view.versions).toMatchObject([
      { version: 2, isSound: true, words: '按上级文件', proposer: { name: expect.any(String) } },
      { version: 1, isSound: true, proposer: null },
    ])
    const { revisions } = await vault.record(pending.record)
    expect(revisions[0]).toMatchObject({ catalogueVersion: 1, opinionsNeeded: 2 })
  })

  test('holds for what is entered from now on, under its number', async () => {
    const values = { relation: '01', direction: '01', amount: { amount: 100, currency: 'CNY' } }
    const row = await vault.submit(cadre, { values })
    const { revisions } = await vault.record(row.record)
    expect(revisions[0]).toMatchObject({ catalogueVersion: 2, opinionsNeeded: 1 })
  })

  test('leaves the old version readable, with what it asked for', async () => {
    const old = await vault.value('collector', 'catalogue.version', { version: 1 })
    expect(old).toEqual(shipped)
    expect(await vault.refusal('collector', 'catalogue.version', { version: 9 })).toBe('call/not-found')
    const { revisions } = await vault.record(archived.record)
    expect(revisions[0]?.findings).toEqual([])
  })

  test('takes no value into a retired field but the one that stood there', async () => {
    const { revisions, head } = await vault.record(archived.record)
    const { values } = revisions[0]!
    const correction = { record: archived.record, parent: head, reason: '更正' }
    const entered = { ...correction, values: { ...values, description: '另有用途' } }
    const refused = await vault.call('collector', 'record.submit', loanOf(entered))
    expect(refused).toMatchObject({ error: { code: 'entry/invalid-values' } })
    const carried = await vault.call('collector', 'record.submit', loanOf({ ...correction, values }))
    expect(carried).toMatchObject({ ok: true })
  })

  test('is refused with words, and gives way to another', async () => {
    await propose('inspector', [{ edit: 'title', title: '另一份清单' }])
    const { proposal } = await waiting('approver')
    const refusal = { proposal, words: '依据不足' }
    expect(await vault.refusal('approver', 'catalogue.refuse', refusal)).toBe(null)
    await vault.refresh()
    expect((await vault.value('approver', 'catalogue.versions', {})).proposal).toBe(null)
    expect(await vault.refusal('approver', 'catalogue.refuse', refusal)).toBe('catalogue/not-waiting')
  })

  test('is not proposed when facts would lose their place', async () => {
    const next = workingCopy(await current(), [])
    const catalogue = { ...next, categories: next.categories.filter(({ id }) => id !== 'C6') }
    const refused = await vault.call('approver', 'catalogue.propose', { catalogue, words: 'x' })
    expect(refused).toMatchObject({
      error: { code: 'catalogue/not-a-successor', detail: { problems: ['category-removed'] } },
    })
  })

  test('is confirmed by nobody when its body does not have the rules that were signed', async () => {
    const { vault: open } = await vault.session('secadmin')
    const next = workingCopy(await current(), [verification('D9', 'single')])
    const body = prepareBody(nodePrimitives, { catalogue: next as unknown as CanonicalValue, words: '' })
    const operation = {
      op: 'catalogue.propose',
      entity: newId(nodePrimitives),
      digest: body.digest,
      version: next.version,
      follows: open.authority.head.catalogue!.body,
      // The header says less than the body: C2 is lowered where nobody who reads the list sees it.
      rules: categoryRules(next).map((rule) =>
        rule.category === 'C2' ? { ...rule, verification: 'single' as const } : { ...rule },
      ),
    } as const
    expect(commitAuthority(open, 'secadmin', '2026-11-22T02:00:00.000Z', [operation], [body]).ok).toBe(true)
    await vault.refresh()
    expect(await waiting('approver')).toMatchObject({ isSound: false, may: ['refuse'] })
    expect(await confirm('approver')).toBe('catalogue/rules-differ')
    expect((await current()).version).toBe(2)
  })

  test('leaves a vault that verifies, and tables that the log gives again', async () => {
    expect(await vault.verify(await vault.keys())).toMatchObject({ verified: true })
    const rebuilt = await vault.value('inspector', 'log.rebuild', { job: newId(nodePrimitives) })
    expect(rebuilt.every(({ changed }) => changed === 0)).toBe(true)
  })
})

/** A correction of the loan that {@link VaultFixture.submit} enters. */
function loanOf(changes: {
  readonly record: Id
  readonly parent: string | null
  readonly reason: string
  readonly values: Record<string, unknown>
}) {
  return {
    settles: [],
    cadre,
    category: 'C6',
    declaration: 'present' as const,
    source: { kind: 'form' as const, from: '本人', reference: null },
    evidence: [],
    ...changes,
    values: changes.values as never,
  }
}
