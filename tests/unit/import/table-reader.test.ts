import iconv from 'iconv-lite'
import { describe, expect, test } from 'vitest'
import { defaultTableOptions, readTable } from '../../../src-main/services/import/table-reader.ts'
import { readAll } from './helpers.ts'

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text)
const gb18030 = (text: string): Uint8Array => new Uint8Array(iconv.encode(text, 'gb18030'))
const bytes = (...values: readonly number[]): Uint8Array => new Uint8Array(values)

describe('the rows of a table', () => {
  test('are numbered from 1 as in a spreadsheet, blank ones counted and left out', async () => {
    expect(await readAll(utf8('姓名,金额\r\n\r\n张三,"1,000"\r\n,\r\n李四,2\r\n'))).toEqual({
      encoding: 'utf-8',
      delimiter: ',',
      failure: null,
      rows: [
        { row: 1, cells: ['姓名', '金额'] },
        { row: 3, cells: ['张三', '1,000'] },
        { row: 5, cells: ['李四', '2'] },
      ],
    })
  })

  test('may end with LF, CR or CRLF, and the last one with nothing', async () => {
    for (const end of ['\n', '\r', '\r\n']) {
      const { rows } = await readAll(utf8(`a,b${end}c,d`))
      expect(rows.map((row) => row.cells)).toEqual([
        ['a', 'b'],
        ['c', 'd'],
      ])
    }
  })

  test('may have quoted line breaks, quotes and white space', async () => {
    const { rows } = await readAll(utf8('"a\r\nb","c""d", e \n1,2,3\n'))
    expect(rows).toEqual([
      { row: 1, cells: ['a\r\nb', 'c"d', ' e '] },
      { row: 2, cells: ['1', '2', '3'] },
    ])
  })

  test('may be of different lengths', async () => {
    const { rows } = await readAll(utf8('a,b,c\nd\ne,f\n'))
    expect(rows.map((row) => row.cells.length)).toEqual([3, 1, 2])
  })

  test('are the same wherever the pieces of the file are cut', async () => {
    const line = '张三,"配偶, 共有",𠮷家路 1 号\r\n'
    for (const padding of [0, 1, 2, 3, 5, 7]) {
      const text = `${'x'.repeat(padding)},y,z\r\n${line.repeat(6000)}`
      for (const encoded of [utf8(text), gb18030(text)]) {
        const { rows, failure } = await readAll(encoded)
        expect(failure).toBe(null)
        expect(rows).toHaveLength(6001)
        expect(new Set(rows.slice(1).map((row) => JSON.stringify(row.cells))).size).toBe(1)
        expect(rows.at(-1)).toEqual({ row: 6001, cells: ['张三', '配偶, 共有', '𠮷家路 1 号'] })
      }
    }
  })

  test('can be read again from the start', async () => {
    const table = readTable(utf8('a,b\nc,d\n'), defaultTableOptions)
    if (!table.ok) throw new Error('not a table')
    for (let time = 0; time < 2; time++) {
      const rows = []
      for await (const row of table.value.rows()) rows.push(row)
      expect(rows).toHaveLength(2)
    }
  })

  test('stop being read when the reader stops', async () => {
    const table = readTable(utf8('a,b\n'.repeat(100_000)), defaultTableOptions)
    if (!table.ok) throw new Error('not a table')
    const iterator = table.value.rows()[Symbol.asyncIterator]()
    expect(await iterator.next()).toMatchObject({ value: { ok: true, value: { row: 1 } } })
    expect(await iterator.return?.()).toEqual({ done: true, value: undefined })
    expect(await iterator.next()).toEqual({ done: true, value: undefined })
  })

  test('stop with a cancellation, which is the last that is heard', async () => {
    const controller = new AbortController()
    const table = readTable(utf8('a,b\n'.repeat(100_000)), defaultTableOptions)
    if (!table.ok) throw new Error('not a table')
    let read = 0
    let last: unknown = null
    for await (const row of table.value.rows(controller.signal)) {
      read += 1
      last = row
      if (read === 10) controller.abort()
    }
    expect(read).toBe(11)
    expect(last).toEqual({ ok: false, error: { code: 'call/cancelled' } })
  })

  test('are not read at all after a cancellation', async () => {
    const { rows, failure } = await readAll(utf8('a,b\n'), {}, AbortSignal.abort())
    expect(rows).toEqual([])
    expect(failure).toEqual({ code: 'call/cancelled' })
  })
})

describe('the encoding of a table', () => {
  test('is UTF-8 when its bytes are, with or without a mark', async () => {
    for (const text of ['姓名,金额\n', '\uFEFF姓名,金额\n', '\uFEFF"姓名",金额\n']) {
      const { rows, encoding } = await readAll(utf8(text))
      expect(encoding).toBe('utf-8')
      expect(rows).toEqual([{ row: 1, cells: ['姓名', '金额'] }])
    }
  })

  test('is GB18030 otherwise, with characters of four bytes and with or without a mark', async () => {
    for (const text of ['姓名,𠮷田·㐂,€\n', '\uFEFF姓名,𠮷田·㐂,€\n']) {
      const { rows, encoding } = await readAll(gb18030(text))
      expect(encoding).toBe('gb18030')
      expect(rows).toEqual([{ row: 1, cells: ['姓名', '𠮷田·㐂', '€'] }])
    }
  })

  test('may be said, and then has to be right', async () => {
    expect((await readAll(gb18030('姓名,1\n'), { encoding: 'utf-8' })).failure).toEqual({
      code: 'import/encoding',
      detail: { reason: 'utf-8' },
    })
    expect((await readAll(gb18030('姓名,1\n'), { encoding: 'gb18030' })).rows).toHaveLength(1)
  })

  test.each([
    ['cut in the middle of a character', bytes(0x61, 0x2c, 0xd6)],
    ['with a lead byte before a comma', bytes(0x61, 0x2c, 0xd6, 0x2c, 0x62, 0x0a)],
    ['with 0xFF', bytes(0x61, 0xff, 0x2c, 0x62, 0x0a)],
    ['that holds a replacement character of GB18030', bytes(0xd6, 0xd0, 0x84, 0x31, 0xa4, 0x37, 0x0a)],
  ])('is refused for bytes %s, and nothing is replaced', async (_, encoded) => {
    expect((await readAll(encoded)).failure).toEqual({
      code: 'import/encoding',
      detail: { reason: 'gb18030' },
    })
  })

  test('is refused where UTF-8 says that it was damaged before', async () => {
    expect((await readAll(utf8('姓\uFFFD,金额\n'))).failure).toEqual({
      code: 'import/encoding',
      detail: { reason: 'utf-8' },
    })
  })

  test('is not UTF-16', async () => {
    for (const mark of [bytes(0xff, 0xfe, 0x61, 0x00), bytes(0xfe, 0xff, 0x00, 0x61)]) {
      expect((await readAll(mark)).failure).toEqual({ code: 'import/encoding', detail: { reason: 'utf-16' } })
    }
  })
})

describe('the delimiter of a table', () => {
  test.each([',', '\t', ';', '|'] as const)('%j is found', async (delimiter) => {
    const { rows, delimiter: found } = await readAll(utf8(`a${delimiter}b\n"c,;\t|"${delimiter}d\n`))
    expect(found).toBe(delimiter)
    expect(rows[1]?.cells).toEqual(['c,;\t|', 'd'])
  })

  test('is the one that splits all lines alike', async () => {
    const { delimiter } = await readAll(utf8('姓名;金额\n张三;1,5\n李四;2,5\n王五;3\n'))
    expect(delimiter).toBe(';')
  })

  test('is a comma for one column', async () => {
    expect(await readAll(utf8('a\nb\n'))).toMatchObject({
      delimiter: ',',
      rows: [{ cells: ['a'] }, { cells: ['b'] }],
    })
  })

  test('may be said', async () => {
    expect((await readAll(utf8('a,b;c\n'), { delimiter: ';' })).rows[0]?.cells).toEqual(['a,b', 'c'])
  })
})

describe('what is no table', () => {
  test.each([
    ['nothing', utf8('')],
    ['blank lines only', utf8('\r\n\r\n,,\r\n')],
    ['a mark only', utf8('\uFEFF')],
  ])('%s is empty', async (_, encoded) => {
    expect((await readAll(encoded)).failure).toEqual({
      code: 'import/not-a-table',
      detail: { reason: 'empty' },
    })
  })

  test.each([
    ['a workbook', bytes(0x50, 0x4b, 0x03, 0x04, 0x14, 0x00, 0x06, 0x00)],
    ['an old workbook', bytes(0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, 0x00)],
    ['a text with control characters', utf8('a,b\u0007\n')],
    ['a text with an escape sequence', utf8('a,\u001B[31mb\n')],
  ])('%s is binary', async (_, encoded) => {
    expect((await readAll(encoded)).failure).toEqual({
      code: 'import/not-a-table',
      detail: { reason: 'binary' },
    })
  })

  test.each([
    ['a quote that is never closed', 'a,b\nc,"d\ne,f\n', 2],
    ['a quote in the middle of a cell', 'a,b\nc,d"e"\n', 2],
    ['text after a closing quote', 'a,b\nc,d\n"e"f,g\n', 3],
  ])('%s is named with its row', async (_, text, row) => {
    expect((await readAll(utf8(text))).failure).toEqual({
      code: 'import/not-a-table',
      detail: { reason: 'quotes', row },
    })
  })

  test('its error quotes no content', async () => {
    const { failure } = await readAll(utf8('a,b\n机密,"某人"e\n'))
    expect(JSON.stringify(failure)).not.toMatch(/机密|某人/)
  })
})

describe('the limits of a table', () => {
  test('hold for its bytes', async () => {
    expect((await readAll(utf8('a,b\n'), { maximumBytes: 3 })).failure).toEqual({
      code: 'import/too-large',
      detail: { reason: 'bytes', bytes: 4, limit: 3 },
    })
    expect((await readAll(utf8('a,b\n'), { maximumBytes: 4 })).failure).toBe(null)
  })

  test('hold for its rows, blank ones not counted', async () => {
    expect((await readAll(utf8('a\n\nb\n\n'), { maximumRows: 2 })).failure).toBe(null)
    expect(await readAll(utf8('a\nb\nc\n'), { maximumRows: 2 })).toMatchObject({
      rows: [{ row: 1 }, { row: 2 }],
      failure: { code: 'import/too-many-rows', detail: { limit: 2 } },
    })
  })

  test('hold for its columns', async () => {
    expect((await readAll(utf8('a,b\nc,d,e\n'), { maximumColumns: 2 })).failure).toEqual({
      code: 'import/too-large',
      detail: { reason: 'columns', row: 2, limit: 2 },
    })
  })

  test('hold for one cell', async () => {
    const options = { maximumCellLength: 3 }
    expect((await readAll(utf8('abc,姓名字\n'), options)).failure).toBe(null)
    expect((await readAll(utf8('a,b\nabcd,e\n'), options)).failure).toEqual({
      code: 'import/too-large',
      detail: { reason: 'cell', row: 2, limit: 3 },
    })
  })

  test('stop a quote that swallows the file', async () => {
    const { failure } = await readAll(utf8(`a,b\n"${'x\n'.repeat(1000)}`), {
      maximumColumns: 2,
      maximumCellLength: 100,
    })
    expect(failure).toEqual({ code: 'import/too-large', detail: { reason: 'row', row: 2 } })
  })
})
