import { cpSync } from 'node:fs'
import { carry, enrol, must } from '../../helpers/two-devices.ts'
import { fewPeople, people, VaultFixture } from '../../helpers/vault-fixture.ts'

/*
 * A program of its own, for a browser test loads no database: two computers of one unit without a network. On one a record
 * is signed, on the other a reviewer sends it back, and the stick comes afterwards. Writes the vault of the first to the
 * folder named, and says which record.
 */
const number = '429999198001010037'
const [, , folder = ''] = process.argv

const third = { login: 'third', roles: ['reviewer'] } as const
const inspector = people.filter(({ login }) => login === 'inspector')
const office = await VaultFixture.found({ people: [...fewPeople, ...inspector, third] })
const opened = { name: '方家驹', identityNumber: number, post: null }
const own = (await office.value('collector', 'cadre.open', opened)).cadre
const cadre = await office.openCadre('方家骏')
const branch = await enrol(office, '分部')
const row = await office.submit(cadre)
must(await office.decide(row, 'first'))
await carry(office, branch)
must(
  await branch.call('third', 'review.return', {
    compartment: 'archive',
    rows: [{ record: row.record, revision: row.revision }],
    reasons: ['incomplete'],
    marks: [],
    words: '借款金额与转账回单不一致',
  }),
)
must(await office.decide(row, 'second'))
must(await office.open(row))
must(await office.sign(row))
await carry(branch, office)
// Whoever sent it back turns out to be a relative.
const member = (await office.session('third')).vault.member.id
await office.value('approver', 'member.tie', { member, cadre: own })
await office.refresh()
const values = { relation: '01', name: '方家驹', identityNumber: number }
await office.archive(await office.submit(cadre, { category: 'A3', values }))
office.leave()
branch.close()
cpSync(office.directory, folder, { recursive: true })
office.close()
console.log(JSON.stringify({ record: row.record, cadre }))
