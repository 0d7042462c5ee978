import { mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startHubNode } from '../../src-main/cli/demo/hub-node.ts'
import { demoMembers, demoPassword, inspectorName, openOffice } from '../../src-main/cli/demo/office.ts'
import { makePlan } from '../../src-main/cli/demo/plan.ts'
import { playStory } from '../../src-main/cli/demo/story.ts'
import { leaveWork } from '../../src-main/cli/demo/workload.ts'
import { startTestCore, type TestCore } from '../helpers/core.ts'

let directory: string
let core: TestCore

/** Founded as `liandang demo` does before it opens the application. */
beforeAll(async () => {
  directory = mkdtempSync(join(realpathSync(tmpdir()), 'liandang-demo-work-'))
  const vault = join(directory, 'vault')
  mkdirSync(vault)
  core = startTestCore(vault)
  const hub = await startHubNode(join(directory, 'hub'))
  const today = new Date().toISOString().slice(0, 10)
  const plan = makePlan(3, inspectorName, today)
  const stage = { office: openOffice(core), hub, plan, directory, tell: () => undefined }
  await leaveWork(stage, await playStory(stage))
  await hub.stop()
}, 300_000)

afterAll(async () => {
  await core.stop()
  rmSync(directory, { recursive: true, force: true })
})

async function queuesOf(login: string): Promise<Record<string, number>> {
  await core.signIn(login, demoPassword)
  const { queues } = await core.value('workbench.read', {})
  return Object.fromEntries(queues.map(({ kind, count }) => [kind, count]))
}

describe('a made-up unit that people look at', () => {
  it('lets all eight members in', async () => {
    expect(demoMembers).toHaveLength(8)
    for (const { login, password, roles, name } of demoMembers) {
      const session = await core.signIn(login, password)
      expect(session.member).toMatchObject({ name, roles })
    }
  })

  it('leaves work in every queue', async () => {
    const collector = await queuesOf('collector')
    const reviewer = await queuesOf('reviewer1')
    const approver = await queuesOf('approver')
    const inspector = await queuesOf('inspector')
    // Three singles and the eighteen rows of the update in the archive, one talk in the discipline compartment.
    expect(reviewer).toMatchObject({ 'to-review': 22 })
    expect(approver).toMatchObject({ 'to-open': 2, 'to-sign': 2, 'to-adjudicate': 1 })
    expect(inspector).toMatchObject({ 'to-adjudicate': 1, 'on-the-way': 1 })
    expect(collector).toMatchObject({ returned: 1 })
    expect(collector['on-the-way']).toBeGreaterThan(20)
  })

  it('shows facts, quarantine and something to send beside them', async () => {
    await core.signIn('inspector', demoPassword)
    const bench = await core.value('workbench.read', {})
    expect(bench.dossiers).toBe(60)
    expect(bench.archived).toBeGreaterThan(250)
    expect(bench.quarantined).toBe(8)
    expect(bench.unsent).toBeGreaterThan(0)
    expect(bench.lastReceiptAt).not.toBeNull()
    expect((await core.value('log.verify', { job: '0'.repeat(32) })).verified).toBe(true)
  })

  it('says when the node cannot be reached, and keeps everything', async () => {
    await core.signIn('approver', demoPassword)
    const refused = await core.call('sync.deliver', { kind: 'update', job: '1'.repeat(32) })
    expect(refused).toMatchObject({ ok: false, error: { code: 'hub/unreachable' } })
    const { compartments } = await core.value('sync.status', {})
    expect(compartments.some(({ commits, acknowledged }) => commits > acknowledged)).toBe(true)
  })
})
