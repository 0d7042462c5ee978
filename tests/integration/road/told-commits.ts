import { createHash } from 'node:crypto'
import type { Header } from '../../../src-shared/log/header.ts'
import type { Operation } from '../../../src-shared/log/operations.ts'
import type { Claim, Deed, Event, Role } from '../../property/review/reference.ts'

/** A commit as it lies in a vault. */
export interface StoredCommit {
  readonly leaf: string
  readonly depth: number
  readonly header: Uint8Array
}

/**
 * What the reference makes of the commits of one record, read out of the bytes that were signed: who did what, and from
 * `deps` alone what each had seen. Nothing of how the product reads them is asked.
 */
export function toldCommits(
  unit: string,
  record: string,
  level: number,
  commits: readonly StoredCommit[],
): readonly Event[] {
  const read = commits.map(({ leaf, depth, header }) => ({
    leaf,
    depth,
    header: JSON.parse(Buffer.from(header).toString('utf8')) as Header,
  }))
  const byLeaf = new Map(read.map((one) => [one.leaf, one]))
  const known = new Map<string, ReadonlyMap<string, number>>()
  const knewOf = (leaf: string): ReadonlyMap<string, number> => {
    const before = known.get(leaf)
    const commit = byLeaf.get(leaf)
    if (before !== undefined || commit === undefined) return before ?? new Map()
    const { log, prev, deps } = commit.header
    const found = new Map<string, number>()
    for (const other of [prev, ...deps]) {
      const named = other === null ? undefined : byLeaf.get(other)
      if (named === undefined) continue
      const sizes = [...knewOf(named.leaf), [named.header.log, named.header.seq + 1] as const]
      for (const [of, size] of sizes) found.set(of, Math.max(found.get(of) ?? 0, size))
    }
    found.delete(log)
    known.set(leaf, found)
    return found
  }
  return read
    .toSorted((a, b) => a.depth - b.depth)
    .flatMap(({ leaf, depth, header }) =>
      header.ops.flatMap((operation) =>
        deedsOf(unit, record, operation).map(
          (deed): Event => ({
            id: leaf,
            row: 0,
            depth,
            log: header.log,
            place: header.seq,
            knew: knewOf(leaf),
            who: header.member,
            own: null,
            role: header.role as Role,
            inForce: true,
            reach: [{ categories: ['*'], level }],
            deed,
          }),
        ),
      ),
    )
}

function deedsOf(unit: string, record: string, operation: Operation): readonly Deed[] {
  switch (operation.op) {
    case 'record.submit': {
      if (operation.entity !== record) return []
      const { digest: revision, cadre, category, parent, settles, evidence } = operation
      return [{ do: 'submit', revision, cadre, category, parent, settles, evidence }]
    }
    case 'record.withdraw':
      return rowsOf(record, operation.rows).map(({ revision }) => ({ do: 'withdraw', revision }))
    case 'review.return':
      return rowsOf(record, operation.rows).map(({ revision }) => ({ do: 'return', revision }))
    case 'review.sign':
      return rowsOf(record, operation.rows).map(({ revision }) => ({ do: 'sign', revision }))
    case 'review.decide':
      return rowsOf(record, operation.rows).map(({ revision, commitment, rekey }) => {
        return { do: 'decide', revision, secret: commitment, typed: rekey !== undefined }
      })
    case 'review.open':
      return rowsOf(record, operation.rows).map(({ revision, opinions }) => {
        return { do: 'open', revision, claims: opinions.map((one) => claimOf(unit, revision, one)) }
      })
    case 'review.adjudicate':
      return rowsOf(record, operation.rows).map(({ revision, outcome }) => {
        return { do: 'adjudicate', revision, outcome }
      })
    case 'objection.settle': {
      if (operation.record !== record) return []
      const { revision, objection, outcome, fault } = operation
      return [{ do: 'settle-objection', revision, objection, outcome, fault }]
    }
    default:
      return []
  }
}

function rowsOf<Row extends { readonly record: string }>(
  record: string,
  rows: readonly Row[],
): readonly Row[] {
  return rows.filter((row) => row.record === record)
}

type Opened = Extract<Operation, { op: 'review.open' }>['rows'][number]['opinions'][number]

/** A claim with what its author would have bound themself to by it: canonical JSON, SHA-256. */
function claimOf(unit: string, revision: string, opened: Opened): Claim {
  const { reviewer: of } = opened
  if (opened.decision === 'unopenable') return { of, says: 'unopenable', secret: '', typed: false }
  const { decision, grounds, nonce, rekey } = opened
  const bound = { decision, grounds, nonce, reviewer: of, revision, unit }
  // The members stand in the order of their names already.
  const secret = createHash('sha256').update(JSON.stringify(bound)).digest('hex')
  return { of, says: decision, secret, typed: rekey !== undefined }
}
