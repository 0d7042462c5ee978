import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startHubNode } from '../../src-main/cli/demo/hub-node.ts'
import { vaultLayout } from '../../src-main/vault/layout.ts'
import { canaryBytes, searchCanary } from '../helpers/canary.ts'
import { at, beginUpload, playCanaryRoad, readAll, type CanaryStage } from './canary-road.ts'
import { canaryWords } from './canary-words.ts'
import { newJob } from './small-office.ts'

const words: readonly string[] = Object.values(canaryWords)

/** What the core takes in and never gives out again. */
const silent: readonly string[] = [
  canaryWords.password,
  canaryWords.withdrawalReason,
  canaryWords.settleWords,
]

let outside: string
/** Holds nothing but what the cores can write to. */
let root: string
let stage: CanaryStage
let searches = 0

const folderOf = (name: string) => join(root, name)

async function search(): Promise<void> {
  searches += 1
  expect(await searchCanary(root, words)).toEqual([])
}

beforeAll(async () => {
  outside = mkdtempSync(join(realpathSync(tmpdir()), 'liandang-canary-'))
  root = join(outside, 'inside')
  for (const name of ['', 'vault', 'temporary', 'home', 'work', 'bundles']) {
    mkdirSync(folderOf(name), { recursive: true })
  }
  const [temporary, home] = [folderOf('temporary'), folderOf('home')]
  const hub = await startHubNode(join(outside, 'hub'))
  stage = {
    surroundings: {
      vaultDirectory: folderOf('vault'),
      environment: { TMPDIR: temporary, TMP: temporary, TEMP: temporary, HOME: home, USERPROFILE: home },
      workingDirectory: folderOf('work'),
    },
    hub,
    directory: outside,
    bundles: folderOf('bundles'),
    printed: [],
    answers: [],
    search,
  }
})

afterAll(async () => {
  await stage.hub.stop()
  rmSync(outside, { recursive: true, force: true })
})

it('the search finds each word in each form, wherever in a file it begins and in the name of a file', async () => {
  const folder = join(outside, 'control')
  const found: { file: string; word: string; form: string }[] = []
  mkdirSync(join(folder, 'deep'), { recursive: true })
  for (const word of words) {
    for (const [index, { form, bytes }] of canaryBytes(word).entries()) {
      const file = join('deep', `${words.indexOf(word)}-${index}`)
      // Across the border between two pieces of a large file, too.
      const before = word === words[0] ? 1024 * 1024 - 5 : index
      writeFileSync(join(folder, file), Buffer.concat([Buffer.alloc(before, 7), bytes, Buffer.alloc(3, 7)]))
      found.push({ file, word, form })
    }
  }
  writeFileSync(join(folder, `${canaryWords.cadreName}.txt`), '')
  found.push({ file: `${canaryWords.cadreName}.txt`, word: canaryWords.cadreName, form: 'name' })
  const matches = await searchCanary(folder, words)
  for (const match of found) expect(matches).toContainEqual(match)
  for (const before of [0, 1, 2]) {
    const text = Buffer.from(`${'x'.repeat(before)}${canaryWords.address}。`).toString('base64')
    writeFileSync(join(folder, 'text'), `{"bytes":"${text}"}`)
    const inText = { file: 'text', word: canaryWords.address, form: 'base64' }
    expect(await searchCanary(folder, [canaryWords.address])).toContainEqual(inText)
  }
})

describe('of all that is entered, nothing stands readable on the disk', () => {
  beforeAll(() => playCanaryRoad(stage), 300_000)

  it('while the vault is open and when it is locked', async () => {
    await at(stage, 'inspector', async (desk) => {
      await readAll(stage, desk)
      await desk.call('log.rebuild', { job: newJob() })
      expect(await desk.call('log.verify', { job: newJob() })).toMatchObject({ verified: true })
      await desk.call('sync.export', { folder: stage.bundles, kind: 'full', job: newJob() })
      for (const name of ['control', 'archive', 'discipline']) {
        expect(statSync(join(root, 'vault', `${name}.db`)).size).toBeGreaterThan(0)
        expect(statSync(join(root, 'vault', `${name}.db-wal`)).size).toBeGreaterThan(0)
      }
      expect(readdirSync(stage.bundles)).toHaveLength(3)
      await search()
    })
    await search()
    expect(searches).toBe(4)
  })

  it('though the core knows every word of it', () => {
    const said = stage.answers.join('\n')
    expect(words.filter((word) => !said.includes(word))).toEqual(silent)
  })

  it('not when the core is killed with files in the middle of their way', async () => {
    const { incoming, outgoing } = vaultLayout(stage.surroundings.vaultDirectory)
    const work = at(stage, canaryWords.login, async (desk, core) => {
      await beginUpload(desk, canaryWords.evidenceName, canaryWords.evidenceText)
      const begun = core.event('progress')
      const delivering = desk.call('sync.deliver', { kind: 'full', job: newJob() })
      await Promise.race([begun, delivering])
      expect(await core.kill()).toBe('SIGKILL')
      await delivering
    })
    await expect(work).rejects.toThrow('call/core-ended')
    expect(readdirSync(incoming)).toHaveLength(1)
    expect(readdirSync(outgoing, { recursive: true })).not.toEqual([])
    await search()
    await at(stage, canaryWords.login, () => Promise.resolve())
    expect([incoming, outgoing].map((folder) => existsSync(folder))).toEqual([false, false])
  })

  it('nor outside the vault at all, nor printed', async () => {
    for (const name of ['temporary', 'home', 'work']) expect(readdirSync(folderOf(name))).toEqual([])
    const output = join(outside, 'output')
    mkdirSync(output)
    writeFileSync(join(output, 'printed'), Buffer.concat(stage.printed))
    expect(await searchCanary(output, words)).toEqual([])
    expect(Buffer.concat(stage.printed).toString('utf8')).toBe('')
  })

  it('where the search would find it in any folder', async () => {
    const files = readdirSync(root).map((name) => join(name, 'planted'))
    for (const file of files) writeFileSync(join(root, file), Buffer.from(canaryWords.talkContent, 'utf16le'))
    const matches = await searchCanary(root, words)
    expect(matches.map(({ file }) => file).sort()).toEqual(files.sort())
  })
})
