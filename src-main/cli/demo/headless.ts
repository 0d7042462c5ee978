import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { SentBundle, VerificationReport } from '../../../src-shared/contract/log-views.ts'
import { newJob, type Desk } from './office.ts'
import { playStory, type Stage } from './story.ts'

/** What `report.json` says, and the one line on standard output. */
export interface DemoReport {
  readonly cadres: number
  readonly records: number
  readonly archived: number
  readonly commits: number
  readonly bundles: readonly Pick<SentBundle, 'file' | 'compartment' | 'bytes' | 'sha256'>[]
  readonly receipts: number
  readonly verified: boolean
}

/** The whole road, over the network and with a stick, and the files that others can check. */
export async function playHeadless(stage: Stage): Promise<DemoReport> {
  const { office, directory, hub, tell } = stage
  const story = await playStory(stage)
  tell('纪检专管员：导出同步包到 U 盘，接收回执，校验')
  const outcome = await office.as('inspector', async (desk) => {
    const bundles = await carryByStick(stage, desk)
    const verification = await desk.call('log.verify', { job: newJob() })
    const cadres = await desk.call('cadre.list', { search: '', after: null, limit: 1 })
    const { archived } = await desk.call('workbench.read', {})
    return { bundles, verification, cadres: cadres.total, archived }
  })
  const { bundles, verification, cadres, archived } = outcome
  tell(verification.verified ? '校验通过' : '校验未通过')
  mkdirSync(join(directory, 'keys'), { recursive: true, mode: 0o700 })
  copyFileSync(join(hub.dataDirectory, 'keys', 'hub.agekey'), join(directory, 'keys', 'hub.agekey'))
  const report: DemoReport = {
    cadres,
    records: story.records,
    archived,
    commits: commitsOf(verification),
    bundles: bundles.map(({ file, compartment, bytes, sha256 }) => ({ file, compartment, bytes, sha256 })),
    receipts: story.receipts.length + bundles.length,
    verified: verification.verified,
  }
  writeFileSync(join(directory, 'report.json'), `${JSON.stringify(report, null, 2)}\n`)
  return report
}

/** Writes the bundles, has the node take them in, and takes in its receipts. */
async function carryByStick({ directory, hub, tell }: Stage, desk: Desk): Promise<readonly SentBundle[]> {
  const stick = join(directory, 'bundles')
  mkdirSync(stick, { recursive: true })
  const bundles = await desk.call('sync.export', { folder: stick, kind: 'full', job: newJob() })
  const files = bundles.map(({ file }) => join(stick, file))
  const taken = await hub.ingest(files, join(directory, 'receipts'))
  for (const { receipt } of taken) await desk.call('sync.receive', { path: receipt })
  tell(`  同步包 ${bundles.length} 个，回执 ${taken.length} 份`)
  return bundles
}

function commitsOf({ compartments }: VerificationReport): number {
  return compartments.reduce((sum, compartment) => sum + compartment.commits, 0)
}
