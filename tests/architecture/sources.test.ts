import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { hasDefaultExport, layers, relativeImports, root, sources, sqlTexts } from './sources.ts'

const shipped = sources(layers)

function file(text: string) {
  return { path: 'example.ts', text }
}

test('there are sources to look at', () => {
  expect(shipped.length).toBeGreaterThan(50)
})

test('no source file is longer than 400 lines', () => {
  const long = shipped
    .map(({ path, text }) => ({ path, lines: text.trimEnd().split('\n').length }))
    .filter(({ lines }) => lines > 400)
  expect(long).toEqual([])
})

describe('SQL', () => {
  test.each([
    'const a = "SELECT id FROM commits"',
    'const a = `\n  select id, ${column}\n  from commits where seq > ?`',
    "const a = 'INSERT INTO commits VALUES (?)'",
    "const a = 'insert or ignore into commits values (?)'",
    "const a = 'UPDATE commits SET body = NULL'",
    "const a = 'delete from commits'",
    "const a = 'CREATE TABLE commits (id TEXT)'",
    "const a = 'create unique index one on commits (id)'",
    "const a = 'PRAGMA key = 1'",
    "const a = 'begin immediate'",
  ])('is recognised in %s', (text) => {
    expect(sqlTexts(file(text))).toHaveLength(1)
  })

  test.each([
    "const a = 'Select the unit from the list'",
    "const a = 'Update the program and set it up again'",
    '// SELECT id FROM commits\nconst a = 1',
    "const a = 'insert'",
    "const a = 'Create tables of your own'",
    "const a = 'selected from'",
  ])('is not seen in %s', (text) => {
    expect(sqlTexts(file(text))).toEqual([])
  })

  test('stands only in the vault and in the store of the hub', () => {
    const elsewhere = shipped
      .filter(({ path }) => !path.startsWith('src-main/vault/') && !path.startsWith('src-hub/store/'))
      .filter((source) => sqlTexts(source).length > 0)
      .map(({ path }) => path)
    expect(elsewhere).toEqual([])
  })
})

describe('exports', () => {
  test.each([
    'export default function a() {}',
    'export default 1',
    'const a = 1\nexport { a as default }',
    'export default class A {}',
  ])('%s is a default export', (text) => {
    expect(hasDefaultExport(file(text))).toBe(true)
  })

  test('a named export is no default export', () => {
    expect(hasDefaultExport(file('export function a() {}\nexport const b = { default: 1 }'))).toBe(false)
  })

  test('no source has a default export', () => {
    expect(shipped.filter(hasDefaultExport).map(({ path }) => path)).toEqual([])
  })
})

describe('imports', () => {
  test('are found in every form', () => {
    const text =
      "import a from './a.ts'\nexport * from '../b.ts'\nimport type { C } from './c.ts'\nawait import('./d.ts')"
    expect(relativeImports(file(text))).toEqual(['./a.ts', '../b.ts', './c.ts', './d.ts'])
  })

  test('name the file with its extension, as Node wants it', () => {
    const wrong = [...shipped, ...sources(['tests'])].flatMap((source) =>
      relativeImports(source)
        .map((specifier) => specifier.replace(/\?.*$/, ''))
        .filter(
          (specifier) =>
            !existsSync(join(root, dirname(source.path), specifier)) || !/\.\w+$/.test(specifier),
        )
        .map((specifier) => `${source.path} → ${specifier}`),
    )
    expect(wrong).toEqual([])
  })
})
