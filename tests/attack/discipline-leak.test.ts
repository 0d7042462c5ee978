import { mkdirSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { isProcedureName, procedureRule } from '../../src-shared/access/procedures.ts'
import { contract, type InputOf, type ProcedureName } from '../../src-shared/contract/index.ts'
import { everyDossier } from '../../src-shared/contract/listing.ts'
import { queueKinds } from '../../src-shared/contract/views.ts'
import type { Id } from '../../src-shared/kernel/ids.ts'
import { newJob, talk, VaultFixture } from '../helpers/vault-fixture.ts'

/**
 * A member without clearance asks for all they can be told, before anything of discipline is written and after much of
 * it was: every answer is the same. What is compared is every procedure of the contract that reads and that a business
 * member may call; one that is neither asked nor excused fails.
 */
let vault: VaultFixture
let cadre: Id
const before = new Map<string, unknown>()

const login = 'collector'
const page = { after: null, limit: 500 }

/** Every question there is, by procedure. */
async function questions(): Promise<{ readonly [Name in ProcedureName]?: readonly InputOf<Name>[] }> {
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
    'view.list': [{}],
    'cadre.tags': [{ cadre }],
    'cadre.read': [{ cadre, at: null }],
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
    'fault.list': [{ kind: null, cadre: null, member: null, mine: false, offset: 0, limit: 100 }],
    'log.list': [{ compartment: 'archive', ...page }],
    'log.verify': [{ job: newJob() }],
    'sync.status': [{}],
    'device.list': [{}],
  }
}

/** Asked by an id that only an earlier answer gives, or about the computer and not the unit. */
const excused: readonly ProcedureName[] = [
  'record.read',
  'evidence.read',
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

async function sight(): Promise<ReadonlyMap<string, unknown>> {
  const seen = new Map<string, unknown>()
  for (const [name, inputs] of Object.entries(await questions()))
    for (const input of inputs) {
      if (!isProcedureName(name)) throw new Error(name)
      const result = await vault.call(login, name, input as never)
      const question = `${name} ${JSON.stringify({ ...input, job: undefined })}`
      if (!result.ok) throw new Error(`${question}: ${result.error.code}`)
      seen.set(question, steady(name, result.value))
    }
  return seen
}

/** The files that the member writes for the node above or another device: their compartments and padded sizes. */
async function bundle(): Promise<unknown> {
  const folder = join(vault.outside, newJob())
  mkdirSync(folder)
  const sent = await vault.call(login, 'sync.export', { folder, kind: 'full', job: newJob() })
  const files = readdirSync(folder)
  const archive = sent.ok ? sent.value.filter(({ compartment }) => compartment === 'archive') : []
  const sizes = archive.map(({ file }) => statSync(join(folder, file)).size)
  return { code: sent.ok ? null : sent.error.code, files: files.length, sizes }
}

let bundleBefore: unknown

beforeAll(async () => {
  vault = await VaultFixture.found()
  cadre = await vault.openCadre('张三丰')
  await vault.archive(await vault.submit(cadre))
  await vault.submit(await vault.openCadre('李四'))
  for (const [name, answer] of await sight()) before.set(name, answer)
  bundleBefore = await bundle()
  for (let count = 0; count < 3; count++) {
    const upload = await vault.upload('inspector', `谈话${count}.txt`, Buffer.alloc(20_000, `谈话${count}`))
    const row = await vault.submit(cadre, talk(cadre, upload), 'inspector')
    if (count < 2) await vault.archive({ ...row, compartment: 'discipline' })
  }
  await vault.value('inspector', 'cadre.read', { cadre, at: null })
})

afterAll(() => vault.close())

test('every procedure that reads is asked, or excused', async () => {
  const asked = Object.keys(await questions())
  const reading = Object.entries(contract)
    .filter(([name, { kind }]) => {
      const { moment, roles } = procedureRule(name as ProcedureName)
      return kind === 'read' && moment === 'unlocked' && (roles === 'everyone' || roles.includes('collector'))
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

  test('changes neither the number nor the size of the files they send', async () => {
    expect(await bundle()).toEqual(bundleBefore)
  })
})
