import { mkdirSync, readFileSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { destination, pino } from 'pino'
import { hubCardBytes } from '../src-shared/bundle/hub-card.ts'
import type { Result } from '../src-shared/kernel/result.ts'
import { writeFileAtomic } from '../src-shared/node/files.ts'
import { readArguments, usage, type HubArguments } from './arguments.ts'
import { openHub, type Hub } from './hub.ts'
import type { IngestReport } from './ingest.ts'
import { decideOne, listAwaited, showAwaited, writeDirectives } from './office.ts'
import { misused, refused, say } from './say.ts'
import { startHubServer } from './server.ts'
import { readTrust } from './trust.ts'

const given = readArguments(process.argv.slice(2))
if (given === 'help') {
  console.log(usage)
} else if ('code' in given) {
  process.exitCode = misused(given, process.argv.includes('--json'))
} else {
  process.exitCode = await run(given)
}

/** Returns the exit code: 0 when all that was asked for was done. */
async function run(given: HubArguments): Promise<number> {
  const { name, url } = given
  const makes = given.command === 'init' || given.command === 'serve'
  const opened = await openHub({
    dataDirectory: resolve(given.data),
    ...(makes ? { create: url === undefined ? { name } : { name, url } } : {}),
  })
  if (!opened.ok) return refused(given, opened, '无法打开节点', 'The node cannot be opened')
  const hub = opened.value
  if (given.command === 'serve') return await serve(given, hub)
  try {
    switch (given.command) {
      case 'init':
        say(given, { hub: hub.card.hub }, `节点已就绪 · The node is ready: ${hub.card.hub}`)
        return 0
      case 'card':
        writeFileAtomic(resolve(given.out as string), hubCardBytes(hub.card))
        say(given, { card: given.out as string }, `登记卡已写入 · The card is written: ${given.out}`)
        return 0
      case 'trust':
        return await trustAll(given, hub, given.files)
      case 'ingest':
        return await ingestAll(given, hub)
      case 'waiting':
        return await listAwaited(given, hub)
      case 'show':
        return await showAwaited(given, hub)
      case 'decide':
        return await decideOne(given, hub)
      case 'directives':
        return await writeDirectives(given, hub, given.unit as string)
    }
  } finally {
    await hub.close()
  }
}

async function trustAll(given: HubArguments, hub: Hub, files: readonly string[]): Promise<number> {
  let code = 0
  for (const file of files) {
    const trust = readTrust(readFileOr(file))
    const registered = trust.ok ? await hub.trust(trust.value) : trust
    if (!registered.ok || !trust.ok) {
      code = refused(given, registered, `未登记 ${basename(file)}`, `${basename(file)} was not registered`)
      continue
    }
    const { unit } = trust.value
    say(given, { trusted: unit }, `已登记单位 · The unit is registered: ${unit}`)
  }
  return code
}

/** A stick names its files at random, and what one bundle needs another may bring: those wait for the others. */
async function ingestAll(given: HubArguments, hub: Hub): Promise<number> {
  const receipts = resolve(given.receipts as string)
  mkdirSync(receipts, { recursive: true })
  let code = 0
  let waiting = given.files
  while (waiting.length > 0) {
    const early = new Map<string, Result<unknown>>()
    for (const file of waiting) {
      const report = await hub.ingest(resolve(file))
      if (report.ok) tellTaken(given, file, receipts, report.value)
      else if (report.error.code === 'bundle/missing-prerequisite') early.set(file, report)
      else code = notTaken(given, file, report)
    }
    if (early.size === waiting.length) {
      for (const [file, report] of early) code = notTaken(given, file, report)
      return code
    }
    waiting = [...early.keys()]
  }
  return code
}

const handWords = {
  author: '录入 · entered',
  reviewer: '复核 · reviewed',
  adjudicator: '专题审核 · adjudicated',
  signer: '签字 · signed',
} as const

function tellTaken(given: HubArguments, file: string, receipts: string, report: IngestReport): void {
  const { bundle, repeated, commits, voids, ties, receipt } = report
  const path = join(receipts, `${bundle}.receipt.liandang`)
  writeFileAtomic(path, receipt)
  const before = repeated ? '（此前已接收 · taken in before）' : ''
  const line = `已接收 · Taken in: ${basename(file)}${before}，变更 ${commits}，无效 ${voids} · commits ${commits}, void ${voids} → ${path}`
  const named = ties.named.map(
    ({ record, category, member, as }) =>
      `  △ 上下级回避 · Reporting line: ${category} ${record}，${member}（${handWords[as]}）`,
  )
  const rest = ties.count - ties.named.length
  const more = rest === 0 ? [] : [`  △ 另有 ${rest} 处 · ${rest} more`]
  say(given, { bundle, repeated, commits, voids, ties, receipt: path }, [line, ...named, ...more].join('\n'))
}

function notTaken(given: HubArguments, file: string, report: Result<unknown>): number {
  return refused(given, report, `未接收 ${basename(file)}`, `${basename(file)} was not taken in`)
}

async function serve(given: HubArguments, hub: Hub): Promise<number> {
  const trusted = await trustAll(given, hub, given.trust)
  if (trusted !== 0) {
    await hub.close()
    return trusted
  }
  const log = pino({ name: 'liandang-hub' }, destination({ dest: 2, sync: true }))
  const server = await startHubServer(hub, { port: given.port, host: given.host, log })
  say(given, { listening: server.address }, `上级节点已启动 · The node is running: ${server.address}`)
  await new Promise<void>((stop) => {
    process.once('SIGINT', () => stop())
    process.once('SIGTERM', () => stop())
    process.once('disconnect', () => stop())
  })
  // A channel to a parent keeps the process alive as long as someone listens on it.
  if (process.connected) process.disconnect()
  await server.close()
  await hub.close()
  return 0
}

function readFileOr(file: string): Uint8Array {
  try {
    return new Uint8Array(readFileSync(resolve(file)))
  } catch {
    return new Uint8Array(0)
  }
}
