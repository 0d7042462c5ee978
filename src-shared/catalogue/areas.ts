import { fault, parsed, type Parsed } from './findings.ts'
import type { CodeTable } from './schema.ts'
import { halfWidth } from './text.ts'

/**
 * Areas are a code table whose codes are those of GB/T 2260: two digits of the province, two of the prefecture, two of
 * the county. Labels are whole (`贵州省遵义市播州区`), so a label alone says which area is meant.
 */

interface AreaIndex {
  readonly labels: ReadonlyMap<string, string>
  /** The areas right below an area, by its code; the provinces by the empty text. */
  readonly below: ReadonlyMap<string, readonly string[]>
  /** Words for an area, its short forms too; null where a word means several. */
  readonly words: ReadonlyMap<string, string | null>
}

const indexes = new WeakMap<CodeTable, AreaIndex>()

// 黔东南苗族侗族自治州 is 黔东南 for short, 宁夏回族自治区 is 宁夏.
const peoples =
  '蒙古|维吾尔|哈萨克|柯尔克孜|塔吉克|达斡尔|鄂温克|鄂伦春|朝鲜|布依|土家|景颇|哈尼|傈僳|纳西|拉祜|仡佬|毛南|仫佬|' +
  '东乡|保安|撒拉|裕固|锡伯|独龙|普米|布朗|各|壮|回|苗|侗|彝|藏|羌|满|瑶|黎|畲|傣|白|佤|水|土|怒'
const suffix = new RegExp(
  `(?:特别行政区|(?:壮族|回族|维吾尔)?自治区|(?:(?:${peoples})族?)*自治[州县旗]|地区|[省市州盟县区旗])$`,
  'u',
)

function indexOf(table: CodeTable): AreaIndex {
  const known = indexes.get(table)
  if (known !== undefined) return known
  const labels = new Map(table.items.map(({ code, label }) => [code, label]))
  const below = new Map<string, string[]>()
  const words = new Map<string, string | null>()
  const put = (word: string, code: string) => {
    const before = words.get(word)
    words.set(word, before === undefined || before === code ? code : null)
  }
  for (const { code } of table.items) {
    const parent = parentOf(labels, code)
    below.set(parent, [...(below.get(parent) ?? []), code])
    const steps = pathOf(labels, code)
    const names = steps.map((step) => ownName(labels, step))
    for (const word of wordsFor(names)) put(word, code)
  }
  // A whole label or a code is never ambiguous, whatever short forms say.
  for (const { code, label } of table.items) words.set(label, code).set(code, code)
  const index = { labels, below, words }
  indexes.set(table, index)
  return index
}

/**
 * What people write for an area: each part whole or short, with or without those above it. A county alone has to be
 * written whole.
 */
function wordsFor(names: readonly string[]): ReadonlySet<string> {
  const both = (name: string | undefined) => (name === undefined ? [] : [name, shortName(name)])
  const [province, ...rest] = names
  const ways = [names, rest, ...(rest.length === 2 ? [[province ?? '', rest[1] ?? '']] : [])]
  const written = ways
    .filter((way) => way.length > 0)
    .flatMap((way) =>
      way.map(both).reduce((heads, ends) => heads.flatMap((head) => ends.map((end) => head + end))),
    )
  return new Set([...written, names.at(-1) ?? ''])
}

function shortName(name: string): string {
  const short = name.replace(suffix, '')
  return [...short].length < 2 ? name : short
}

/** The code of the area that an area lies in; empty for a province. */
function parentOf(labels: ReadonlyMap<string, string>, code: string): string {
  if (code.endsWith('0000')) return ''
  const prefecture = `${code.slice(0, 4)}00`
  // Counties right below a province, as in Beijing or Hainan, have no prefecture of their own.
  return prefecture !== code && labels.has(prefecture) ? prefecture : `${code.slice(0, 2)}0000`
}

function pathOf(labels: ReadonlyMap<string, string>, code: string): readonly string[] {
  const parent = parentOf(labels, code)
  return parent === '' || !labels.has(parent) ? [code] : [...pathOf(labels, parent), code]
}

function ownName(labels: ReadonlyMap<string, string>, code: string): string {
  const label = labels.get(code) ?? code
  const above = labels.get(parentOf(labels, code))
  return above !== undefined && label.startsWith(above) ? label.slice(above.length) : label
}

/** Provinces, or the areas right below one, each with its own name without those above it. */
export function areasBelow(
  table: CodeTable,
  code: string,
): readonly { readonly code: string; readonly name: string }[] {
  const { labels, below } = indexOf(table)
  return (below.get(code) ?? []).map((one) => ({ code: one, name: ownName(labels, one) }))
}

/** The codes from the province down to the area itself; empty where the table does not know it. */
export function areaPath(table: CodeTable, code: string): readonly string[] {
  const { labels } = indexOf(table)
  return labels.has(code) ? pathOf(labels, code) : []
}

/** The area of the first six digits of an identity number; where it was withdrawn, the nearest above that stands. */
export function areaOfIdentity(table: CodeTable, number: string): string | null {
  const { labels } = indexOf(table)
  const [county, prefecture] = [number.slice(0, 6), `${number.slice(0, 4)}00`]
  return [county, prefecture, `${number.slice(0, 2)}0000`].find((code) => labels.has(code)) ?? null
}

/**
 * An area as its code, its whole name (`贵州省遵义市播州区`, also with spaces or `-` between the parts) or a short form
 * that means one area only (`贵州遵义`, `遵义市`).
 *
 * Faults: `code-unknown`, `area-ambiguous`.
 */
export function parseArea(table: CodeTable, input: string): Parsed<string> {
  const text = halfWidth(input)
    .normalize('NFC')
    .replace(/[\s/·>、,-]+/gu, '')
  const code = indexOf(table).words.get(text)
  if (code === null) return fault('area-ambiguous')
  return code === undefined ? fault('code-unknown') : parsed(code)
}
