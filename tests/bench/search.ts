import { parseArgs } from 'node:util'
import MiniSearch from 'minisearch'
import type { Database } from '../../src-main/vault/database.ts'
import { factsByText } from '../../src-main/vault/listing-queries.ts'
import { newId } from '../../src-shared/kernel/ids.ts'
import { nodePrimitives } from '../../src-shared/node/primitives.ts'
import { indexTokens } from '../../src-shared/search/tokens.ts'
import { openBenchUnit } from './bench-unit.ts'
import { startPostgres, type PostgresPeer } from './postgres-peer.ts'

/**
 * The search in the texts of archived facts against PostgreSQL with pg_trgm and against MiniSearch: the same texts, the
 * same questions, the first 200 hits. `--revisions N` is how many texts there are (100,000; the design's figure is for
 * 1,000,000), `--memory N` how many of them MiniSearch is given at most, which keeps all in the memory of this process.
 */
const { values } = parseArgs({
  options: {
    revisions: { type: 'string', default: '100000' },
    memory: { type: 'string', default: '200000' },
    questions: { type: 'string', default: '200' },
  },
})
const revisions = Number(values.revisions)
const inMemory = Math.min(revisions, Number(values.memory))
const questions = Number(values.questions)
const most = 200
const aim = 1
const say = (text: string) => process.stderr.write(`${text}\n`)

let seed = 20_261_122
/** The same texts in every run. */
function draw(below: number): number {
  seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0
  return Math.floor((seed / 2 ** 32) * below)
}
const pick = <Item>(from: readonly Item[]): Item => from[draw(from.length)] as Item

const surnames = [...'王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕']
const given = [...'伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华建国文武志红玉兰梅春生海东晓峰云龙']
const places = ['清河镇', '白水村', '大湾村', '龙泉社区', '石桥村', '上坪村', '柳树村', '示例县', '梧桐街']
const things = [
  '商品住宅',
  '定期存款',
  '理财产品',
  '小型轿车',
  '借给同乡周转',
  '参加廉政教育',
  '公务接待',
  '年度考核',
]

const person = () => `${pick(surnames)}${pick(given)}${pick(given)}`
const text = () =>
  `${person()} ${pick(places)}${pick(given)}${pick(given)}路${draw(300)}号 ${pick(things)} 来源${person()}，${pick(things)}`

/** What people type: a whole name, part of an address, and a word that stands in very many texts. */
const asked = {
  'a name of three characters': Array.from({ length: questions }, person),
  'two characters': Array.from({ length: questions }, () => `${pick(given)}${pick(given)}`),
  'part of an address': Array.from(
    { length: questions },
    () => `${pick(given)}${pick(given)}路${draw(300)}号`,
  ),
  'a word of every eighth text': Array.from({ length: questions }, () => pick(things)),
} as const

function percentile(times: readonly number[], part: number): number {
  return times.toSorted((a, b) => a - b)[Math.min(times.length - 1, Math.floor(times.length * part))] ?? 0
}

interface Answer {
  readonly milliseconds: readonly number[]
  /** Hits of each question, at most {@link most}. */
  readonly hits: readonly number[]
}

function timed(all: readonly string[], ask: (words: string) => number): Answer {
  const milliseconds: number[] = []
  const hits: number[] = []
  for (const words of all) {
    const start = performance.now()
    hits.push(ask(words))
    milliseconds.push(performance.now() - start)
  }
  return { milliseconds, hits }
}

/** Rows as `refreshListing` writes them, with no log behind. */
function fillOurs(database: Database, texts: readonly string[]): void {
  const row = database.prepare('INSERT INTO fact_row (cadre, record, category) VALUES (?, ?, ?)')
  const words = database.prepare('INSERT INTO fact_text (rowid, words) VALUES (?, ?)')
  const step = 20_000
  for (let from = 0; from < texts.length; from += step) {
    database.transaction(() => {
      for (const one of texts.slice(from, from + step)) {
        const { lastInsertRowid } = row.run(newId(nodePrimitives), newId(nodePrimitives), 'C7')
        words.run(lastInsertRowid, indexTokens(one))
      }
    })()
  }
}

function fillPostgres(peer: PostgresPeer, texts: readonly string[]): void {
  const rows = texts.map((one, index) => `${index}\t${one}`).join('\n')
  peer.run(`CREATE EXTENSION pg_trgm; CREATE TABLE fact (id integer PRIMARY KEY, words text NOT NULL);
COPY fact FROM stdin;
${rows}
\\.
SET maintenance_work_mem = '256MB';
CREATE INDEX fact_words ON fact USING gin (words gin_trgm_ops); VACUUM ANALYZE fact;`)
}

/** Its own client's time of each question: in and out over the socket, as a call to the core has a pipe. */
function askPostgres(peer: PostgresPeer, all: readonly string[]): Answer {
  const script = all.map(
    (words) =>
      `SELECT count(*) FROM (SELECT id FROM fact WHERE words LIKE '%${words}%' LIMIT ${most}) AS found;`,
  )
  // The first opens the connection's caches and is not counted.
  const said = peer.run(['\\t on', '\\timing on', 'SELECT count(*) FROM fact;', ...script].join('\n'))
  const lines = said.split('\n').map((line) => line.trim())
  const numbers = lines.filter((line) => /^\d+$/.test(line)).map(Number)
  const times = lines.flatMap((line) => {
    const found = /^Time: ([\d.]+) ms/.exec(line)
    return found === null ? [] : [Number(found[1])]
  })
  return { milliseconds: times.slice(1), hits: numbers.slice(1) }
}

/** Pairs of characters, as the index of the product has them; it knows no phrases, so it may find more. */
function pairs(one: string): string[] {
  const letters = [...one.replaceAll(/\s/g, '')]
  return letters.slice(1).map((letter, index) => `${letters[index]}${letter}`)
}

function line(what: string, ours: Answer, theirs: readonly (readonly [string, Answer | null])[]): void {
  const p95 = percentile(ours.milliseconds, 0.95)
  const met = p95 <= aim ? 'met' : 'missed'
  process.stdout.write(
    `${what.padEnd(30)} ours ${p95.toFixed(2).padStart(8)} ms (median ${percentile(ours.milliseconds, 0.5).toFixed(2)})   aim ≤ ${aim} ms  ${met}\n`,
  )
  for (const [name, answer] of theirs) {
    const said =
      answer === null
        ? 'not here'
        : `${percentile(answer.milliseconds, 0.95).toFixed(2).padStart(8)} ms (median ${percentile(answer.milliseconds, 0.5).toFixed(2)})   ${(percentile(answer.milliseconds, 0.95) / p95).toPrecision(3)}× ours`
    process.stdout.write(`${''.padEnd(30)} ${name} ${said}\n`)
  }
}

say(`${revisions} texts …`)
const texts = Array.from({ length: revisions }, text)
const unit = await openBenchUnit(null)
const peer = startPostgres()
if (peer === null)
  say('PostgreSQL is not installed on this machine (package postgresql): compared with MiniSearch only')
try {
  const database = unit.vault.compartments.get('archive')?.database
  if (database === undefined) throw new Error('no archive')
  say('our index …')
  fillOurs(database, texts)
  if (peer !== null) {
    say(`PostgreSQL ${peer.version} …`)
    fillPostgres(peer, texts)
  }
  say('MiniSearch …')
  const mini = new MiniSearch<{ id: number; words: string }>({ fields: ['words'], tokenize: pairs })
  mini.addAll(texts.slice(0, inMemory).map((words, id) => ({ id, words })))
  process.stdout.write(
    `search in ${revisions.toLocaleString('en')} texts, p95 of ${questions} questions each\n`,
  )
  for (const [what, all] of Object.entries(asked)) {
    const search = (words: string) =>
      factsByText(database, { search: words, categories: null, apart: '[]', limit: most }).length
    timed(all.slice(0, 5), search)
    const ours = timed(all, search)
    const postgres = peer === null ? null : askPostgres(peer, all)
    if (postgres !== null && postgres.hits.join() !== ours.hits.join()) throw new Error(`${what}: other hits`)
    const theirs = timed(all, (words) => mini.search(words, { combineWith: 'AND' }).slice(0, most).length)
    line(what, ours, [
      [`PostgreSQL pg_trgm`, postgres],
      [`MiniSearch (${inMemory.toLocaleString('en')})`, theirs],
    ])
  }
} finally {
  unit.close()
  peer?.close()
}
