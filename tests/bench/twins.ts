import { parseArgs } from 'node:util'
import MiniSearch from 'minisearch'
import { foundPairs, refreshTwins, type ListedPerson } from '../../src-main/vault/twin-index.ts'
import { weighPair } from '../../src-shared/duplicates/weigh.ts'
import { newId } from '../../src-shared/kernel/ids.ts'
import { nodePrimitives } from '../../src-shared/node/primitives.ts'
import { openBenchUnit } from './bench-unit.ts'

/**
 * The search for duplicates: the whole index, one dossier that changed, all pairs; against comparing each dossier with
 * each, and against asking MiniSearch for everybody's namesakes. `--dossiers N` is how many there are (100,000), `--sample N`
 * how many of them the others are given, whose time is then reckoned for all.
 */
const { values } = parseArgs({
  options: { dossiers: { type: 'string', default: '100000' }, sample: { type: 'string', default: '2000' } },
})
const dossiers = Number(values.dossiers)
const sample = Math.min(dossiers, Number(values.sample))

const surnames = [...'王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕']
const given = [...'伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华建国文武志红玉兰梅春生海东晓峰云龙']
const posts = ['科员', '副主任', '主任', '所长', '会计', '副镇长', '支部书记', '村委会主任']

let seed = 20_261_122
/** The same people in every run. */
function draw(below: number): number {
  seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0
  return Math.floor((seed / 2 ** 32) * below)
}
const pick = (from: readonly string[]) => from[draw(from.length)] ?? ''
const two = (value: number) => String(value).padStart(2, '0')

function personIn(row: number): ListedPerson {
  const day = `${1960 + draw(40)}${two(1 + draw(12))}${two(1 + draw(28))}`
  const identityNumber = draw(10) === 0 ? null : `1101${two(draw(20))}${day}${two(draw(100))}${draw(10)}X`
  const birth = identityNumber === null ? null : `${day.slice(0, 4)}-${day.slice(4, 6)}-${day.slice(6)}`
  const name = `${pick(surnames)}${pick(given)}${pick(given)}`
  return { row, cadre: newId(nodePrimitives), name, identityNumber, birth, post: pick(posts), unit: null }
}

function timed(what: string, work: () => number): void {
  const start = performance.now()
  const count = work()
  const milliseconds = performance.now() - start
  process.stdout.write(`${what.padEnd(62)} ${milliseconds.toFixed(1).padStart(12)} ms   ${count}\n`)
}

const people = Array.from({ length: dossiers }, (_, index) => personIn(index + 1))
const unit = await openBenchUnit(null)
try {
  const database = unit.vault.compartments.get('archive')?.database
  if (database === undefined) throw new Error('no archive')
  const insert = database.prepare(
    `INSERT INTO dossier_line (row, cadre, name, pinyin, post, unit, identity_reversed, birth, changed_at,
       have_a, have_b, have_c, have_d, have_e) VALUES (?, ?, ?, '', ?, ?, ?, ?, '', 0, 0, 0, 0, 0)`,
  )
  database.transaction(() => {
    for (const { row, cadre, name, post, unit: place, identityNumber, birth } of people) {
      const reversed = identityNumber === null ? null : [...identityNumber].reverse().join('')
      insert.run(row, cadre, name, post, place, reversed, birth)
    }
  })()
  timed(`index of ${dossiers.toLocaleString('en')} dossiers, 250 a call`, () => {
    let calls = 1
    while (refreshTwins(database) > 0) calls += 1
    return calls
  })
  database.prepare(`UPDATE dossier_line SET post = '调研员' WHERE row = 7`).run()
  timed('one dossier that changed', () => refreshTwins(database))
  timed('all pairs, weighed', () => foundPairs(database, (person) => person).length)
  const some = people.slice(0, sample)
  const start = performance.now()
  let found = 0
  for (const [index, one] of some.entries())
    for (const other of some.slice(index + 1)) if (weighPair(one, other, false) !== null) found += 1
  const each = ((performance.now() - start) * (dossiers / sample) ** 2) / 1000
  process.stdout.write(
    `${'each with each, reckoned from the sample'.padEnd(62)} ${each.toFixed(1).padStart(12)} s    ${found}\n`,
  )
  const mini = new MiniSearch<{ id: number; name: string }>({ fields: ['name'], tokenize: (name) => [name] })
  timed(`MiniSearch, ${sample.toLocaleString('en')} namesakes asked for among all`, () => {
    mini.addAll(people.map(({ row, name }) => ({ id: row, name })))
    return some.reduce((sum, { name }) => sum + mini.search(name).length, 0)
  })
} finally {
  unit.close()
}
