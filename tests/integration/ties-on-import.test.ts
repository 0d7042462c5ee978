import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ExchangeView } from '../../src-shared/contract/device-views.ts'
import type { TieFinding } from '../../src-shared/contract/log-views.ts'
import type { Id } from '../../src-shared/kernel/ids.ts'
import { carry, enrol, must } from '../helpers/two-devices.ts'
import { fewPeople, newJob, people, VaultFixture, type Row } from '../helpers/vault-fixture.ts'

const third = { login: 'third', roles: ['reviewer'] } as const
const number = '429999198001010037'

const staff = [...fewPeople, ...people.filter(({ login }) => login === 'inspector'), third]

let office: VaultFixture
let branch: VaultFixture

beforeAll(async () => {
  office = await VaultFixture.found({ people: staff })
  branch = await enrol(office, '分部')
})

afterAll(() => {
  office.close()
  branch.close()
})

const memberOf = async (login: string): Promise<Id> => (await office.session(login)).vault.member.id

/** What the archive's and the discipline's bundles were found to hold. */
function tiesOf(views: readonly ExchangeView[]): readonly TieFinding[] {
  return views.flatMap(({ ties }) => ties)
}

async function verified(vault: VaultFixture, login: string) {
  return await vault.value(login, 'log.verify', { job: newJob() })
}

describe('who should have kept out', () => {
  let own: Id
  let cousin: Id
  let row: Row
  let finding: Partial<TieFinding>

  beforeAll(async () => {
    own = (
      await office.value('collector', 'cadre.open', { name: '方家驹', identityNumber: number, post: null })
    ).cadre
    cousin = await office.openCadre('方家骏')
    await office.value('approver', 'member.tie', { member: await memberOf('third'), cadre: own })
    await office.refresh()
    row = await office.submit(cousin)
    await carry(office, branch)
    finding = {
      compartment: 'archive',
      record: row.record,
      revision: row.revision,
      cadre: cousin,
      cadreName: '方家骏',
      member: await memberOf('third'),
      name: '用户 third',
      as: 'reviewer',
      tie: 'kin',
    }
  })

  test('is named to whoever takes in an opinion that another computer could not know of', async () => {
    // The register of relatives is archived here after the branch left; the name in it is not the one in the dossier.
    const values = { relation: '01', name: '方驹', identityNumber: number }
    await office.archive(await office.submit(cousin, { category: 'A3', values }))
    must(await branch.decide(row, 'third'))
    expect(
      await office.refusal('third', 'review.decide', {
        compartment: 'archive',
        rows: [
          {
            record: row.record,
            revision: row.revision,
            decision: 'agree',
            reasons: [],
            marks: [],
            words: '',
          },
        ],
      }),
    ).toBe('review/kin')
    const views = await carry(branch, office)
    expect(tiesOf(views)).toEqual([expect.objectContaining(finding)])
    expect(views.every(({ voids }) => voids.length === 0)).toBe(true)
  })

  test('is named to whoever takes in what makes kin of them', async () => {
    expect((await verified(branch, 'approver')).ties.found).toEqual([])
    expect(tiesOf(await carry(office, branch))).toEqual([expect.objectContaining(finding)])
  })

  test('is named once: the next bundle says what it brought, not what stood here', async () => {
    await branch.submit(cousin)
    const views = await carry(branch, office)
    expect(views.find(({ compartment }) => compartment === 'archive')?.commits).toBeGreaterThan(0)
    expect(tiesOf(views)).toEqual([])
  })

  test('stands in the report of a verification, which holds all the same, on each computer', async () => {
    for (const vault of [office, branch]) {
      const report = await verified(vault, 'approver')
      expect(report.verified).toBe(true)
      expect(report.ties).toEqual({ found: [expect.objectContaining(finding)], sought: ['kin', 'line'] })
    }
    expect((await office.record(row.record)).revisions[0]?.opinions).toHaveLength(1)
  })

  test('is not looked for by those who open no dossier', async () => {
    expect((await verified(office, 'auditor')).ties).toEqual({ found: [], sought: [] })
  })

  test('of a discipline record is told to nobody without that compartment', async () => {
    const chief = await office.openCadre('廖主任')
    const lead = await office.submit(
      chief,
      {
        category: 'E2',
        values: {
          number: '线索〔2026〕1号',
          source: '01',
          receivedOn: '2026-11-01',
          summary: '反映收礼',
          disposal: '03',
          filed: '0',
        },
      },
      'inspector',
    )
    await carry(office, branch)
    // Said on one computer while the other decides.
    await office.value('approver', 'member.line', { member: await memberOf('first'), cadres: [chief] })
    await office.refresh()
    must(await branch.decide({ ...lead, compartment: 'discipline' }, 'first'))
    const views = await carry(branch, office)
    const expected = {
      compartment: 'discipline',
      record: lead.record,
      as: 'reviewer',
      tie: 'line',
      category: 'E2',
    }
    expect(tiesOf(views)).toEqual([expect.objectContaining(expected)])
    for (const login of ['approver', 'inspector'])
      expect((await verified(office, login)).ties.found).toContainEqual(expect.objectContaining(expected))
    for (const login of ['collector', 'third']) {
      const { ties } = await verified(office, login)
      expect(ties.found.map(({ compartment }) => compartment)).not.toContain('discipline')
      expect(JSON.stringify(ties)).not.toContain(lead.record)
    }
  })

  test('reads the same after the tables are derived anew', async () => {
    const before = (await verified(office, 'inspector')).ties
    await office.value('inspector', 'log.rebuild', { job: newJob() })
    expect((await verified(office, 'inspector')).ties).toEqual(before)
  })
})
