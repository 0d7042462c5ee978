import type { Compartment } from '../../src-shared/access/roles.ts'
import type { Id } from '../../src-shared/kernel/ids.ts'
import type { Database } from './database.ts'

export interface CompartmentStatus {
  readonly compartment: Compartment
  readonly commits: number
  readonly records: number
  /** Records with an archived revision. */
  readonly archived: number
  /** Void commits and void steps. */
  readonly voids: number
}

export interface LastReceipt {
  readonly bundle: Id
  readonly compartment: Compartment
  readonly seq: number
  readonly receivedAt: string
}

export interface StoredStatus {
  readonly compartments: readonly CompartmentStatus[]
  readonly evidence: number
  readonly bundles: number
  readonly lastReceipt: LastReceipt | null
}

/** What the node holds of a unit, in numbers. Commits are counted from the sizes of the logs. */
export async function unitStatus(database: Database, unit: Id): Promise<StoredStatus> {
  const commits = await database
    .selectFrom('device_log')
    .select((expression) => ['compartment', expression.fn.sum<number>('size').as('count')])
    .where('unit', '=', unit)
    .groupBy('compartment')
    .execute()
  const records = await database
    .selectFrom('record')
    .select((expression) => [
      'compartment',
      expression.fn.countAll<number>().as('count'),
      expression.fn.sum<number>('archived').as('archived'),
    ])
    .where('unit', '=', unit)
    .where('state', 'is not', null)
    .groupBy('compartment')
    .execute()
  const voids = await database
    .selectFrom('void')
    .select((expression) => ['compartment', expression.fn.countAll<number>().as('count')])
    .where('unit', '=', unit)
    .groupBy('compartment')
    .execute()
  const { evidence } = await database
    .selectFrom('evidence')
    .select((expression) => expression.fn.countAll<number>().as('evidence'))
    .where('unit', '=', unit)
    .executeTakeFirstOrThrow()
  const { bundles } = await database
    .selectFrom('bundle')
    .select((expression) => expression.fn.countAll<number>().as('bundles'))
    .where('unit', '=', unit)
    .executeTakeFirstOrThrow()
  const last = await database
    .selectFrom('bundle')
    .select(['id', 'compartment', 'receipt_seq', 'received_at'])
    .where('unit', '=', unit)
    .orderBy('received_at', 'desc')
    .orderBy('receipt_seq', 'desc')
    .limit(1)
    .executeTakeFirst()
  const of = <Row extends { compartment: Compartment }>(rows: readonly Row[], compartment: Compartment) =>
    rows.find((row) => row.compartment === compartment)
  return {
    compartments: (['control', 'archive', 'discipline'] as const).map((compartment) => ({
      compartment,
      commits: Number(of(commits, compartment)?.count ?? 0),
      records: Number(of(records, compartment)?.count ?? 0),
      archived: Number(of(records, compartment)?.archived ?? 0),
      voids: Number(of(voids, compartment)?.count ?? 0),
    })),
    evidence: Number(evidence),
    bundles: Number(bundles),
    lastReceipt:
      last === undefined
        ? null
        : {
            bundle: last.id,
            compartment: last.compartment,
            seq: last.receipt_seq,
            receivedAt: last.received_at,
          },
  }
}
