import { existsSync, mkdtempSync, readdirSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { seededRandom } from '../../src-main/cli/demo/random.ts'
import { openHub } from '../../src-hub/index.ts'
import { uploadChunkBytes } from '../../src-shared/contract/dossier.ts'
import { fromUtf8 } from '../../src-shared/kernel/bytes.ts'
import type { Id } from '../../src-shared/kernel/ids.ts'
import { foundUnit } from '../helpers/founding.ts'
import { startCoreProcess, type CoreProcess } from './core-process.ts'
import { hubCardBytes } from '../../src-shared/bundle/hub-card.ts'
import { someTurns, touched } from './moments.ts'
import { foundingOf, loan, newJob, password } from './small-office.ts'

const pieces = 5
/** Where the plug is pulled: after so many pieces of the file, or when it was handed in and is given its place. */
const moments = [
  ...[1, pieces].map((after) => ({ at: 'piece', after }) as const),
  ...['note', 'place', 'place'].map((at) => ({ at, after: 0 }) as const),
]

let root: string
let vault: string

beforeAll(async () => {
  root = mkdtempSync(join(realpathSync(tmpdir()), 'liandang-evidence-kill-'))
  vault = join(root, 'vault')
  const opened = await openHub({ dataDirectory: join(root, 'hub'), create: { name: '示例上级' } })
  if (!opened.ok) throw new Error(opened.error.code)
  const core = start()
  await foundUnit(core, foundingOf(fromUtf8(hubCardBytes(opened.value.card))))
  await core.lock()
  await opened.value.close()
})

afterAll(() => rmSync(root, { recursive: true, force: true }))

function start(): CoreProcess {
  return startCoreProcess({
    vaultDirectory: vault,
    environment: { NODE_COMPILE_CACHE: join(root, 'compiled') },
  })
}

async function atWork(login: string): Promise<CoreProcess> {
  const core = start()
  await core.value('session.unlock', { login, password })
  return core
}

/** Files of evidence that have a place. */
function placed(): number {
  const folder = join(vault, 'evidence')
  if (!existsSync(folder)) return 0
  const folders = readdirSync(folder).filter((name) => name !== 'incoming')
  return folders.reduce((sum, name) => sum + readdirSync(join(folder, name)).length, 0)
}

/** Gives the core so many pieces of a file that nobody has handed in before. */
async function send(core: CoreProcess, round: number, count: number): Promise<Id> {
  const size = pieces * uploadChunkBytes
  const about = { purpose: 'evidence', name: '扫描件.txt', size, mediaType: '' } as const
  const { upload } = await core.value('upload.begin', about)
  for (let piece = 0; piece < count; piece++) {
    const bytes = Buffer.alloc(uploadChunkBytes, `第${round}份扫描件 `)
    // The last character may be cut; nothing looks at it past the first piece.
    await core.value('upload.append', { upload, offset: piece * uploadChunkBytes, bytes })
  }
  return upload
}

it('a plug pulled while evidence is added leaves a whole vault and no file nobody names', async () => {
  const random = seededRandom(20)
  const core = await atWork('collector')
  const { cadre } = await core.value('cadre.open', { name: '王建国', identityNumber: null, post: null })
  await core.lock()
  for (const [round, { at, after }] of moments.entries()) {
    const killed = await atWork('collector')
    const upload = await send(killed, round, at === 'piece' ? after : pieces)
    if (at !== 'piece') {
      const reached = touched(vault, at === 'note' ? /^archive\.db-wal$/ : /^evidence$/)
      const submitted = killed.call('record.submit', loan(cadre, `第${round}笔`, upload))
      await Promise.race([reached, submitted])
      await someTurns(random, 3)
      await killed.kill()
      await submitted
    } else await killed.kill()

    const next = await atWork('collector')
    const report = await next.value('log.verify', { job: newJob() })
    expect(report.verified, `round ${round}`).toBe(true)
    const named = report.compartments.reduce((sum, { evidence }) => sum + evidence, 0)
    expect(placed(), `round ${round}`).toBe(named)
    expect(existsSync(join(vault, 'evidence', 'incoming')), `round ${round}`).toBe(false)
    await next.lock()
  }
  const last = await atWork('collector')
  const upload = await send(last, moments.length, pieces)
  const { record } = await last.value('record.submit', loan(cadre, '最后一笔', upload))
  expect((await last.value('record.read', { record })).revisions[0]?.evidence).toHaveLength(1)
  await last.lock()
})
