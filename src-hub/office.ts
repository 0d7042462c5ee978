import { mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { toHex } from '../src-shared/kernel/bytes.ts'
import { err } from '../src-shared/kernel/result.ts'
import { writeFileAtomic } from '../src-shared/node/files.ts'
import { nodePrimitives } from '../src-shared/node/primitives.ts'
import type { HubArguments } from './arguments.ts'
import type { Awaited } from './directives.ts'
import type { Hub } from './hub.ts'
import { refused, say } from './say.ts'

const asked = { sign: '待上级签署', settle: '待上级审核' } as const

/** What waits, a line each. */
export async function listAwaited(given: HubArguments, hub: Hub): Promise<number> {
  const all = await hub.awaited(given.unit)
  for (const { unit, compartment, state, revision, asks, since } of all) {
    const line = {
      unit,
      compartment,
      record: state.record,
      revision: revision.revision,
      category: state.category,
    }
    const text = `${asked[asks]}  类别 ${state.category}  自 ${since}  单位 ${unit}  版本 ${revision.revision}`
    say(given, { ...line, asks, since }, text)
  }
  if (all.length === 0 && !given.json) say(given, {}, '没有等待上级办理的事项 · nothing waits')
  return 0
}

/** The one that was named by the beginning of its revision, at least eight digits; null when it is none or several. */
async function named(given: HubArguments, hub: Hub): Promise<Awaited | null> {
  const [name = ''] = given.files
  if (!/^[0-9a-f]{8,64}$/.test(name)) return null
  const found = (await hub.awaited(given.unit)).filter(({ revision }) => revision.revision.startsWith(name))
  return found.length === 1 ? (found[0] ?? null) : null
}

/** Everything about one that waits. */
export async function showAwaited(given: HubArguments, hub: Hub): Promise<number> {
  const awaited = await named(given, hub)
  const text = awaited === null ? err('call/not-found') : await hub.describe(awaited)
  if (!text.ok) return refused(given, text, '不能显示', 'It cannot be shown')
  say(given, { text: text.value }, text.value)
  return 0
}

/** Signs what the officer decided and writes the directive for the unit. */
export async function decideOne(given: HubArguments, hub: Hub): Promise<number> {
  const { decision, officer, words } = given
  const awaited = await named(given, hub)
  if (awaited === null || decision === undefined || officer === undefined)
    return refused(given, err('call/not-found'), '没有办理', 'Nothing was decided')
  const { unit, revision } = awaited
  const decided = await hub.decide({ unit, revision: revision.revision, decision, officer, words })
  if (!decided.ok) return refused(given, decided, '没有办理', 'Nothing was decided')
  say(given, { decided: revision.revision, decision }, `已办理 · Decided: ${revision.revision} ${decision}`)
  return await writeDirectives(given, hub, unit)
}

/** All directives of a unit as files, one a compartment: a PC that holds some of them takes in the rest. */
export async function writeDirectives(given: HubArguments, hub: Hub, unit: string): Promise<number> {
  const folder = resolve(given.out as string)
  mkdirSync(folder, { recursive: true })
  let code = 0
  for (const compartment of ['archive', 'discipline'] as const) {
    const bundle = await hub.directives(unit, compartment, 0)
    if (!bundle.ok) {
      if (bundle.error.code !== 'bundle/nothing-new')
        code = refused(given, bundle, '未写出上级交办', 'The directive was not written')
      continue
    }
    const path = join(folder, `${toHex(nodePrimitives.randomBytes(16))}.liandang`)
    writeFileAtomic(path, bundle.value)
    say(given, { directive: path, compartment }, `上级交办已写入 · The directive is written: ${path}`)
  }
  return code
}
