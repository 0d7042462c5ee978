import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { chromium as browserType, type Page } from '@playwright/test'
import { chromium, chromiumArguments } from '../../scripts/chromium.mjs'
import { findSystemTool, systemToolAdvice } from '../../scripts/system-tool.mjs'
import { rowsByName } from '../../src-main/vault/listing-queries.ts'
import { commitAs } from '../../src-main/vault/vault.ts'
import { newId } from '../../src-shared/kernel/ids.ts'
import { prepareBody } from '../../src-shared/log/header.ts'
import type { Operation } from '../../src-shared/log/operations.ts'
import { nodePrimitives } from '../../src-shared/node/primitives.ts'
import { logIn } from '../e2e/support/desk.ts'
import { startApplication } from '../e2e/support/application.ts'
import type { Member } from '../e2e/support/people.ts'
import { say as words } from '../e2e/support/words.ts'
import { benchPassword, openBenchUnit, type BenchUnit } from './bench-unit.ts'

/**
 * The list of dossiers in the browser of this machine: how long its frames take while it is scrolled, how long it takes
 * until another filter is on the screen, and how long the search for a name takes in the database.
 * `--dossiers N` is how many there are (100,000).
 */
const { values } = parseArgs({ options: { dossiers: { type: 'string', default: '100000' } } })
const dossiers = Number(values.dossiers)
const say = (text: string) => process.stderr.write(`${text}\n`)

const surnames = [...'王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕']
const given = [...'伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华建国文武志红玉兰梅春生海东晓峰云龙']
const posts = ['科员', '副主任', '主任', '所长', '会计', '副镇长', '支部书记', '村委会主任']

let seed = 20_261_122
/** The same names in every run. */
function draw(below: number): number {
  seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0
  return Math.floor((seed / 2 ** 32) * below)
}

function nameOfOne(): string {
  const pick = (from: readonly string[]) => from[draw(from.length)] ?? ''
  return `${pick(surnames)}${pick(given)}${draw(3) === 0 ? '' : pick(given)}`
}

/** Opens dossiers as an import does: signed, stored and projected, a thousand a commit. */
function openDossiers({ vault }: BenchUnit, count: number): void {
  const at = '2026-01-01T00:00:00.000Z'
  for (let from = 0; from < count; from += 1000) {
    const operations: Operation[] = []
    const bodies = []
    for (let index = from; index < Math.min(count, from + 1000); index++) {
      const post = posts[draw(posts.length)] ?? ''
      const body = prepareBody(nodePrimitives, { name: nameOfOne(), identityNumber: null, post })
      operations.push({ op: 'cadre.open', entity: newId(nodePrimitives), digest: body.digest })
      bodies.push(body)
    }
    const done = commitAs(vault, 'archive', 'collector', at, operations, bodies)
    if (!done.ok) throw new Error(done.error.code)
  }
}

function percentile(times: readonly number[], part: number): number {
  return times.toSorted((a, b) => a - b)[Math.min(times.length - 1, Math.floor(times.length * part))] ?? 0
}

function line(what: string, milliseconds: number, aim: number): void {
  const met = milliseconds <= aim ? 'met' : 'missed'
  process.stdout.write(
    `${what.padEnd(58)} ${milliseconds.toFixed(2).padStart(9)} ms   aim ≤ ${aim} ms  ${met}\n`,
  )
}

/** Names, parts of names and initials, each asked for the first page as the list does. */
function searchTimes({ vault }: BenchUnit): readonly number[] {
  const database = vault.compartments.get('archive')?.database
  if (database === undefined) throw new Error('no archive')
  const times: number[] = []
  for (let run = 0; run < 1000; run++) {
    const name = nameOfOne()
    const start = performance.now()
    rowsByName(database, name, 200)
    times.push(performance.now() - start)
  }
  return times
}

/** Times between frames while the list is scrolled by the wheel, by jumps of the scroll bar, and by keys. */
async function frameTimes(page: Page): Promise<readonly number[]> {
  return await page.evaluate(async () => {
    const body = document.querySelector('.beside-list .vtable-body')
    if (body === null) throw new Error('no list')
    const times: number[] = []
    let last: number | null = null
    const frame = () => new Promise<number>((resolve) => requestAnimationFrame(resolve))
    for (let step = 0; step < 900; step++) {
      if (step % 150 === 149) body.scrollTop = (body.scrollHeight * ((step * 7) % 11)) / 11
      else body.scrollTop += step % 300 < 150 ? 120 : 1200
      const now = await frame()
      if (last !== null) times.push(now - last)
      last = now
    }
    return times
  })
}

/** From the key that is pressed in the address to the number of the new list on the screen; no filter twice. */
async function filterTimes(page: Page): Promise<readonly number[]> {
  const filters = ['', '&order=down', '&sort=changed&order=down'].flatMap((order) =>
    posts.map((post) => `post=${encodeURIComponent(post)}${order}`),
  )
  return await page.evaluate(async (all) => {
    const times: number[] = []
    const foot = () => document.querySelector('.beside-foot')?.textContent ?? ''
    for (const filter of all) {
      const before = foot()
      const start = performance.now()
      window.location.hash = `#/dossiers?${filter}`
      while (foot() === before) await new Promise((resolve) => requestAnimationFrame(resolve))
      times.push(performance.now() - start)
    }
    return times
  }, filters)
}

const executablePath = findSystemTool(chromium)
if (executablePath === undefined) throw new Error(systemToolAdvice(chromium))
const unit = await openBenchUnit(null)
try {
  say(`${dossiers} dossiers …`)
  openDossiers(unit, dossiers)
  searchTimes(unit)
  const { directory } = unit.vault.layout
  const application = await startApplication({
    directory,
    vault: directory,
    home: directory,
    temporary: directory,
    clock: join(directory, 'no-clock'),
    remove: () => undefined,
  })
  const browser = await browserType.launch({ executablePath, args: [...chromiumArguments] })
  try {
    const page = await browser.newPage({ locale: 'zh-CN', viewport: { width: 1366, height: 768 } })
    await page.goto(await application.newAddress())
    const member: Member = {
      name: 'collector',
      login: 'collector',
      password: benchPassword,
      role: 'collector',
      cleared: false,
    }
    await logIn(page, member)
    await page.evaluate(() => {
      window.location.hash = '#/dossiers'
    })
    await page.getByText(words('dossiers.total', { total: dossiers.toLocaleString('en-US') })).waitFor()
    say('scrolling …')
    const frames = await frameTimes(page)
    const filters = await filterTimes(page)
    process.stdout.write(`${dossiers.toLocaleString('en')} dossiers, ${frames.length} frames\n`)
    line('longest frame while scrolling', Math.max(...frames), 50)
    line('p95 of frames', percentile(frames, 0.95), 16.8)
    line('another filter on the screen, p95', percentile(filters, 0.95), 100)
  } finally {
    await browser.close()
    await application.stop()
  }
  line('search for a name in the database, p95', percentile(searchTimes(unit), 0.95), 1)
} finally {
  unit.close()
}
