import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Core } from '../../../src-main/cli/core.ts'
import { startHubNode, HubFailed } from '../../../src-main/cli/demo/hub-node.ts'
import { openOffice } from '../../../src-main/cli/demo/office.ts'
import { giveOpinions } from '../../../src-main/cli/demo/review.ts'
import { runCli } from '../../../src-main/cli/run.ts'
import { err, ok, type Result } from '../../../src-shared/kernel/result.ts'

let directory: string

beforeEach(() => {
  directory = mkdtempSync(join(realpathSync(tmpdir()), 'liandang-office-'))
})
afterEach(() => rmSync(directory, { recursive: true, force: true }))

/** A core that answers from a table and writes down what it was asked. */
function coreThatAnswers(answers: Readonly<Record<string, Result<unknown>>>) {
  const asked: string[] = []
  const answer = (name: string) => {
    asked.push(name)
    return Promise.resolve(answers[name] ?? err('call/internal'))
  }
  const core = {
    call: answer,
    unlock: () => answer('session.unlock'),
    lock: () => answer('session.lock'),
    subscribe: () => () => undefined,
    stop: () => Promise.resolve(),
  } as unknown as Core
  return { core, asked }
}

describe('the office of the demonstration', () => {
  it('names the call that was refused', async () => {
    const { core } = coreThatAnswers({ 'session.unlock': ok({}), 'record.withdraw': err('review/too-late') })
    const office = openOffice(core)
    const withdrawal = office.as('collector', (desk) =>
      desk.call('record.withdraw', { record: '', revision: '', reason: '' }),
    )
    await expect(withdrawal).rejects.toMatchObject({
      procedure: 'record.withdraw',
      failure: { code: 'review/too-late' },
    })
    await expect(office.found('{}')).rejects.toMatchObject({ procedure: 'unit.found' })
  })

  it('ends the process of each member after their work', async () => {
    const { core, asked } = coreThatAnswers({ 'session.unlock': ok({}), 'session.lock': ok(null) })
    const office = openOffice(core)
    expect(await office.as('collector', () => Promise.resolve(7))).toBe(7)
    expect(await office.as('approver', () => Promise.resolve(8))).toBe(8)
    expect(asked).toEqual(['session.unlock', 'session.lock', 'session.unlock', 'session.lock'])
  })

  it('takes a row that the rules refused for a failure of the whole step', async () => {
    const row = { record: 'r', revision: 'v', compartment: 'archive', batch: null }
    const { core } = coreThatAnswers({
      'session.unlock': ok({}),
      'review.queue': ok({ items: [row], batches: [], next: null }),
      'review.decide': ok({ done: 0, refused: [{ ...row, code: 'review/same-person-twice' }] }),
    })
    const opinions = openOffice(core).as('reviewer1', (desk) => giveOpinions(desk))
    await expect(opinions).rejects.toMatchObject({
      procedure: 'review.decide',
      failure: { code: 'review/same-person-twice', detail: { record: 'r' } },
    })
  })

  it('hands on what the node said when it cannot be started', async () => {
    const file = join(directory, 'a-file')
    writeFileSync(file, '')
    await expect(startHubNode(join(file, 'hub'))).rejects.toBeInstanceOf(HubFailed)
  })

  it('ends with 2 when the folder cannot be made, and with 1 when a step was not taken', async () => {
    const notes: string[] = []
    const terminal = {
      input: process.stdin,
      out: () => expect.unreachable('nothing was done'),
      note: (line: string) => void notes.push(line),
      screen: undefined,
      signal: new AbortController().signal,
    }
    const file = join(directory, 'a-file')
    writeFileSync(file, '')
    expect(await runCli(terminal, ['demo', '--headless', '--out', join(file, 'unit')])).toBe(2)
    expect(notes.join()).toContain('bundle/folder-unusable')
    const stop = new AbortController()
    stop.abort()
    const words = ['demo', '--headless', '--out', join(directory, 'unit')]
    expect(await runCli({ ...terminal, signal: stop.signal }, words)).toBe(1)
    expect(notes.join()).toContain('unit.found 未能完成')
    expect(notes.join()).toContain('call/cancelled')
  })
})
