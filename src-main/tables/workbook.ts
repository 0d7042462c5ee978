import { numberShape, type NumberShape } from '../../src-shared/import/cells.ts'
import { cellString } from '../../src-shared/import/cells.ts'
import { err, type Err } from '../../src-shared/kernel/result.ts'
import type { WorkbookLimits } from './limits.ts'
import { Refusal } from './refusal.ts'
import { readXml } from './xml.ts'
import { openZip, type ZipParts } from './zip-parts.ts'

export interface WorkbookSheet {
  readonly name: string
  readonly hidden: boolean
  readonly part: string
}

/** A workbook without its rows: SpreadsheetML, ECMA-376 part 1, clause 18. */
export interface Workbook {
  readonly parts: ZipParts
  readonly sheets: readonly WorkbookSheet[]
  readonly uses1904: boolean
  readonly hasMacros: boolean
  readonly hasExternalLinks: boolean
  readonly stringsPart: string | null
  readonly stylesPart: string | null
}

export const brokenWorkbook = (reason: string): Err => err('import/broken-workbook', { reason })

const smallPartDepth = 32

interface Relationship {
  readonly id: string
  readonly type: string
  readonly target: string
}

/**
 * Opens a package and reads which sheets it has. Throws {@link Refusal}: `import/broken-workbook`, `import/bomb`,
 * `import/forbidden-xml`, `import/encrypted`, `import/not-a-table` for packages of other programs.
 */
export async function openWorkbook(bytes: Buffer, limits: WorkbookLimits): Promise<Workbook> {
  const parts = await openZip(bytes, limits)
  if (!parts.names.includes('_rels/.rels'))
    throw new Refusal(err('import/not-a-table', { reason: 'package' }))
  const main = (await relationships(parts, '_rels/.rels', '')).find((one) => one.type === 'officeDocument')
  if (main === undefined || !main.target.endsWith('.xml')) {
    throw new Refusal(err('import/not-a-table', { reason: 'package' }))
  }
  const folder = main.target.slice(0, main.target.lastIndexOf('/') + 1)
  const own = `${folder}_rels/${main.target.slice(folder.length)}.rels`
  const related = await relationships(parts, own, folder)
  const listed: { name: string; hidden: boolean; id: string }[] = []
  let root: string | null = null
  let uses1904 = false
  await readXml(
    parts.read(main.target),
    {
      open(name, attributes) {
        root ??= name
        if (name === 'workbookPr') uses1904 = isTrue(attributes['date1904'])
        if (name !== 'sheet' || listed.length >= limits.entries) return
        const id = Object.entries(attributes).find(([key]) => key === 'id' || key.endsWith(':id'))?.[1] ?? ''
        const hidden = (attributes['state'] ?? 'visible') !== 'visible'
        listed.push({ name: cellString(attributes['name'] ?? ''), hidden, id })
      },
    },
    smallPartDepth,
    brokenWorkbook,
  )
  if (root !== 'workbook') throw new Refusal(err('import/not-a-table', { reason: 'package' }))
  const sheets = listed.flatMap(({ name, hidden, id }) => {
    const found = related.find((one) => one.id === id && one.type === 'worksheet')
    return found === undefined ? [] : [{ name, hidden, part: found.target }]
  })
  if (sheets.length === 0) throw new Refusal(brokenWorkbook('no-sheet'))
  const partOf = (type: string) => related.find((one) => one.type === type)?.target ?? null
  return {
    parts,
    sheets,
    uses1904,
    hasMacros: parts.names.some((name) => /vbaProject\.bin$|\/macrosheets\//i.test(name)),
    hasExternalLinks: related.some((one) => one.type === 'externalLink'),
    stringsPart: partOf('sharedStrings'),
    stylesPart: partOf('styles'),
  }
}

function isTrue(value: string | undefined): boolean {
  return value === '1' || value === 'true'
}

/** Parts of this package only: a target outside it is never followed. */
async function relationships(
  parts: ZipParts,
  name: string,
  folder: string,
): Promise<readonly Relationship[]> {
  const found: Relationship[] = []
  if (!parts.names.includes(name)) return found
  await readXml(
    parts.read(name),
    {
      open(tag, attributes) {
        if (tag !== 'Relationship') return
        const { Id: id = '', Type: uri = '', Target: written = '' } = attributes
        const type = uri.slice(uri.lastIndexOf('/') + 1)
        if (attributes['TargetMode'] === 'External') return
        found.push({ id, type, target: partName(written, folder) })
      },
    },
    smallPartDepth,
    brokenWorkbook,
  )
  return found
}

function partName(target: string, folder: string): string {
  if (target.startsWith('/')) return target.slice(1)
  const steps: string[] = []
  for (const step of `${folder}${target}`.split('/')) {
    if (step === '..') steps.pop()
    else if (step !== '.') steps.push(step)
  }
  return steps.join('/')
}

/** The texts that cells name by number; of rich text the words, without phonetic guides. */
export async function readStrings(workbook: Workbook, limits: WorkbookLimits): Promise<readonly string[]> {
  const { parts, stringsPart } = workbook
  if (stringsPart === null) return []
  const strings: string[] = []
  let characters = 0
  let item = ''
  let isText = false
  let phonetic = 0
  await readXml(
    parts.read(stringsPart),
    {
      open(name) {
        if (name === 'si') item = ''
        else if (name === 'rPh') phonetic += 1
        else isText = name === 't' && phonetic === 0
      },
      text(text) {
        if (isText) item += text
        if (item.length > limits.cellLength) throw tooLong(limits)
      },
      close(name) {
        if (name === 't') isText = false
        else if (name === 'rPh') phonetic -= 1
        else if (name === 'si') {
          characters += item.length
          if (strings.length >= limits.sharedStrings || characters > limits.sharedCharacters) {
            throw new Refusal(err('import/bomb', { reason: 'strings' }))
          }
          strings.push(cellString(item))
        }
      },
    },
    limits.depth,
    brokenWorkbook,
  )
  return strings
}

export function tooLong(limits: WorkbookLimits): Refusal {
  return new Refusal(err('import/too-large', { reason: 'cell', limit: limits.cellLength }))
}

const maximumStyles = 100_000

/** For each style that cells name by number, what its numbers are shown as. */
export async function readShapes(
  workbook: Workbook,
  limits: WorkbookLimits,
): Promise<readonly NumberShape[]> {
  const { parts, stylesPart } = workbook
  if (stylesPart === null) return []
  const formats = new Map<number, string>()
  const used: number[] = []
  let within = false
  await readXml(
    parts.read(stylesPart),
    {
      open(name, attributes) {
        if (formats.size + used.length > maximumStyles)
          throw new Refusal(err('import/bomb', { reason: 'styles' }))
        if (name === 'numFmt') formats.set(Number(attributes['numFmtId']), attributes['formatCode'] ?? '')
        else if (name === 'cellXfs') within = true
        else if (name === 'xf' && within) used.push(Number(attributes['numFmtId'] ?? 0))
      },
      close(name) {
        if (name === 'cellXfs') within = false
      },
    },
    limits.depth,
    brokenWorkbook,
  )
  return used.map((id) => numberShape(id, formats.get(id) ?? null))
}
