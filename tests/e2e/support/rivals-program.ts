import { cpSync } from 'node:fs'
import { fewPeople, loan, VaultFixture } from '../../helpers/vault-fixture.ts'
import { deviceOf, enrol, exported, must, receive } from '../../helpers/two-devices.ts'

/**
 * Makes, in the folder that it is given, the vault of a PC that has exchanged bundles with another one, after both had
 * corrected one fact and signed it. Says the dossier and the record.
 */
const [target = ''] = process.argv.slice(2)
const first = await VaultFixture.found({ people: fewPeople })
const second = await enrol(first, '财务室电脑', 'approver')
const cadre = await first.openCadre('刘建国')
const fact = await first.submit(cadre)
await first.archive(fact)
const exchange = async (from: VaultFixture, to: VaultFixture) => {
  const device = await deviceOf(to, 'approver')
  for (const path of await exported(from, device, 'approver')) must(await receive(to, path, 'approver'))
  await to.refresh()
}
await exchange(first, second)
for (const [vault, description, reason] of [
  [first, '借给同事周转', '核对借条'] as const,
  [second, '借给亲属购房', '本人说明'] as const,
]) {
  const values = { ...loan(cadre).values, description }
  const change = { record: fact.record, parent: fact.revision, values, reason }
  await vault.archive(await vault.submit(cadre, change))
}
await exchange(second, first)
first.leave()
cpSync(first.directory, target, { recursive: true })
console.info(JSON.stringify({ cadre, record: fact.record }))
first.close()
second.close()
