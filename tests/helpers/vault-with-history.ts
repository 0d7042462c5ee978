import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { openHub, type Hub, type IngestReport } from '../../src-hub/index.ts'
import { canonicalText, type CanonicalValue } from '../../src-shared/kernel/canonical.ts'
import { bytesOf } from './hub-fixture.ts'
import { newJob, talk, VaultFixture, type FoundingOptions } from './vault-fixture.ts'

export interface VaultWithHub {
  readonly vault: VaultFixture
  readonly hub: Hub
  /** Of the node. */
  readonly dataDirectory: string
  close(): Promise<void>
}

/** A unit that has an upstream node, in whose trust it is. */
export async function foundWithHub(options: FoundingOptions = {}, url?: string): Promise<VaultWithHub> {
  const place = VaultFixture.empty()
  const dataDirectory = join(place.outside, 'hub')
  mkdirSync(dataDirectory)
  const create = url === undefined ? { name: '县纪委' } : { name: '县纪委', url }
  const opened = await openHub({ dataDirectory, create })
  if (!opened.ok) throw new Error(opened.error.code)
  const hub = opened.value
  const hubCard = canonicalText(hub.card as unknown as CanonicalValue)
  const vault = await VaultFixture.found({ ...options, hubCard })
  const { id, unitRootPublicKey } = await vault.value('approver', 'unit.read', {})
  const trusted = await hub.trust({ unit: id, unitRootPublicKey })
  if (!trusted.ok) throw new Error(trusted.error.code)
  return {
    vault,
    hub,
    dataDirectory,
    close: async () => {
      await hub.close()
      vault.close()
      place.close()
    },
  }
}

/** Writes the bundles of every compartment, has the node take them in, and brings its receipts back. What the node says of each. */
export async function deliverAll({ vault, hub }: VaultWithHub): Promise<readonly IngestReport[]> {
  const reports: IngestReport[] = []
  const folder = join(vault.outside, newJob())
  mkdirSync(folder)
  const sent = await vault.value('inspector', 'sync.export', { folder, kind: 'update', job: newJob() })
  for (const { file } of sent) {
    const report = await hub.ingest(bytesOf(new Uint8Array(readFileSync(join(folder, file)))))
    if (!report.ok) throw new Error(report.error.code)
    const path = join(folder, `receipt-${file}`)
    writeFileSync(path, report.value.receipt)
    await vault.value('inspector', 'sync.receive', { path })
    reports.push(report.value)
  }
  return reports
}

/** A little of everything a vault comes to hold: facts, corrections, opinions of every sort, evidence, receipts. */
export async function workThrough(unit: VaultWithHub): Promise<void> {
  const { vault } = unit
  const cadre = await vault.openCadre('张三丰')
  const fact = await vault.submit(cadre)
  await vault.archive(fact)
  await vault.archive(await vault.submit(cadre, { record: fact.record, parent: fact.revision }))
  const returned = await vault.submit(cadre)
  await vault.return(returned, 'first')
  const upload = await vault.upload('inspector', '谈话.txt', new TextEncoder().encode('谈话记录'))
  const { record, revision } = await vault.submit(cadre, talk(cadre, upload), 'inspector')
  await vault.decide({ record, revision, compartment: 'discipline' }, 'first')
  await deliverAll(unit)
  const disputed = await vault.submit(await vault.openCadre('李四'))
  await vault.review(disputed, 'agree', 'disagree')
  await vault.adjudicate(disputed)
  await deliverAll(unit)
  await vault.submit(cadre)
}
