import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readBodyBytes } from '../../src-main/vault/body-table.ts'
import { iterateLog } from '../../src-main/vault/entry-table.ts'
import { accessReportPayloadType } from '../../src-shared/audit/report.ts'
import type { AccessLine } from '../../src-shared/contract/audit.ts'
import { newId } from '../../src-shared/kernel/ids.ts'
import { readHeader } from '../../src-shared/log/header.ts'
import { nodePrimitives } from '../../src-shared/node/primitives.ts'
import { everyEntry, listedAccess } from '../helpers/access-list.ts'
import { fewPeople, newJob, VaultFixture } from '../helpers/vault-fixture.ts'

let vault: VaultFixture

beforeAll(async () => {
  vault = await VaultFixture.found({ people: fewPeople })
  const cadre = await vault.openCadre('张三丰')
  for (let attempt = 0; attempt < 3; attempt++)
    await vault.refusal('secadmin', 'cadre.read', { cadre, at: null })
})

afterAll(() => vault.close())

describe('a leak incident', () => {
  const report = {
    foundAt: '2026-11-22T00:30:00.000Z',
    what: '两份核查报告的复印件',
    who: '借阅人待查',
    carrier: 'paper',
    course: '清点时发现缺少',
    measures: '封存柜子',
  } as const

  test('is reported by anybody and followed up by an auditor until it is closed', async () => {
    const { incident } = await vault.value('collector', 'incident.report', report)
    await vault.value('auditor', 'access.index', { job: newJob() })
    const register = () => vault.value('auditor', 'incident.list', {})
    expect(await register()).toMatchObject([
      { incident, report, memberName: '用户 collector', status: 'open', followUps: [], state: 'good' },
    ])
    const follow = (changes: object) =>
      vault.call('auditor', 'incident.update', {
        incident,
        followUp: { measures: '已追回', reportedUpward: null, closes: false, ...changes },
      })
    const upward = { at: '2026-11-22T02:00:00.000Z', to: '县委保密办' }
    expect(await follow({ reportedUpward: upward })).toMatchObject({ ok: true })
    expect(await register()).toMatchObject([{ status: 'reported', followUps: [{ reportedUpward: upward }] }])
    expect(await follow({ closes: true })).toMatchObject({ ok: true })
    expect(await register()).toMatchObject([{ status: 'closed' }])
    expect(await follow({})).toMatchObject({ error: { code: 'audit/incident' } })
  })

  test('that nobody reported is not followed up', async () => {
    const followUp = { measures: '查', reportedUpward: null, closes: false }
    const incident = newId(nodePrimitives)
    expect(await vault.refusal('auditor', 'incident.update', { incident, followUp })).toBe('audit/incident')
  })

  test('is as long as any other on the disk', async () => {
    await vault.value('first', 'incident.report', { ...report, course: '长'.repeat(800) })
    const { compartments } = (await vault.session('first')).vault
    const { database, log } = compartments.get('control')!
    const lengths = new Set<number>()
    for (const entry of iterateLog(database, log, 0, 1_000_000)) {
      const header = readHeader(entry.envelope.payload)
      for (const { op, digest } of header.ok ? header.value.ops : []) {
        if (op.startsWith('incident.') || op === 'access.note')
          lengths.add(readBodyBytes(database, digest)!.length)
      }
    }
    expect(lengths.size).toBe(1)
  })
})

describe('the report', () => {
  test('is signed by the auditor so that openssl alone can check it, and its writing is entered', async () => {
    const folder = mkdtempSync(join(vault.outside, 'report-'))
    await listedAccess(vault)
    const filter = { ...everyEntry, kinds: ['refused' as const] }
    const { file, page, entries } = await vault.value('auditor', 'access.export', { filter, folder })
    expect(readdirSync(folder)).toHaveLength(2)
    const envelope = JSON.parse(readFileSync(file, 'utf8')) as {
      payload: string
      payloadType: string
      signatures: [{ keyid: string; sig: string }]
    }
    const payload = Buffer.from(envelope.payload, 'base64')
    const type = accessReportPayloadType
    expect(envelope.payloadType).toBe(type)
    const { signer } = (await vault.session('auditor')).vault.member
    expect(envelope.signatures[0].keyid).toBe(signer.keyId)
    const key = Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), signer.publicKey])
    const message = Buffer.concat([Buffer.from(`DSSEv1 ${type.length} ${type} ${payload.length} `), payload])
    const paths = ['key.der', 'message', 'signature'].map((name) => join(folder, name))
    const contents = [key, message, Buffer.from(envelope.signatures[0].sig, 'base64')]
    paths.forEach((path, index) => writeFileSync(path, contents[index] as Buffer))
    const [keyFile = '', messageFile = '', signatureFile = ''] = paths
    const verify = () =>
      execFileSync(
        'openssl',
        [
          'pkeyutl',
          '-verify',
          '-pubin',
          '-keyform',
          'DER',
          '-inkey',
          keyFile,
          '-rawin',
          '-in',
          messageFile,
        ].concat(['-sigfile', signatureFile]),
        { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] },
      )
    expect(verify()).toContain('Signature Verified Successfully')
    writeFileSync(messageFile, Buffer.concat([message, Buffer.from(' ')]))
    expect(verify).toThrow()

    const report = JSON.parse(payload.toString()) as { type: string; entries: AccessLine[] }
    expect(report.type).toBe('liandang/access-report/1')
    expect(report.entries).toHaveLength(entries)
    expect(report.entries.every(({ kind }) => kind === 'refused')).toBe(true)
    const html = readFileSync(page, 'utf8')
    expect(html).toContain('用户 secadmin')
    expect(html.match(/<tr>/g)).toHaveLength(entries + 1)
    const [entered] = await listedAccess(vault, { kinds: ['list-export'] })
    expect(entered).toMatchObject({ memberName: '用户 auditor', subject: { results: entries } })
  })

  test('goes into a folder that is there', async () => {
    const folder = join(vault.outside, 'nowhere')
    const refused = await vault.refusal('auditor', 'access.export', { filter: everyEntry, folder })
    expect(refused).toBe('bundle/folder-unusable')
  })
})
