import { execFile, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openHub } from '../../src-hub/index.ts'
import { readHubKeys } from '../../src-hub/keys.ts'
import { readHubCard, type HubCard } from '../../src-shared/bundle/hub-card.ts'
import { bundleMediaType } from '../../src-shared/bundle/statement.ts'
import { toHex } from '../../src-shared/kernel/bytes.ts'
import { bundleOf, packed } from '../helpers/bundle-fixture.ts'
import { openReceipt } from '../helpers/receipt-fixture.ts'
import { UnitFixture } from '../helpers/unit-fixture.ts'

const program = fileURLToPath(new URL('../../src-hub/main.ts', import.meta.url))
let directory: string
let data: string
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'liandang-hub-program-'))
  data = join(directory, 'hub')
})
afterEach(() => rmSync(directory, { recursive: true, force: true }))

interface Outcome {
  readonly code: number
  readonly lines: readonly Record<string, unknown>[]
  readonly text: string
}

function hub(...given: string[]): Promise<Outcome> {
  return new Promise((resolve) => {
    execFile(process.execPath, [program, '--data', data, ...given], (error, stdout, stderr) => {
      const lines = given.includes('--json')
        ? stdout
            .trim()
            .split('\n')
            .filter((line) => line !== '')
            .map((line) => JSON.parse(line) as Record<string, unknown>)
        : []
      resolve({ code: Number(error?.code ?? 0), lines, text: stdout + stderr })
    })
  })
}

async function unitOf(card: HubCard): Promise<UnitFixture> {
  const unit = await UnitFixture.found({ upstream: card })
  const trust = { unit: unit.id, unitRootPublicKey: toHex(unit.rootPublicKey) }
  writeFileSync(join(directory, 'trust.json'), JSON.stringify(trust))
  const recipients = [card.recipients.control]
  const bundle = await packed(bundleOf(unit, { compartment: 'control', recipients }))
  writeFileSync(join(directory, 'bundle.liandang'), bundle)
  return unit
}

describe('the program of the node', () => {
  test('is made, hands out its card, and takes bundles from a stick', async () => {
    expect((await hub('init', '--name', '某区纪委', '--url', 'http://10.0.0.1:17400')).code).toBe(0)
    expect((await hub('card', '--out', join(directory, 'card.json'))).code).toBe(0)
    const card = readHubCard(new Uint8Array(readFileSync(join(directory, 'card.json'))))
    if (!card.ok) throw new Error(card.error.code)
    expect(card.value).toMatchObject({ name: '某区纪委', url: 'http://10.0.0.1:17400' })

    const unit = await unitOf(card.value)
    const file = join(directory, 'bundle.liandang')
    const receipts = join(directory, 'receipts')
    const early = await hub('ingest', file, '--receipts', receipts, '--json')
    expect(early).toMatchObject({ code: 1, lines: [{ error: 'bundle/unknown-unit' }] })
    expect((await hub('trust', join(directory, 'trust.json'))).code).toBe(0)
    const taken = await hub('ingest', file, '--receipts', receipts, '--json')
    expect(taken).toMatchObject({ code: 0, lines: [{ repeated: false, commits: 1 }] })
    const again = await hub('ingest', file, '--receipts', receipts, '--json')
    expect(again).toMatchObject({ code: 0, lines: [{ repeated: true, commits: 0 }] })
    const [name] = readdirSync(receipts)
    const receipt = new Uint8Array(readFileSync(join(receipts, name as string)))
    expect(await openReceipt(unit, card.value, 'control', receipt)).toMatchObject({ seq: 0 })
  })

  test('takes bundles in whatever order a stick names them', async () => {
    await hub('init')
    await hub('card', '--out', join(directory, 'card.json'))
    const card = readHubCard(new Uint8Array(readFileSync(join(directory, 'card.json'))))
    if (!card.ok) throw new Error(card.error.code)
    const unit = await unitOf(card.value)
    unit.submit()
    const recipients = [card.value.recipients.archive]
    const needy = join(directory, 'archive.liandang')
    writeFileSync(needy, await packed(bundleOf(unit, { compartment: 'archive', recipients })))
    await hub('trust', join(directory, 'trust.json'))
    const receipts = join(directory, 'receipts')
    const alone = await hub('ingest', needy, '--receipts', receipts, '--json')
    expect(alone).toMatchObject({ code: 1, lines: [{ error: 'bundle/missing-prerequisite' }] })
    const file = join(directory, 'bundle.liandang')
    const both = await hub('ingest', needy, file, '--receipts', receipts, '--json')
    expect(both).toMatchObject({ code: 0, lines: [{ commits: 1 }, { commits: 1 }] })
    expect(readdirSync(receipts)).toHaveLength(2)
  })

  test('serves what it is told to trust, says where, and stops when asked', async () => {
    const opened = await openHub({ dataDirectory: data, create: { name: '某区纪委' } })
    if (!opened.ok) throw new Error(opened.error.code)
    const { card } = opened.value
    await opened.value.close()
    const unit = await unitOf(card)
    const child = spawn(process.execPath, [
      program,
      ...['--data', data, '--port', '0', '--trust', join(directory, 'trust.json'), '--json'],
    ])
    const ended = once(child, 'close')
    try {
      let printed = ''
      child.stdout.setEncoding('utf8')
      for await (const chunk of child.stdout) {
        printed += chunk
        if (printed.includes('listening')) break
      }
      const [trusted, listening] = printed
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line))
      expect(trusted).toEqual({ trusted: unit.id })
      const answer = await fetch(`${listening.listening}/v1/units/${unit.id}/bundles`, {
        method: 'POST',
        headers: { 'content-type': bundleMediaType },
        body: readFileSync(join(directory, 'bundle.liandang')),
      })
      expect(answer.status).toBe(201)
    } finally {
      child.kill('SIGTERM')
    }
    expect(await ended).toEqual([0, null])
  })

  test('does not trust a unit under another root than before', async () => {
    const other = { unit: 'ab'.repeat(16), unitRootPublicKey: 'cd'.repeat(31) + '00' }
    await hub('init')
    writeFileSync(join(directory, 'one.json'), JSON.stringify(other))
    expect((await hub('trust', join(directory, 'one.json'))).code).toBe(0)
    writeFileSync(
      join(directory, 'one.json'),
      JSON.stringify({ ...other, unitRootPublicKey: 'cd'.repeat(30) + '0000' }),
    )
    const refused = await hub('trust', join(directory, 'one.json'), '--json')
    expect(refused).toMatchObject({ code: 1, lines: [{ error: 'bundle/unknown-unit' }] })
  })

  test('explains itself when asked, and makes nothing', async () => {
    const outcome = await hub('--help')
    expect(outcome.code).toBe(0)
    expect(outcome.text).toContain('hub [serve]')
    expect(existsSync(data)).toBe(false)
  })

  test.each([
    ['no node there', ['card', '--out', '/tmp/never.json'], 1, 'hub/not-made'],
    ['an unknown command', ['destroy'], 2, 'hub/command-unknown'],
    ['an unknown option', ['--verbose'], 2, 'hub/command-unknown'],
    ['a port that is none', ['--port', 'x'], 2, 'hub/argument-wrong'],
    ['no folder for receipts', ['ingest', 'a.liandang'], 2, 'hub/argument-missing'],
    ['no file to trust', ['trust'], 2, 'hub/argument-missing'],
    ['a revision too short to name one', ['show', 'abc'], 2, 'hub/argument-wrong'],
    [
      'nobody who decides',
      ['decide', 'abcdef01', '--decision', 'sign', '--out', '.'],
      2,
      'hub/argument-missing',
    ],
  ])('says what is wrong, with its code and in plain words: %s', async (_what, given, code, error) => {
    const outcome = await hub(...given)
    expect(outcome.code).toBe(code)
    expect(outcome.text).toContain(error)
    expect(outcome.text).toContain('没有作任何更改。')
    if (code === 2) expect(outcome.text).toMatch(/ {2}hub (\[serve\]|ingest FILE|trust FILE|show|decide)/)
  })

  test('says that nothing waits, and that a revision is unknown, when nothing was put to it', async () => {
    await hub('init')
    expect(await hub('waiting')).toMatchObject({
      code: 0,
      text: expect.stringContaining('没有等待上级办理的事项'),
    })
    expect(await hub('waiting', '--json')).toMatchObject({ code: 0, lines: [] })
    const shown = await hub('show', 'abcdef01', '--json')
    expect(shown).toMatchObject({ code: 1, lines: [{ error: 'hub/revision-unknown' }] })
    const wrong = await hub(
      'decide',
      'abcdef01',
      '--decision',
      'maybe',
      '--officer',
      '周',
      '--out',
      data,
      '--json',
    )
    expect(wrong).toMatchObject({
      code: 2,
      lines: [{ error: 'hub/argument-wrong', detail: { argument: '--decision' } }],
    })
  })
})

describe('the keys of a node', () => {
  test('stay the same, and are for nobody else to read', async () => {
    await hub('init')
    const keys = join(data, 'keys')
    const first = await readHubKeys(keys)
    const second = await readHubKeys(keys)
    if (!first.ok || !second.ok) throw new Error('no keys')
    expect(toHex(second.value.signer.publicKey)).toBe(toHex(first.value.signer.publicKey))
    expect(second.value.recipients).toEqual(first.value.recipients)
    expect(new Set(first.value.identities).size).toBe(3)
    if (process.platform !== 'win32') {
      const modes = readdirSync(keys).map((name) => statSync(join(keys, name)).mode & 0o777)
      expect(new Set(modes)).toEqual(new Set([0o600]))
    }
  })

  test('that are not what they were written as are refused', async () => {
    for (const name of ['hub.json', 'hub-signing.key', 'hub.agekey']) {
      rmSync(data, { recursive: true, force: true })
      await hub('init')
      writeFileSync(join(data, 'keys', name), 'something else')
      expect(await readHubKeys(join(data, 'keys'))).toMatchObject({
        ok: false,
        error: { code: 'format/invalid', detail: { path: name } },
      })
    }
  })
})
