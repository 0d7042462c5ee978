import { crc32, deflateRawSync } from 'node:zlib'
import { fc } from '../helpers/properties.ts'
import { beforeAll, describe, expect, test } from 'vitest'
import { openOnThread } from '../../src-main/jobs/table-thread.ts'
import { openSource } from '../../src-main/services/import/source.ts'
import { readForm } from '../../src-main/tables/form-file.ts'
import { workbookLimits, type WorkbookLimits } from '../../src-main/tables/limits.ts'
import { Refusal } from '../../src-main/tables/refusal.ts'
import { sheetRows } from '../../src-main/tables/sheet-rows.ts'
import { openWorkbook, readShapes, readStrings } from '../../src-main/tables/workbook.ts'
import type { TableRow } from '../../src-shared/import/rows.ts'
import { appointmentForm, workbookBytes } from '../helpers/workbooks.ts'
import { shippedCatalogue } from '../unit/catalogue/helpers.ts'

const catalogue = shippedCatalogue()

interface Part {
  readonly name: string
  readonly content: Buffer
  /** What the directory claims instead of the truth. */
  readonly size?: number
}

/** A ZIP archive, APPNOTE 4.3, with whatever its directory claims. */
function zip(parts: readonly Part[]): Buffer {
  const local: Buffer[] = []
  const central: Buffer[] = []
  let offset = 0
  for (const { name, content, size = content.length } of parts) {
    const packed = deflateRawSync(content, { level: 9 })
    const common = Buffer.alloc(26)
    common.writeUInt16LE(20, 0)
    common.writeUInt16LE(0x0800, 2)
    common.writeUInt16LE(8, 4)
    common.writeUInt32LE(crc32(content), 10)
    common.writeUInt32LE(packed.length, 14)
    common.writeUInt32LE(size, 18)
    common.writeUInt16LE(Buffer.byteLength(name), 22)
    const head = Buffer.concat([Buffer.from('PK\x03\x04'), common, Buffer.from(name)])
    const tail = Buffer.alloc(14)
    tail.writeUInt32LE(offset, 10)
    central.push(Buffer.from('PK\x01\x02'), Buffer.from([20, 0]), common, tail, Buffer.from(name))
    local.push(head, packed)
    offset += head.length + packed.length
  }
  const directory = Buffer.concat(central)
  const end = Buffer.alloc(18)
  end.writeUInt16LE(parts.length, 4)
  end.writeUInt16LE(parts.length, 6)
  end.writeUInt32LE(directory.length, 8)
  end.writeUInt32LE(offset, 12)
  return Buffer.concat([...local, directory, Buffer.from('PK\x05\x06'), end])
}

const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const rootRels = `<Relationships><Relationship Id="r" Type="${office}/officeDocument" Target="xl/workbook.xml"/></Relationships>`
const bookRels = `<Relationships><Relationship Id="s" Type="${office}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`
const book = `<workbook xmlns:r="x"><sheets><sheet name="表" sheetId="1" r:id="s"/></sheets></workbook>`

function parts(sheet: string | Buffer, changes: Readonly<Record<string, string>> = {}): readonly Part[] {
  const all: Readonly<Record<string, string | Buffer>> = {
    '_rels/.rels': rootRels,
    'xl/workbook.xml': book,
    'xl/_rels/workbook.xml.rels': bookRels,
    'xl/worksheets/sheet1.xml': sheet,
    ...changes,
  }
  return Object.entries(all).map(([name, content]) => ({ name, content: Buffer.from(content) }))
}

const sheetOf = (rows: string): string => `<worksheet><sheetData>${rows}</sheetData></worksheet>`
const row = (number: number, text: string): string =>
  `<row r="${number}"><c r="A${number}" t="inlineStr"><is><t>${text}</t></is></c></row>`

async function read(
  bytes: Buffer,
  limits: WorkbookLimits = workbookLimits,
): Promise<readonly TableRow[] | string> {
  try {
    const workbook = await openWorkbook(bytes, limits)
    const context = {
      strings: await readStrings(workbook, limits),
      shapes: await readShapes(workbook, limits),
      uses1904: workbook.uses1904,
      merges: [],
      limits,
    }
    const rows: TableRow[] = []
    const seen = { hiddenRows: 0, hiddenColumns: [] }
    for await (const some of sheetRows(workbook.parts.read(workbook.sheets[0]!.part), context, seen))
      rows.push(...some)
    return rows
  } catch (thrown) {
    if (thrown instanceof Refusal) return thrown.result.error.code
    throw thrown
  }
}

async function refusalOfThread(bytes: Buffer): Promise<string> {
  const opened = await openOnThread({ bytes, sheet: null }, undefined)
  if (!opened.ok) return opened.error.code
  for await (const one of opened.value.rows()) if (!one.ok) return one.error.code
  return 'read'
}

test('the workbook that these attacks start from is read', async () => {
  expect(await read(zip(parts(sheetOf(row(1, '甲') + row(2, '乙')))))).toEqual([
    { row: 1, cells: ['甲'] },
    { row: 2, cells: ['乙'] },
  ])
})

describe('a bomb is refused before it goes off', () => {
  test('by its ratio', async () => {
    const bytes = zip(parts(Buffer.alloc(64 * 1024 * 1024, 0x20)))
    expect(bytes.length).toBeLessThan(1024 * 1024)
    expect(await refusalOfThread(bytes)).toBe('import/bomb')
  })

  test('by what its directory adds up to', async () => {
    const lying = parts(sheetOf('')).map((part) => ({ ...part, size: 1024 * 1024 * 1024 }))
    expect(await read(zip(lying))).toBe('import/bomb')
  })

  test('by a part that is larger than the directory says', async () => {
    const [first, ...rest] = parts(sheetOf(row(1, '甲'.repeat(10_000)))).toReversed()
    expect(await read(zip([...rest, { ...first!, size: 10 }]))).toBe('import/broken-workbook')
  })

  test('by its number of parts', async () => {
    const many = Array.from({ length: 3000 }, (_, index) => ({
      name: `x/${index}`,
      content: Buffer.from(''),
    }))
    expect(await read(zip([...parts(sheetOf('')), ...many]))).toBe('import/bomb')
  })

  test('by its shared strings', async () => {
    const strings = `<sst>${'<si><t>甲</t></si>'.repeat(200)}</sst>`
    const rels = bookRels.replace(
      '</Relationships>',
      `<Relationship Id="t" Type="${office}/sharedStrings" Target="sharedStrings.xml"/></Relationships>`,
    )
    const bytes = zip(
      parts(sheetOf(''), { 'xl/sharedStrings.xml': strings, 'xl/_rels/workbook.xml.rels': rels }),
    )
    expect(await read(bytes, { ...workbookLimits, sharedStrings: 100 })).toBe('import/bomb')
    expect(await read(bytes)).toEqual([])
  })
})

describe('a sheet beyond its bounds is refused', () => {
  test('ten million rows', async () => {
    // As much as a program that writes rows without an end would deliver, without the disk space for it.
    const line = '<row><c t="inlineStr"><is><t>甲</t></is></c></row>'
    const body = Buffer.from(line.repeat(1000))
    const pieces = async function* () {
      yield Buffer.from('<worksheet><sheetData>')
      for (let index = 0; index < 10_000; index++) yield body
    }
    const context = { strings: [], shapes: [], uses1904: false, merges: [], limits: workbookLimits }
    let rows = 0
    const all = async () => {
      for await (const some of sheetRows(pieces(), context, { hiddenRows: 0, hiddenColumns: [] }))
        rows += some.length
    }
    await expect(all()).rejects.toMatchObject({ message: 'import/too-many-rows' })
    expect(rows).toBeLessThanOrEqual(workbookLimits.rows)
  })

  test.each([
    ['a row beyond the last of a sheet', row(1_048_577, '甲'), 'import/too-many-rows'],
    ['a column beyond those that are read', '<row r="1"><c r="ZZ1"><v>1</v></c></row>', 'import/too-large'],
    [
      'a column beyond the last of a sheet',
      '<row r="1"><c r="ZZZ1"><v>1</v></c></row>',
      'import/broken-workbook',
    ],
    ['a cell of a megabyte', row(1, 'x'.repeat(1_000_000)), 'import/too-large'],
    ['rows in no order', row(2, '甲') + row(1, '乙'), 'import/broken-workbook'],
    [
      'a string that there is none of',
      '<row r="1"><c r="A1" t="s"><v>7</v></c></row>',
      'import/broken-workbook',
    ],
    ['tags without an end', `${'<row>'.repeat(3)}`, 'import/broken-workbook'],
    ['deep nesting', '<x>'.repeat(1000) + '</x>'.repeat(1000), 'import/broken-workbook'],
  ])('%s', async (_, rows, code) => {
    expect(await read(zip(parts(sheetOf(rows))))).toBe(code)
  })
})

describe('XML brings nothing with it', () => {
  const entities = '<!DOCTYPE x [<!ENTITY a "甲甲甲甲"><!ENTITY b "&a;&a;&a;&a;">]>'
  const external = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'

  test.each([entities, external])('%s', async (doctype) => {
    expect(await read(zip(parts(doctype + sheetOf(row(1, '&a;')))))).toBe('import/forbidden-xml')
    expect(await read(zip(parts(sheetOf(''), { 'xl/workbook.xml': doctype + book })))).toBe(
      'import/forbidden-xml',
    )
    const form = appointmentForm().replace('<Person>', `${doctype}<Person>`)
    expect(readForm(Buffer.from(form))).toMatchObject({ ok: false, error: { code: 'import/forbidden-xml' } })
  })

  test('an entity that nobody declared is a fault', async () => {
    expect(await read(zip(parts(sheetOf(row(1, '&a;')))))).toBe('import/broken-workbook')
  })

  test('a sheet outside the package is not looked for', async () => {
    const outside = bookRels
      .replace('Target=', 'TargetMode="External" Target=')
      .replace('worksheets', 'file:///etc')
    expect(await read(zip(parts(sheetOf(''), { 'xl/_rels/workbook.xml.rels': outside })))).toBe(
      'import/broken-workbook',
    )
    const above = bookRels.replace('worksheets/sheet1.xml', '../../../../etc/passwd')
    expect(await read(zip(parts(sheetOf(''), { 'xl/_rels/workbook.xml.rels': above })))).toBe(
      'import/broken-workbook',
    )
  })
})

test('a formula that reads another file, or starts a program, is text beside its saved result', async () => {
  const cells = [
    `<c r="A1"><f>'[1]表'!A1</f><v>5</v></c>`,
    `<c r="B1" t="str"><f>cmd|'/c calc'!A0</f><v>甲</v></c>`,
    `<c r="C1"><f>WEBSERVICE("http://example.invalid")</f></c>`,
  ]
  expect(await read(zip(parts(sheetOf(`<row r="1">${cells.join('')}</row>`))))).toEqual([
    {
      row: 1,
      cells: ['5', '甲'],
      marks: [
        { column: 0, kind: 'external' },
        { column: 1, kind: 'external' },
        { column: 2, kind: 'formula' },
        { column: 2, kind: 'unsaved' },
      ],
    },
  ])
})

describe('files of other kinds are named for what they are', () => {
  const options = { encoding: 'auto', delimiter: 'auto', sheet: null } as const
  const compound = Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1])
  test.each([
    ['an .xls', compound, 'import/old-excel'],
    [
      'an encrypted workbook',
      Buffer.concat([compound, Buffer.from('EncryptedPackage', 'utf16le')]),
      'import/encrypted',
    ],
    ['another package', zip([{ name: 'mimetype', content: Buffer.from('x') }]), 'import/not-a-table'],
    ['other XML', Buffer.from('<?xml version="1.0"?><svg/>'), 'import/broken-form'],
    ['half a form', Buffer.from(appointmentForm().slice(0, 300)), 'import/broken-form'],
  ])('%s', async (_, bytes, code) => {
    const opened = await openSource(bytes, catalogue, options, new AbortController().signal)
    expect(opened).toMatchObject({ ok: false, error: { code } })
  })
})

test.each([
  ['styles', 'xl/styles.xml'],
  ['sharedStrings', 'xl/sharedStrings.xml'],
])(
  'a workbook that names a part for its %s and does not hold it is refused, not read without it',
  async (kind, name) => {
    const rels = bookRels.replace('</', `<Relationship Id="k" Type="${office}/${kind}" Target="/${name}"/></`)
    expect(await read(zip(parts(sheetOf(row(1, '甲')), { 'xl/_rels/workbook.xml.rels': rels })))).toBe(
      'import/broken-workbook',
    )
  },
)

describe('a damaged workbook', () => {
  let whole: Buffer
  let rows: readonly TableRow[] | string

  beforeAll(async () => {
    whole = await workbookBytes([
      ['姓名', '日期', '金额'],
      ['钟离甲', new Date(Date.UTC(2020, 1, 3)), 12.5],
      ['钟离乙', new Date(Date.UTC(2021, 1, 3)), { formula: 'A1', result: 3 }],
    ])
    rows = await read(whole)
    expect(rows).toHaveLength(3)
  })

  test('is refused with a code, or says exactly what the whole one says', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(), fc.integer({ min: 1, max: 255 })), { minLength: 1, maxLength: 4 }),
        fc.nat(),
        fc.boolean(),
        async (flips, cut, isCut) => {
          const bytes = Buffer.from(whole)
          for (const [at, mask] of flips) bytes[at % bytes.length]! ^= mask
          const result = await read(isCut ? bytes.subarray(0, cut % bytes.length) : bytes)
          if (typeof result === 'string') expect(result).toMatch(/^import\//)
          else expect(textOf(result)).toEqual(textOf(rows as readonly TableRow[]))
        },
      ),
      { numRuns: 400 },
    )
  })

  function textOf(some: readonly TableRow[]) {
    return some.map(({ cells }) => cells)
  }
})

test('a damaged form is refused with a code, or read', () => {
  const whole = Buffer.from(appointmentForm())
  fc.assert(
    fc.property(fc.nat(), fc.integer({ min: 1, max: 255 }), (at, mask) => {
      const bytes = Buffer.from(whole)
      bytes[at % bytes.length]! ^= mask
      const result = readForm(bytes)
      if (!result.ok) expect(result.error.code).toMatch(/^import\//)
    }),
    { numRuns: 500 },
  )
})

test('a workbook is given up when its reader is cancelled', async () => {
  const bytes = await workbookBytes(Array.from({ length: 20_000 }, (_, index) => [index, '甲']))
  const abort = new AbortController()
  const opened = await openOnThread({ bytes, sheet: null }, abort.signal)
  if (!opened.ok) throw new Error(opened.error.code)
  let last: string | null = null
  for await (const one of opened.value.rows()) {
    if (one.ok) abort.abort()
    else last = one.error.code
  }
  expect(last).toBe('call/cancelled')
})
