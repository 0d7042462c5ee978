import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { dispatch } from '../../src-main/core/dispatch.ts'
import { overdueOfCadres } from '../../src-main/services/cycles/due-now.ts'
import type { UnlockedContext } from '../../src-main/services/context.ts'
import { refreshDue } from '../../src-main/vault/due-index.ts'
import { stageByCadre } from '../../src-main/vault/due-queries.ts'
import { commitAs } from '../../src-main/vault/vault.ts'
import { catalogueOf } from '../../src-main/services/catalogue/read.ts'
import { prepareBody } from '../../src-shared/log/header.ts'
import { nodePrimitives } from '../../src-shared/node/primitives.ts'
import { everythingDue, type DueFilter } from '../../src-shared/contract/cycles.ts'
import type { InputOf, OutputOf, ProcedureName } from '../../src-shared/contract/index.ts'
import { dueStates, type DueState } from '../../src-shared/cycles/due.ts'
import type { Id } from '../../src-shared/kernel/ids.ts'
import type { Result } from '../../src-shared/kernel/result.ts'
import { regrant } from '../helpers/grant.ts'
import { talk, VaultFixture } from '../helpers/vault-fixture.ts'

let vault: VaultFixture
let zhang: Id
let li: Id

const dayMilliseconds = 86_400_000

/** The context of a member so many days from now. */
async function on(login: string, days: number): Promise<UnlockedContext> {
  const context = await vault.enter(login)
  return { ...context, now: () => context.now() + days * dayMilliseconds } as UnlockedContext
}

async function ask<Name extends ProcedureName>(
  login: string,
  days: number,
  name: Name,
  input: InputOf<Name>,
): Promise<OutputOf<Name>> {
  const answer = await dispatch(await on(login, days), name, input, new AbortController().signal)
  const result = answer as Result<OutputOf<Name>>
  if (!result.ok) throw new Error(result.error.code)
  return result.value
}

async function list(login: string, days: number, filter: Partial<DueFilter> = {}, states = dueStates) {
  return await ask(login, days, 'due.list', {
    filter: { ...everythingDue, ...filter },
    states: [...states],
    from: null,
    until: null,
    offset: 0,
    limit: 200,
  })
}

async function summary(login: string, days: number, filter: Partial<DueFilter> = {}) {
  return await ask(login, days, 'due.summary', { filter: { ...everythingDue, ...filter }, month: null })
}

async function stateOf(days: number, category: string, cadre = zhang): Promise<DueState | null> {
  const { rows } = await list('collector', days, { cadre, category })
  return rows[0]?.state ?? null
}

beforeAll(async () => {
  vault = await VaultFixture.found()
  zhang = await vault.openCadre('张三丰')
  li = await vault.openCadre('李四')
  await regrant(vault, 'clerk', 'collector', 2)
})

afterAll(() => vault.close())

describe('what is due of a dossier', () => {
  test('is open when the dossier is opened, then due soon, then overdue', async () => {
    expect(await stateOf(0, 'B1')).toBe('open')
    expect(await stateOf(26, 'B1')).toBe('soon')
    expect(await stateOf(60, 'B1')).toBe('overdue')
    const found = overdueOfCadres(await on('collector', 180))
    expect(found.ok && found.value.get(zhang)).toBeGreaterThan(5)
    const today = overdueOfCadres(await on('collector', 0))
    expect(today.ok && today.value.get(zhang)).toBeUndefined()
  })

  test('goes when it is handed in, comes back when it is sent back, and goes for good when archived', async () => {
    const row = await vault.submit(zhang, {
      category: 'B2',
      declaration: 'none',
      values: {},
    })
    expect(await stateOf(60, 'B2')).toBeNull()
    expect((await vault.return(row, 'first')).ok).toBe(true)
    expect(await stateOf(60, 'B2')).toBe('overdue')
    const again = await vault.submit(zhang, { category: 'B2', declaration: 'none', values: {} })
    await vault.archive(again)
    expect(await stateOf(60, 'B2')).toBeNull()
  })

  test('opens the calendar in the month of what falls due first, when this one has nothing', async () => {
    const { today, month, days } = await summary('collector', 0)
    expect([today.slice(0, 7), month]).toEqual(['2026-11', '2026-12'])
    expect(days.length).toBeGreaterThan(0)
    expect(days.every(({ day }) => day.startsWith(month))).toBe(true)
  })

  test('is the same in the list as in the counts, and pages without a gap', async () => {
    const { rows, total } = await list('collector', 180)
    const { counts, byCategory, byOwner, pending } = await summary('collector', 180)
    expect(pending).toBe(0)
    expect(rows).toHaveLength(total)
    for (const state of dueStates) {
      expect(counts[state]).toBe(rows.filter((row) => row.state === state).length)
      expect(byCategory.reduce((sum, one) => sum + one[state], 0)).toBe(counts[state])
      expect(byOwner.reduce((sum, one) => sum + one[state], 0)).toBe(counts[state])
    }
    const paged = []
    for (let offset = 0; offset < total; offset += 7) {
      const input = {
        filter: everythingDue,
        states: [...dueStates],
        from: null,
        until: null,
        offset,
        limit: 7,
      }
      paged.push(...(await ask('collector', 180, 'due.list', input)).rows)
    }
    expect(paged).toEqual(rows)
    expect(rows.map(({ due }) => due)).toEqual(rows.map(({ due }) => due).toSorted())
  })

  test('is narrowed to a cadre, a category and a department', async () => {
    const { rows } = await list('collector', 180, { cadre: li })
    expect(new Set(rows.map(({ cadre }) => cadre))).toEqual(new Set([li]))
    expect((await list('collector', 180, { category: 'B1' })).rows.map(({ name }) => name)).toEqual([
      '李四',
      '张三丰',
    ])
    const owned = await list('collector', 180, { owner: '党办' })
    expect(owned.total).toBeGreaterThan(0)
    expect(owned.rows.every(({ category }) => ['D5', 'D9', 'D10'].includes(category))).toBe(true)
  })

  test('is told to nobody above whose level it lies, in no number either', async () => {
    const { rows } = await list('clerk', 180)
    const { byCategory } = await summary('clerk', 180)
    expect(rows.some(({ category }) => category === 'B1')).toBe(false)
    expect(byCategory.some(({ category }) => category === 'B1')).toBe(false)
    expect(rows.some(({ category }) => category === 'A2')).toBe(true)
  })
})

describe('a sanction that ends', () => {
  test('is due for the inspector, and not there for who is not cleared', async () => {
    const upload = await vault.upload('inspector', '处分决定.txt', Buffer.from('处分决定'))
    const row = await vault.submit(
      li,
      {
        ...talk(li, upload),
        category: 'E4',
        values: {
          kind: '12',
          document: '清纪〔2026〕1号',
          authority: '清河镇纪委',
          on: '2026-11-01',
          facts: '违反工作纪律',
          until: '2027-05-01',
        },
      },
      'inspector',
    )
    await vault.archive({ ...row, compartment: 'discipline' })
    const before = await summary('collector', 170)
    const due = await list('inspector', 170, { category: 'E4' })
    expect(due.rows).toMatchObject([
      { cadre: li, name: '李四', cause: 'after', state: 'soon', record: row.record },
    ])
    expect(before.byCategory.some(({ category }) => category.startsWith('E4'))).toBe(false)
    expect((await list('collector', 170, { category: 'E4' })).total).toBe(0)
    expect((await list('collector', 170)).rows.some(({ category }) => category === 'E4')).toBe(false)
  })
})

describe('the stage of a cadre', () => {
  const leaving = { stage: 'leaving', since: '2026-11-20', reason: '调离本单位', source: '清组〔2026〕8号' }

  test('is signed by the approver alone, of today or before, by a word of the catalogue', async () => {
    const input = { cadre: li, ...leaving }
    expect(await vault.refusal('collector', 'cadre.stage', input)).toBe('call/not-permitted')
    expect(await vault.refusal('approver', 'cadre.stage', { ...input, since: '2027-11-20' })).toBe(
      'entry/invalid-values',
    )
    expect(await vault.refusal('approver', 'cadre.stage', { ...input, stage: 'gone' })).toBe(
      'entry/invalid-values',
    )
    expect(await vault.refusal('approver', 'cadre.stage', { ...input, reason: '  ' })).toBe(
      'call/invalid-input',
    )
    expect((await vault.value('approver', 'cadre.stages', { cadre: li })).steps).toEqual([])
  })

  test('of leaving ends the cycles and opens the hand-over of the office', async () => {
    await vault.value('approver', 'cadre.stage', { cadre: li, ...leaving })
    const { rows } = await list('collector', 180, { cadre: li })
    expect(rows.map(({ category }) => category).toSorted()).toEqual(['A2', 'D8'])
    expect(rows.every(({ cause, source }) => cause === 'stage' && source === 'leaving')).toBe(true)
    const { present, steps } = await vault.value('collector', 'cadre.stages', { cadre: li })
    expect(present).toEqual({ stage: 'leaving', since: '2026-11-20', isSigned: true })
    expect(steps).toMatchObject([{ ...leaving, member: '用户 approver' }])
    const archive = (await vault.session('collector')).vault.compartments.get('archive')!
    expect(stageByCadre(archive.database).get(li)).toEqual({ stage: 'leaving', since: '2026-11-20' })
    expect(stageByCadre(archive.database).has(zhang)).toBe(false)
  })

  test('can be changed again, and then the cycles go on', async () => {
    await vault.value('approver', 'cadre.stage', { cadre: li, ...leaving, stage: 'serving', reason: '调回' })
    const { rows } = await list('collector', 180, { cadre: li })
    expect(rows.some(({ category }) => category === 'C1')).toBe(true)
    expect(rows.some(({ category }) => category === 'D8')).toBe(false)
    const { steps } = await vault.value('collector', 'cadre.stages', { cadre: li })
    expect(steps.map(({ stage }) => stage)).toEqual(['serving', 'leaving'])
  })

  test('is derived from the log to the same rows', async () => {
    const report = await vault.verify(await vault.keys())
    expect(report.compartments.flatMap(({ differences }) => differences)).toEqual([])
    expect(report.compartments.flatMap(({ fault }) => fault ?? [])).toEqual([])
  })
})

describe('what is kept of it', () => {
  test('is the same when it is worked out anew, a few cadres at a time', async () => {
    const before = await list('inspector', 180)
    const { session } = await on('inspector', 180)
    const { database } = session.vault.compartments.get('archive')!
    const catalogue = catalogueOf(session)
    if (!catalogue.ok) throw new Error(catalogue.error.code)
    const other = { digest: 'f'.repeat(64), compartment: 'archive', catalogue: catalogue.value } as const
    expect(refreshDue(database, other, 1)).toBe(1)
    expect(refreshDue(database, other, 1)).toBe(0)
    expect(await list('inspector', 180)).toEqual(before)
  })

  test('says what opened and what became late since the member last looked', async () => {
    expect((await summary('collector', 0)).seen).toBeNull()
    await ask('collector', 0, 'due.seen', {})
    expect((await summary('collector', 0)).seen).toMatchObject({ opened: 0, late: 0 })
    const { seen, counts } = await summary('collector', 180)
    expect(seen?.opened).toBeGreaterThan(0)
    expect(seen?.late).toBeGreaterThan(0)
    expect((seen?.opened ?? 0) + (seen?.late ?? 0)).toBeLessThanOrEqual(
      counts.overdue + counts.soon + counts.open,
    )
    expect((await summary('approver', 180)).seen).toBeNull()
  })
})

test('a stage that another program says to hold since a year nobody lives in is none', async () => {
  const wang = await vault.openCadre('王五')
  const { vault: open } = await vault.session('approver')
  for (const since of ['9999-12-31', '0001-01-01']) {
    const body = prepareBody(nodePrimitives, { stage: 'serving', since, reason: '调任', source: '' })
    const operation = { op: 'cadre.stage', entity: wang, digest: body.digest } as const
    const at = '2026-11-22T08:00:00.000Z'
    expect(commitAs(open, 'archive', 'approver', at, [operation], [body]).ok).toBe(true)
    expect((await vault.value('approver', 'cadre.stages', { cadre: wang })).steps).toEqual([])
    expect((await list('collector', 0, { cadre: wang })).rows.length).toBeGreaterThan(0)
  }
})
