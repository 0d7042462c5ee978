import { describe, expect, test } from 'vitest'
import {
  bagInfoText,
  bodiesPath,
  checkLayout,
  checkpointPath,
  commitsPath,
  evidencePath,
  isUnsafePath,
  keysPath,
  manifestText,
  parseDataPath,
  readBagInfo,
  readManifest,
} from '../../../src-shared/bundle/layout.ts'
import type { BundleKind, Statement } from '../../../src-shared/bundle/statement.ts'

const log = '0123456789abcdef0123456789abcdef'
const other = 'fedcba9876543210fedcba9876543210'
const hash = 'ab'.repeat(32)

describe('a path of the known layout', () => {
  test('says what it holds', () => {
    expect(parseDataPath(commitsPath(log, 0, 41))).toEqual({ kind: 'commits', log, from: 0, to: 41 })
    expect(parseDataPath(bodiesPath(log, 7, 7))).toEqual({ kind: 'bodies', log, from: 7, to: 7 })
    expect(parseDataPath(checkpointPath(log))).toEqual({ kind: 'checkpoint', log })
    expect(parseDataPath(evidencePath(hash))).toEqual({ kind: 'evidence', hash })
    expect(parseDataPath(keysPath)).toEqual({ kind: 'keys' })
  })

  test.each([
    '',
    'data',
    'data/',
    'bagit.txt',
    `data/logs/${log}/00-1.jsonl`,
    `data/logs/${log}/1-0.jsonl`,
    `data/logs/${log}/0-10000.jsonl`,
    `data/logs/${log}/0-1.json`,
    `data/logs/${log}/0-1.jsonl/`,
    `data/logs/${log}/0-1.jsonl\n`,
    `data/logs/${log.toUpperCase()}/0-1.jsonl`,
    `data/logs/${log}/-1-1.jsonl`,
    `data/logs/${log}/0-9999999999999999.jsonl`,
    `data/logs/../${log}/0-1.jsonl`,
    `data/checkpoints/${log}`,
    `data/evidence/cd/${hash}`,
    `data/evidence/ab/${hash}.pdf`,
    'data/keys.json.txt',
  ])('is not %j', (path) => {
    expect(parseDataPath(path)).toBeNull()
  })
})

test.each([
  '..',
  'a/../b',
  '/a',
  'a//b',
  'a/',
  './a',
  'a\\b',
  'c:a',
  'a\u0000',
  'a\n',
  '',
  'a'.repeat(201),
  '廉',
])('%j could lead elsewhere', (path) => {
  expect(isUnsafePath(path)).toBe(true)
})

describe('a manifest', () => {
  const entries = [
    { path: commitsPath(log, 0, 1), sha256: hash },
    { path: checkpointPath(log), sha256: hash },
  ]

  test('is read as it was written', () => {
    expect(readManifest(manifestText(entries), 2)).toEqual({ ok: true, value: entries })
    expect(readManifest('', 2)).toEqual({ ok: true, value: [] })
  })

  test.each([
    ['one space', `${hash} ${keysPath}\n`, 'bundle/layout'],
    ['a short hash', `${hash.slice(2)}  ${keysPath}\n`, 'bundle/layout'],
    ['a hash in capitals', `${hash.toUpperCase()}  ${keysPath}\n`, 'bundle/layout'],
    ['no last newline', `${hash}  ${keysPath}`, 'bundle/layout'],
    ['an empty line', `${hash}  ${keysPath}\n\n`, 'bundle/layout'],
    ['a carriage return', `${hash}  ${keysPath}\r\n`, 'bundle/unsafe-path'],
    ['a path upward', `${hash}  ../${keysPath}\n`, 'bundle/unsafe-path'],
    ['more lines than allowed', manifestText([...entries, ...entries]), 'bundle/too-large'],
  ])('with %s is refused', (_what, text, code) => {
    expect(readManifest(text, 3)).toMatchObject({ ok: false, error: { code } })
  })
})

test('bag-info says when and how much, and nothing else', () => {
  const info = { date: '2026-11-22', bytes: 12_345, files: 6 }
  expect(readBagInfo(bagInfoText(info))).toEqual({ ok: true, value: info })
  for (const text of ['', 'Payload-Oxum: 1.1\n', `${bagInfoText(info)}Source-Organization: x\n`]) {
    expect(readBagInfo(text)).toMatchObject({ ok: false, error: { code: 'bundle/layout' } })
  }
})

describe('the files of a bundle', () => {
  const range = { rootBefore: hash, rootAfter: hash }
  const file = (path: string) => ({ path, sha256: hash })
  const segment = (of: string, from: number, to: number) => [
    file(commitsPath(of, from, to)),
    file(bodiesPath(of, from, to)),
  ]
  const complete = [
    ...segment(log, 5, 9),
    ...segment(other, 0, 0),
    ...segment(log, 10, 12),
    file(checkpointPath(other)),
    file(checkpointPath(log)),
    file(evidencePath(hash)),
    file(keysPath),
  ]

  function check(entries: readonly { path: string; sha256: string }[], kind: BundleKind = 'update') {
    const statement = {
      kind,
      logs: [
        { log, from: 5, to: 12, ...range },
        { log: other, from: 0, to: 0, ...range },
      ],
    } as unknown as Statement
    const result = checkLayout(statement, entries)
    return result.ok ? 'ok' : `${result.error.code} ${result.error.detail?.reason ?? ''}`
  }

  test('cover each log from end to end, in whatever turns', () => {
    expect(check(complete)).toBe('ok')
  })

  test.each([
    ['a gap', complete.toSpliced(4, 2), 'bundle/layout commits-missing'],
    ['an overlap', complete.toSpliced(4, 0, ...segment(log, 9, 9)), 'bundle/layout range'],
    ['a log nobody announced', [...segment('00'.repeat(16), 0, 0), ...complete], 'bundle/layout range'],
    ['commits past the end', complete.toSpliced(4, 2, ...segment(log, 10, 13)), 'bundle/layout range'],
    ['bodies missing', complete.toSpliced(1, 1), 'bundle/layout bodies-missing'],
    ['bodies of other commits', complete.with(1, file(bodiesPath(log, 5, 8))), 'bundle/layout bodies-apart'],
    ['bodies before their commits', complete.toReversed(), 'bundle/layout order'],
    ['a checkpoint missing', complete.toSpliced(6, 1), 'bundle/layout checkpoint-missing'],
    ['a file twice', [...complete, file(keysPath)], 'bundle/layout duplicate'],
    [
      'a checkpoint of another log',
      complete.with(6, file(checkpointPath('00'.repeat(16)))),
      'bundle/layout checkpoint',
    ],
    ['evidence before the logs', [file(evidencePath(hash)), ...complete], 'bundle/layout order'],
    [
      'evidence under another name',
      complete.with(8, file(evidencePath('cd'.repeat(32)))),
      'bundle/fixity evidence-name',
    ],
    ['a file of another kind', [...complete, file('data/readme.txt')], 'bundle/layout unknown-path'],
    ['only commits', complete.slice(0, 1), 'bundle/layout commits-missing'],
  ])('are refused with %s', (_what, entries, reason) => {
    expect(check(entries)).toBe(reason)
  })

  test('may come without bodies only where the kind withholds them', () => {
    const bare = complete.filter(({ path }) => !path.startsWith('data/bodies/'))
    expect(check(bare, 'sample')).toBe('ok')
    expect(check(bare, 'full')).toBe('bundle/layout bodies-missing')
  })
})
