import { toHex } from '../../src-shared/kernel/bytes.ts'
import type { AuthorityHistory } from '../../src-shared/access/authority.ts'
import { judgeCommit } from '../../src-shared/access/judge.ts'
import { newId, type Digest, type Id } from '../../src-shared/kernel/ids.ts'
import type { CategoryRule } from '../../src-shared/log/category-rule.ts'
import type { OpenedOpinion, OperationOf } from '../../src-shared/log/operations.ts'
import { nodePrimitives } from '../../src-shared/node/primitives.ts'
import { commitmentOf } from '../../src-shared/review/commitment.ts'
import { followRoad } from '../../src-shared/review/road.ts'
import { drawSample, drawSeed, sampleSize } from '../../src-shared/review/sampling.ts'
import type { RevisionState, RoadResult, RoadStep } from '../../src-shared/review/states.ts'
import { stepsOf, type RecordStep } from '../../src-shared/review/steps.ts'
import {
  fixtureRules,
  type FixtureCommit,
  type FixtureDevice,
  type FixtureMember,
  type UnitFixture,
} from './unit-fixture.ts'

export const plan = { tolerablePermille: 200, confidencePermille: 900 } as const

/** The rules of the fixtures with one category more, which may be sampled, and one like it that may not. */
export const samplingRules: readonly CategoryRule[] = [
  ...fixtureRules,
  { ...(fixtureRules[0] as CategoryRule), category: 'D10', level: 2, sampling: plan },
  { ...(fixtureRules[0] as CategoryRule), category: 'D9', level: 2 },
]

export interface LotFixtureRow {
  readonly record: Id
  readonly revision: Digest
  readonly submission: Digest
}

export interface FixtureDraw {
  readonly leaf: Digest
  readonly seed: Digest
  readonly rows: readonly LotFixtureRow[]
  readonly sample: ReadonlySet<Digest>
}

type DecideRow = OperationOf<'review.decide'>['rows'][number]
type Side = 'agree' | 'disagree'

interface Sealed {
  readonly revision: Digest
  readonly commitment: Digest
  readonly opened: OpenedOpinion
}

/** Imports that are reviewed by a sample, as real commits of a fixture's unit; and by clients that check nothing. */
export class LotFixture {
  readonly unit: UnitFixture
  readonly #sealed = new Map<Digest, Sealed>()

  readonly #history: AuthorityHistory
  /** How long each log was before: what others did in the unit is no part of this. */
  readonly #before: ReadonlyMap<Id, number>
  readonly #judged = new Map<Digest, readonly RecordStep[]>()

  constructor(unit: UnitFixture) {
    this.unit = unit
    this.#history = unit.history()
    this.#before = new Map(unit.logs('archive').map((log) => [log.id, log.commits.length]))
  }

  /** An import in one commit. */
  submit(count: number, { category = 'D10', batch = newId(nodePrimitives) } = {}) {
    const records = Array.from({ length: count }, () => newId(nodePrimitives))
    const base = { parent: null, settles: [], batch, evidence: 0, category }
    const { commit } = this.unit.commit(
      { member: this.unit.members.collector, role: 'collector', compartment: 'archive' },
      records.map((record) => ({
        operation: { op: 'record.submit', entity: record, cadre: newId(nodePrimitives), ...base },
        body: { values: {} },
      })),
    )
    const rows = records.map((record, index): LotFixtureRow => {
      const revision = commit.header.ops[index]?.digest ?? ''
      return { record, revision, submission: commit.leaf }
    })
    return { batch, rows }
  }

  draw(
    { batch, rows }: { readonly batch: Id; readonly rows: readonly LotFixtureRow[] },
    changes: Partial<OperationOf<'review.draw'>> = {},
    by: { readonly member?: FixtureMember; readonly device?: FixtureDevice } = {},
  ): FixtureDraw & { readonly made: FixtureCommit } {
    const base = { batch, category: 'D10', plan, rows: rows.map((row) => ({ ...row })) }
    const { member = this.unit.members.approver, ...place } = by
    const role = member.roles[0] as 'approver'
    const made = this.unit.commit({ member, role, compartment: 'archive', ...place }, [
      { operation: { op: 'review.draw', entity: newId(nodePrimitives), ...base, ...changes } },
    ])
    const { leaf } = made.commit
    const seed = drawSeed(nodePrimitives, this.unit.id, leaf, [...new Set(rows.map((row) => row.submission))])
    const sample = drawSample(nodePrimitives, seed, rows, sampleSize(rows.length, plan))
    return { leaf, seed, rows, sample, made }
  }

  /** What a reviewer seals about one row; `lot` left out where the row stands for itself. */
  seal(reviewer: FixtureMember, { revision }: LotFixtureRow, decision: Side, lot?: Side): Sealed {
    const nonce = toHex(nodePrimitives.randomBytes(32))
    const grounds = toHex(nodePrimitives.randomBytes(32))
    const claim = { reviewer: reviewer.id, nonce, decision, grounds, ...(lot === undefined ? {} : { lot }) }
    const commitment = commitmentOf(nodePrimitives, { unit: this.unit.id, revision, ...claim })
    const sealed = { revision, commitment, opened: claim }
    this.#sealed.set(commitment, sealed)
    return sealed
  }

  /**
   * A decision about a drawn lot as an honest client makes it, or changed by one that is not.
   *
   * @param misses sampled revisions that the reviewer found wrong
   * @param lie the verdict on the lot, where it is not what the sample says
   */
  decide(
    reviewer: FixtureMember,
    { leaf, rows, sample }: FixtureDraw,
    misses: readonly Digest[] = [],
    change: (rows: DecideRow[]) => readonly DecideRow[] = (all) => all,
    lie?: Side,
  ): FixtureCommit {
    const lot = lie ?? (misses.length > 0 ? 'disagree' : 'agree')
    const decided = rows.map((row): DecideRow => {
      const { record, revision } = row
      const isSeen = sample.has(revision)
      const decision = isSeen ? (misses.includes(revision) ? 'disagree' : 'agree') : lot
      const { commitment } = this.seal(reviewer, row, decision, lot)
      return { record, revision, commitment, ...(isSeen ? {} : { unseen: true as const }) }
    })
    return this.decideRows(reviewer, change(decided), leaf)
  }

  decideRows(reviewer: FixtureMember, rows: readonly DecideRow[], draw?: Digest): FixtureCommit {
    return this.unit.commit({ member: reviewer, role: 'reviewer', compartment: 'archive' }, [
      {
        operation: {
          op: 'review.decide',
          entity: newId(nodePrimitives),
          ...(draw === undefined ? {} : { draw }),
          rows: rows.map((row) => ({ ...row })),
        },
      },
    ])
  }

  return(reviewer: FixtureMember, rows: readonly LotFixtureRow[], draw?: Digest): FixtureCommit {
    return this.unit.commit({ member: reviewer, role: 'reviewer', compartment: 'archive' }, [
      {
        operation: {
          op: 'review.return',
          entity: newId(nodePrimitives),
          ...(draw === undefined ? {} : { draw }),
          rows: rows.map(({ record, revision }) => ({ record, revision })),
        },
      },
    ])
  }

  /** Opens what was sealed, all of it, and says it as it is; `change` is what a patched client says. */
  open(
    { leaf, rows, sample }: FixtureDraw,
    change: (opinion: OpenedOpinion, row: LotFixtureRow) => OpenedOpinion = (opinion) => opinion,
    which: readonly LotFixtureRow[] = rows,
  ): FixtureCommit {
    const { approver } = this.unit.members
    const steps = this.steps()
    return this.unit.commit({ member: approver, role: 'approver', compartment: 'archive' }, [
      {
        operation: {
          op: 'review.open',
          entity: newId(nodePrimitives),
          draw: leaf,
          rows: which.map((row) => ({
            record: row.record,
            revision: row.revision,
            ...(sample.has(row.revision) ? {} : { unseen: true as const }),
            opinions: this.#opinionsOf(row, steps).map((opinion) => change(opinion, row)),
          })),
        },
      },
    ])
  }

  /** What was sealed of a row; where nothing was, somebody who said nothing cannot be opened. */
  #opinionsOf(
    { record, revision }: LotFixtureRow,
    steps: ReadonlyMap<Id, readonly RoadStep[]>,
  ): OpenedOpinion[] {
    const { state } = followRoad(nodePrimitives, this.unit.id, record, steps.get(record) ?? [])
    const opinions = state?.revisions.find((one) => one.revision === revision)?.opinions ?? []
    const said = opinions.flatMap(({ commitment }) => this.#sealed.get(commitment)?.opened ?? [])
    return said.length > 0 ? said : [{ reviewer: this.unit.members.approver.id, decision: 'unopenable' }]
  }

  sign(rows: readonly LotFixtureRow[]): FixtureCommit {
    const { approver } = this.unit.members
    const named = rows.map(({ record, revision }) => ({ record, revision }))
    return this.unit.commit({ member: approver, role: 'approver', compartment: 'archive' }, [
      { operation: { op: 'review.sign', entity: newId(nodePrimitives), rows: named } },
    ])
  }

  /** Every step of every commit that is not void, by record. */
  steps(): ReadonlyMap<Id, readonly RoadStep[]> {
    const steps = new Map<Id, RoadStep[]>()
    for (const { id, commits } of this.unit.logs('archive'))
      for (const made of commits.slice(this.#before.get(id) ?? 0))
        for (const { record, step } of this.#stepsOf(made)) {
          const known = steps.get(record)
          if (known === undefined) steps.set(record, [step])
          else known.push(step)
        }
    return steps
  }

  #stepsOf({ commit: { header, leaf }, depth, sight }: FixtureCommit): readonly RecordStep[] {
    const known = this.#judged.get(leaf)
    if (known !== undefined) return known
    const state = this.#history.at(header.authority ?? '')
    const counts = state !== undefined && judgeCommit(this.#history, header, leaf, 'archive') === null
    const steps = counts ? stepsOf(nodePrimitives, header, leaf, depth, state, sight) : []
    this.#judged.set(leaf, steps)
    return steps
  }

  road({ record }: LotFixtureRow): RoadResult {
    return followRoad(nodePrimitives, this.unit.id, record, this.steps().get(record) ?? [])
  }

  revision(row: LotFixtureRow): RevisionState {
    const found = this.road(row).state?.revisions.find(({ revision }) => revision === row.revision)
    if (found === undefined) throw new Error('no such revision')
    return found
  }

  statuses(rows: readonly LotFixtureRow[]): readonly string[] {
    const all = this.steps()
    return rows.map(({ record, revision }) => {
      const { state } = followRoad(nodePrimitives, this.unit.id, record, all.get(record) ?? [])
      return state?.revisions.find((one) => one.revision === revision)?.status ?? 'none'
    })
  }

  /** The code of each row's step in a commit, null where it counts. */
  codes({ commit }: FixtureCommit, rows: readonly LotFixtureRow[]): readonly (string | null)[] {
    const all = this.steps()
    return rows.map(({ record }) => {
      const { voids } = followRoad(nodePrimitives, this.unit.id, record, all.get(record) ?? [])
      return voids.find((voided) => voided.commit === commit.leaf)?.code ?? null
    })
  }
}
