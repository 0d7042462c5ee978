import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { dispatch } from '../../src-main/core/dispatch.ts'
import type { OutputOf } from '../../src-shared/contract/index.ts'
import { everyDossier, type ListingQuery } from '../../src-shared/contract/listing.ts'
import { relationsOf } from '../../src-shared/dossier/relations.ts'
import { timelineOf } from '../../src-shared/dossier/timeline.ts'
import type { Id } from '../../src-shared/kernel/ids.ts'
import type { Result } from '../../src-shared/kernel/result.ts'
import { openedAccess } from '../helpers/access-entries.ts'
import { regrant } from '../helpers/grant.ts'
import { talk, VaultFixture } from '../helpers/vault-fixture.ts'
import { catalogue } from '../unit/renderer/catalogue.ts'

let vault: VaultFixture
let zhang: Id
let li: Id
const lowered = 'clerk'

beforeAll(async () => {
  vault = await VaultFixture.found()
  zhang = await vault.openCadre('张三丰')
  li = await vault.openCadre('李四光')
  await vault.archive(await vault.submit(zhang))
  const upload = await vault.upload('inspector', '谈话.txt', Buffer.from('谈话记录'))
  const row = await vault.submit(zhang, talk(zhang, upload), 'inspector')
  await vault.archive({ ...row, compartment: 'discipline' })
  await vault.value('approver', 'cadre.stage', {
    cadre: li,
    stage: 'leaving',
    since: '2026-11-01',
    reason: '退休',
    source: '',
  })
  await regrant(vault, lowered, 'collector', 1)
  await regrant(vault, lowered, 'reviewer', 1)
})

afterAll(() => vault.close())

async function names(changes: Partial<ListingQuery>, by = 'collector', days = 0) {
  const context = await vault.enter(by)
  const later = { ...context, now: () => context.now() + days * 86_400_000 }
  const input = { query: { ...everyDossier, ...changes }, from: 0, count: 200 }
  const found = (await dispatch(later, 'dossier.list', input, new AbortController().signal)) as Result<
    OutputOf<'dossier.list'>
  >
  if (!found.ok) throw new Error(found.error.code)
  expect(found.value.pending).toBe(0)
  return found.value.items.map(({ name }) => name)
}

describe('a view of a dossier', () => {
  test('is entered by its name, and so is putting it on paper', async () => {
    await vault.value('approver', 'cadre.read', { cadre: zhang, at: null, view: 'household' })
    await vault.value('approver', 'cadre.print', { cadre: zhang, view: 'household' })
    const entries = await openedAccess(vault)
    const read = entries.findLast(({ kind }) => kind === 'dossier')
    const printed = entries.findLast(({ kind }) => kind === 'print')
    expect(read).toMatchObject({ kind: 'dossier', subject: { cadre: zhang, what: 'dossier-household' } })
    expect(printed).toMatchObject({
      kind: 'print',
      subject: { cadre: zhang, cadreName: '张三丰', what: 'dossier-household', level: 3, results: 1 },
      purpose: { kind: 'check' },
    })
    const page = { id: null, kind: null, cadre: zhang, after: null, limit: 10 }
    const { items } = await vault.value('approver', 'register.list', page)
    // The talk needs somebody else's word before it goes on paper, and is not in it.
    expect(items).toMatchObject([{ kind: 'copy', form: 'print', records: 1, status: 'made' }])
  })

  test('is read for a purpose as the facts are', async () => {
    vault.leave()
    const unsaid = { purpose: null }
    const input = { cadre: zhang, view: 'timeline', ...unsaid } as const
    expect(await vault.refusal('second', 'cadre.read', { ...input, at: null })).toBe('access/purpose-needed')
    expect(await vault.refusal('second', 'cadre.print', input)).toBe('access/purpose-needed')
  })

  test('of a dossier that is not there is refused, and the attempt entered', async () => {
    const cadre = 'f'.repeat(32)
    expect(await vault.refusal('approver', 'cadre.print', { cadre, view: 'facts' })).toBe('call/not-found')
    const refused = (await openedAccess(vault)).findLast(({ kind }) => kind === 'refused')
    expect(refused).toMatchObject({ subject: { procedure: 'cadre.print', code: 'call/not-found' } })
  })

  test('shows what was said in a talk to those alone who hold the key of it', async () => {
    const events = async (login: string) => {
      const { records } = await vault.value(login, 'cadre.read', { cadre: zhang, at: null, view: 'timeline' })
      return timelineOf(catalogue.categories, records, '2026-11-22').filter(
        ({ category }) => category === 'E3',
      )
    }
    expect((await events('inspector')).length).toBeGreaterThan(0)
    expect(await events('collector')).toEqual([])
  })

  test('of somebody at level 1 has no relation that a higher level tells of', async () => {
    const drawn = async (login: string) => {
      const { records } = await vault.value(login, 'cadre.read', {
        cadre: zhang,
        at: null,
        view: 'relations',
      })
      return relationsOf('张三丰', catalogue.categories, records).nodes.length
    }
    expect(await drawn('inspector')).toBeGreaterThan(1)
    expect(await drawn(lowered)).toBe(1)
  })
})

describe('the list', () => {
  test('is narrowed to a stage, which only those see who see tags', async () => {
    expect(await names({ stage: 'leaving' })).toEqual(['李四光'])
    expect(await names({ stage: 'entry' })).toEqual([])
    expect(await names({ stage: 'leaving' }, lowered)).toEqual([])
    const facets = await vault.value('collector', 'dossier.facets', {})
    expect(facets.stages).toEqual([{ value: 'leaving', count: 1 }])
    expect((await vault.value(lowered, 'dossier.facets', {})).stages).toEqual([])
  })

  test('is narrowed to what is overdue on the day of asking', async () => {
    // Who leaves hands the office over within days; all else is asked of the two within the year.
    expect(await names({ overdue: true })).toEqual(['李四光'])
    const late = await names({ overdue: true }, 'collector', 400)
    expect(late.toSorted()).toEqual(['张三丰', '李四光'].toSorted())
    expect(await names({ overdue: true, stage: 'leaving' }, 'collector', 400)).toEqual(['李四光'])
  })

  test('reads views that were kept before stages could be asked for', async () => {
    const { stage: _stage, overdue: _overdue, ...before } = everyDossier
    const view = { name: '从前', query: before, isMark: false }
    await vault.value('collector', 'view.save', { id: null, view })
    const { views } = await vault.value('collector', 'view.list', {})
    expect(views.map(({ query }) => query)).toEqual([everyDossier])
  })
})

test('the filters of the list read no line of a dossier that they need not', async () => {
  const { database } = (await vault.session('collector')).vault.compartments.get('archive')!
  const plan = (sql: string) =>
    (
      database.prepare(`EXPLAIN QUERY PLAN SELECT row FROM dossier_line WHERE ${sql}`).all() as {
        detail: string
      }[]
    )
      .map(({ detail }) => detail)
      .join('\n')
  expect(plan('NOT (have_a & 1 = 1 AND have_c & 2 = 2)')).toContain('COVERING INDEX dossier_line_by_gaps')
  expect(plan('identity_reversed IS NULL')).toContain('COVERING INDEX')
  expect(plan(`post = 'x'`)).toContain('COVERING INDEX dossier_line_by_post')
  expect(plan(`unit = 'x'`)).toContain('COVERING INDEX dossier_line_by_unit')
  expect(plan(`cadre IN (SELECT cadre FROM due_cadre WHERE stage = 'x')`)).not.toContain('SCAN')
})
