import { mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { toHex } from '../src-shared/kernel/bytes.ts'
import { err, ok, type Result } from '../src-shared/kernel/result.ts'
import { writeFileAtomic } from '../src-shared/node/files.ts'
import { nodePrimitives } from '../src-shared/node/primitives.ts'
import type { HubArguments } from './arguments.ts'
import type { Awaited } from './directives.ts'
import type { Hub } from './hub.ts'
import { hint, refused, say } from './say.ts'

/** As many digits of a revision as name it, nearly always. */
const shortest = 8

/** What may be answered to what was asked. */
const answers = {
  sign: [
    { decision: 'sign', words: '签署 · sign', needsWords: false },
    { decision: 'return', words: '退回 · return', needsWords: true },
  ],
  settle: [
    { decision: 'uphold', words: '采纳 · uphold', needsWords: false },
    { decision: 'reject', words: '不予采纳 · reject', needsWords: true },
  ],
} as const

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
  if (all.length === 0) hint(given, '没有等待上级办理的事项 · nothing waits')
  else
    hint(
      given,
      '',
      `下一步：查看一项 · next, read one: hub show ${all[0]?.revision.revision.slice(0, shortest)} --data ${given.data}`,
    )
  return 0
}

/**
 * The one that was named by the beginning of its revision, at least eight digits.
 *
 * Errors: `hub/revision-unknown`, `hub/revision-ambiguous`.
 */
async function named(given: HubArguments, hub: Hub): Promise<Result<Awaited>> {
  const [name = ''] = given.files
  const found = (await hub.awaited(given.unit)).filter(({ revision }) => revision.revision.startsWith(name))
  const [only] = found
  if (only === undefined) return err('hub/revision-unknown', { revision: name })
  return found.length === 1
    ? ok(only)
    : err('hub/revision-ambiguous', { revision: name, count: found.length })
}

/** Everything about one that waits. */
export async function showAwaited(given: HubArguments, hub: Hub): Promise<number> {
  const awaited = await named(given, hub)
  const text = awaited.ok ? await hub.describe(awaited.value) : awaited
  if (!awaited.ok || !text.ok) return refused(given, text, '不能显示', 'It cannot be shown')
  say(given, { text: text.value }, text.value)
  const { asks, revision } = awaited.value
  const typed = `hub decide ${revision.revision.slice(0, shortest)} --decision`
  const rest = `--officer 姓名 --out 文件夹 --data ${given.data}`
  hint(
    given,
    '',
    '下一步，选一条 · next, one of:',
    ...answers[asks].map(
      ({ decision, words, needsWords }) =>
        `  ${words}：${typed} ${decision} ${needsWords ? '--words 理由 ' : ''}${rest}`,
    ),
  )
  return 0
}

/** Signs what the officer decided and writes the directive for the unit. */
export async function decideOne(given: HubArguments, hub: Hub): Promise<number> {
  const { decision, officer, words } = given
  const awaited = await named(given, hub)
  if (!awaited.ok) return refused(given, awaited, '没有办理', 'Nothing was decided')
  const { unit, revision, asks } = awaited.value
  if (
    decision === undefined ||
    officer === undefined ||
    !answers[asks].some((one) => one.decision === decision)
  )
    return refused(
      given,
      err('hub/argument-wrong', { argument: '--decision', asks }),
      '没有办理',
      'Nothing was decided',
    )
  const decided = await hub.decide({ unit, revision: revision.revision, decision, officer, words })
  if (!decided.ok) return refused(given, decided, '没有办理', 'Nothing was decided')
  say(given, { decided: revision.revision, decision }, `已办理 · Decided: ${revision.revision} ${decision}`)
  const code = await writeDirectives(given, hub, unit)
  if (code === 0)
    hint(
      given,
      `下一步：把上面的文件交给单位 ${unit}，由其在“同步”里接收；联网的单位取回执时自动收到。`,
      'Next: hand these files to the unit, which takes them in under Sync; a unit on the network fetches them with its receipt.',
    )
  return code
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
