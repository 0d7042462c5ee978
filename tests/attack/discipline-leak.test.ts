import { mkdirSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { isProcedureName, procedureRule } from '../../src-shared/access/procedures.ts'
import { contract, type InputOf, type ProcedureName } from '../../src-shared/contract/index.ts'
import { everythingDue } from '../../src-shared/contract/cycles.ts'
import { dossierViews } from '../../src-shared/contract/dossier.ts'
import { everyDossier } from '../../src-shared/contract/listing.ts'
import { queueKinds } from '../../src-shared/contract/views.ts'
import { dueStates } from '../../src-shared/cycles/due.ts'
import type { Id } from '../../src-shared/kernel/ids.ts'
import { loan, newJob, talk, VaultFixture, type Row } from '../helpers/vault-fixture.ts'

/**
 * A member without clearance asks for all they can be told, before anything of discipline is written and after much of
 * it was: every answer is the same. So do one who reviews too and one who signs. What is compared is every procedure of
 * the contract that reads and that a business member may call; one that is neither asked nor excused fails.
 */
let vault: VaultFixture
let cadre: Id
/** An entry under review. */
let waiting: Row
/** One of discipline, which is given to a reviewer. */
let hidden: Row
let proof: string
const before = new Map<string, unknown>()

/** None of them is cleared: one who enters, one who reviews too, one who enters and signs. */
const logins = ['collector', 'clerk', 'deputy'] as const
type Login = (typeof logins)[number]
const rolesOf = {
  collector: ['collector'],
  clerk: ['collector', 'reviewer'],
  deputy: ['collector', 'approver'],
} as const
const page = { after: null, limit: 500 }

/** Every question there is, by procedure. */
async function questions(
  login: Login,
): Promise<{ readonly [Name in ProcedureName]?: readonly InputOf<Name>[] }> {
  const { member } = (await vault.session(login)).vault
  return {
    'unit.read': [{}],
    'workbench.read': [{}],
    'member.list': [{}],
    'member.read': [{ member: member.id }],
    'member.tasks': [{}],
    'account.read': [{}],
    'settings.read': [{}],
    'catalogue.read': [{}],
    'catalogue.versions': [{}],
    'catalogue.version': [{ version: 1 }],
    'cadre.list': ['', '张', '谈话', '王'].map((search) => ({ search, ...page })),
    'dossier.list': ['', '张', '谈话', '王'].map((search) => ({
      query: { ...everyDossier, search },
      from: 0,
      count: 200,
    })),
    'dossier.facets': [{}],
    'due.summary': [
      { filter: everythingDue, month: null },
      { filter: { ...everythingDue, cadre }, month: '2026-12' },
    ],
    'due.list': [
      {
        filter: everythingDue,
        states: [...dueStates],
        from: null,
        until: null,
        offset: 0,
        limit: 200,
      },
    ],
    'cadre.stages': [{ cadre }],
    'source.list': [{}],
    'source.arrivals': [{}],
    'difference.list': (['open', 'settled'] as const).map((state) => ({
      cadre: null,
      category: null,
      state,
      offset: 0,
      limit: 200,
    })),
    'twin.count': [{}],
    'twin.list': [{}],
    'twin.compare': [{ first: cadre, second: cadre }],
    'twin.near': [{ name: '张三丰', identityNumber: null, post: null }],
    'transfer.card': [{}],
    'transfer.able': [{ cadre }],
    'transfer.list': [{ cadre }, { cadre: null }],
    'transfer.incoming': [{}],
    'transfer.appendix': [{ cadre }],
    'view.list': [{}],
    'cadre.tags': [{ cadre }],
    'record.check': [{ record: null, cadre, category: 'A2', values: { from: '2026-11-20' } }],
    'cadre.read': dossierViews.map((view) => ({ cadre, at: null, view })),
    'paper.places': [{ cadre, category: null }],
    'volume.list': [{ cadre }],
    'disclosure.policy': [{}],
    'disclosure.tasks': [{}],
    'register.list': [{ id: null, kind: null, cadre: null, ...page }],
    'import.profiles': [{}],
    'import.batches': [{}],
    'import.runs': [{}],
    'quarantine.list': [{ after: 0, limit: 100 }],
    'review.queue': queueKinds.map((kind) => ({ kind, ...page })),
    'calendar.read': [{}],
    'line.list': [{}],
    'query.list': [{}],
    'review.candidates': [waiting],
    'review.holders': [{}],
    'review.workload': [{ from: '2026-11-01', until: '2026-12-31' }],
    'review.agreement': [{ from: null, until: null }],
    'fault.hands': [waiting],
    'fault.print': [{ kind: null, cadre: null, member: null }],
    'member.commits': [{ member: member.id, key: member.signer.keyId, compartment: 'archive' }],
    'fault.list': [{ kind: null, cadre: null, member: null, mine: false, offset: 0, limit: 100 }],
    'log.list': [{ compartment: 'archive', ...page }],
    'log.verify': [{ job: newJob() }],
    'sync.status': [{}],
    'device.list': [{}],
  }
}

/** Asked by an id that only an earlier answer gives, or about the computer and not the unit. */
const excused: readonly ProcedureName[] = [
  'difference.read',
  // The same catalogue as `catalogue.version`, in a file that holds the time it was made.
  'catalogue.dictionary',
  'transfer.read-card',
  'record.read',
  'evidence.read',
  'paper.locate',
  'import.suggest',
  'import.preview',
  'import.rows',
  'import.people',
  'import.decide',
  'import.browse',
  'quarantine.read',
  'review.batch',
  'review.lots',
  'review.proof',
  'review.compare',
  'sync.browse',
  'device.interfaces',
  'device.listener',
]

/** What changes with every reading of anything: the control log, which takes the entry, and the clock. */
function steady(name: ProcedureName, answer: unknown): unknown {
  if (name === 'log.verify' || name === 'sync.status') {
    const { compartments, ...rest } = answer as { compartments: readonly { compartment: string }[] }
    const archive = compartments.filter(({ compartment }) => compartment !== 'control')
    const { at: _at, finishedAt: _finished, checkedAt: _checked, ...same } = rest as Record<string, unknown>
    return { ...same, archive, names: compartments.map(({ compartment }) => compartment) }
  }
  return answer
}

function mayCall(login: Login, name: ProcedureName): boolean {
  const { roles } = procedureRule(name)
  return roles === 'everyone' || rolesOf[login].some((role) => roles.includes(role))
}

async function sight(): Promise<ReadonlyMap<string, unknown>> {
  const seen = new Map<string, unknown>()
  for (const login of logins)
    for (const [question, answer] of await sightOf(login)) seen.set(question, answer)
  return seen
}

async function sightOf(login: Login): Promise<ReadonlyMap<string, unknown>> {
  const seen = new Map<string, unknown>()
  for (const [name, inputs] of Object.entries(await questions(login)))
    for (const input of inputs) {
      if (!isProcedureName(name)) throw new Error(name)
      if (!mayCall(login, name)) continue
      const result = await vault.call(login, name, input as never)
      const question = `${name} ${JSON.stringify({ ...input, job: undefined })} by ${login}`
      if (!result.ok) throw new Error(`${question}: ${result.error.code}`)
      seen.set(question, steady(name, result.value))
    }
  return seen
}

/** The files that the member writes for the node above or another device: their compartments and padded sizes. */
async function bundle(): Promise<unknown> {
  const folder = join(vault.outside, newJob())
  mkdirSync(folder)
  const sent = await vault.call('collector', 'sync.export', { folder, kind: 'full', job: newJob() })
  const files = readdirSync(folder)
  const archive = sent.ok ? sent.value.filter(({ compartment }) => compartment === 'archive') : []
  const sizes = archive.map(({ file }) => statSync(join(folder, file)).size)
  return { code: sent.ok ? null : sent.error.code, files: files.length, sizes }
}

let bundleBefore: unknown

const named = ({ record, revision }: Row) => ({ record, revision })
const corrected = ({ record, revision }: Row) => ({ record, parent: revision })
/** Without the record that a refusal names: it is the one that was asked for. */
const codesOf = (result: Awaited<ReturnType<VaultFixture['sign']>>) => (result.ok ? null : result.error.code)

beforeAll(async () => {
  vault = await VaultFixture.found()
  cadre = await vault.openCadre('张三丰')
  await vault.archive(await vault.submit(cadre))
  waiting = await vault.submit(await vault.openCadre('李四'))
  const { member } = (await vault.session('second')).vault
  const assigned = { compartment: 'archive', way: 'hand', rows: [waiting], words: '' } as const
  await vault.value('approver', 'review.assign', { ...assigned, rows: [waiting], reviewers: [member.id] })
  for (const [name, answer] of await sight()) before.set(name, answer)
  bundleBefore = await bundle()
  const reviewer = (await vault.session('second')).vault.member
  const dealt = { compartment: 'discipline', way: 'hand', words: '' } as const
  for (let count = 0; count < 3; count++) {
    const upload = await vault.upload('inspector', `谈话${count}.txt`, Buffer.alloc(20_000, `谈话${count}`))
    const row = await vault.submit(cadre, talk(cadre, upload), 'inspector')
    if (count < 2) await vault.archive({ ...row, compartment: 'discipline' })
    else await vault.value('approver', 'review.assign', { ...dealt, rows: [row], reviewers: [reviewer.id] })
    hidden = row
    const [evidence] = (await vault.record(row.record)).revisions[0]?.evidence ?? []
    proof = evidence?.hash ?? ''
  }
  await vault.value('inspector', 'cadre.read', { cadre, at: null })
})

afterAll(() => vault.close())

test('every procedure that reads is asked, or excused', async () => {
  const asked = Object.keys(await questions('collector'))
  const reading = Object.entries(contract)
    .filter(([name, { kind }]) => {
      const { moment } = procedureRule(name as ProcedureName)
      return (
        kind === 'read' &&
        moment === 'unlocked' &&
        logins.some((login) => mayCall(login, name as ProcedureName))
      )
    })
    .map(([name]) => name)
  expect(
    reading.filter((name) => !asked.includes(name) && !(excused as readonly string[]).includes(name)),
  ).toEqual([])
})

describe('to a member without clearance, discipline', () => {
  test('changes no answer to any question: no count, no find, no size, no name', async () => {
    const after = await sight()
    expect([...after.keys()]).toEqual([...before.keys()])
    for (const [name, answer] of after) expect(answer, name).toEqual(before.get(name))
  })

  test('is in no answer by its name', async () => {
    for (const [name, answer] of await sight()) {
      // What is collected is known to everybody who works here; what was collected is not.
      if (/^catalogue\.(read|version) /.test(name)) continue
      expect(JSON.stringify(answer), name).not.toMatch(/discipline|谈话|"E3"/)
    }
  })

  test('answers to its ids as to those of nothing', async () => {
    const nothing: Row = { record: newJob(), revision: 'f'.repeat(64) }
    const asking: readonly ((row: Row) => Promise<unknown>)[] = [
      async ({ record }) => await vault.call('deputy', 'record.read', { record }),
      async (row) => await vault.call('deputy', 'review.candidates', named(row)),
      async (row) => await vault.call('deputy', 'review.compare', named(row)),
      async (row) => await vault.call('deputy', 'review.proof', named(row)),
      async (row) => await vault.call('deputy', 'fault.hands', named(row)),
      async (row) => await vault.call('clerk', 'query.ask', { ...named(row), field: null, words: '何故' }),
      async ({ record }) =>
        await vault.call('clerk', 'query.answer', { record, query: nothing.record, words: '因' }),
      async (row) => await vault.call('clerk', 'review.rekey', { ...named(row), values: {} }),
      ...(['archive', 'discipline'] as const).map(
        (compartment) => async (row: Row) => codesOf(await vault.sign({ ...row, compartment }, 'deputy')),
      ),
      async (row) =>
        await vault.call('deputy', 'evidence.read', {
          revision: row.revision,
          hash: proof,
          offset: 0,
          length: 9,
        }),
      async (row) => await vault.call('collector', 'record.submit', { ...loan(cadre), ...corrected(row) }),
    ]
    for (const [index, ask] of asking.entries())
      expect(await ask(hidden), String(index)).toEqual(await ask(nothing))
  })

  test('changes neither the number nor the size of the files they send', async () => {
    expect(await bundle()).toEqual(bundleBefore)
  })
})
