import { fc } from '../../helpers/properties.ts'
import type { AuthorityHistory } from '../../../src-shared/access/authority.ts'
import { judgeCommit } from '../../../src-shared/access/judge.ts'
import { toHex, utf8 } from '../../../src-shared/kernel/bytes.ts'
import type { Digest, Id } from '../../../src-shared/kernel/ids.ts'
import type { OpenedOpinion } from '../../../src-shared/log/operations.ts'
import { nodePrimitives } from '../../../src-shared/node/primitives.ts'
import { commitmentOf } from '../../../src-shared/review/commitment.ts'
import { followRoad } from '../../../src-shared/review/road.ts'
import type { RecordState, RevisionState } from '../../../src-shared/review/states.ts'
import { stepsOf, type RecordStep } from '../../../src-shared/review/steps.ts'
import {
  UnitFixture,
  type FixtureCommit,
  type FixtureDevice,
  type FixtureMember,
  type FixtureOperation,
} from '../../helpers/unit-fixture.ts'
import { digestOf, idOf } from '../../unit/review/road-steps.ts'

/** Random histories as real commits of a real unit on three devices, over a few records and two cadres. */
export interface Deed {
  readonly device: number
  readonly act: number
  readonly person: number
  readonly record: number
  readonly choice: number
}

const number = fc.noBias(fc.nat({ max: 9999 }))

export const deeds: fc.Arbitrary<readonly Deed[]> = fc.array(
  fc.record({ device: number, act: number, person: number, record: number, choice: number }),
  { minLength: 10, maxLength: 90, size: 'max' },
)

const records = [idOf('record one'), idOf('record two')]
const cadres = [idOf('cadre one'), idOf('cadre two')]

function pick<T>(from: readonly T[], at: number): T {
  return from[at % from.length] as T
}

/** A commit with what the tables need of it: its void code, or the steps it takes. */
export interface Judged {
  readonly made: FixtureCommit
  readonly voidCode: string | null
  readonly steps: readonly RecordStep[]
}

export class World {
  readonly unit: UnitFixture
  readonly devices: readonly FixtureDevice[]
  readonly #history: AuthorityHistory
  readonly #judged = new Map<Digest, Judged>()

  private constructor(unit: UnitFixture) {
    this.unit = unit
    this.devices = [unit.device, unit.addDevice(), unit.addDevice()]
    this.#history = unit.history()
  }

  static async of(walk: readonly Deed[]): Promise<World> {
    const world = new World(await UnitFixture.found())
    for (const deed of walk) world.#do(deed)
    return world
  }

  judge(made: FixtureCommit): Judged {
    const { header, leaf } = made.commit
    const known = this.#judged.get(leaf)
    if (known !== undefined) return known
    const voidCode = judgeCommit(this.#history, header, leaf, 'archive')
    const state = this.#history.at(header.authority ?? '')
    const steps =
      voidCode === null && state !== undefined
        ? stepsOf(nodePrimitives, header, leaf, made.depth, state, made.sight)
        : []
    const judged = { made, voidCode, steps }
    this.#judged.set(leaf, judged)
    return judged
  }

  /** What a device knows of a record. */
  #state(device: FixtureDevice, record: Id): RecordState | null {
    const known = this.devices.flatMap((other) => {
      const { commits } = other.logs.archive
      const seen =
        other === device ? commits.length : (device.logs.archive.seen.get(other.logs.archive.id) ?? 0)
      return commits.slice(0, seen)
    })
    const steps = known.flatMap((made) => this.judge(made).steps).filter((step) => step.record === record)
    return followRoad(
      nodePrimitives,
      this.unit.id,
      record,
      steps.map(({ step }) => step),
    ).state
  }

  #do(deed: Deed): void {
    const device = pick(this.devices, pick([0, 0, 1, 2], deed.device))
    if (deed.act % 5 === 0) {
      this.unit.meet(device, pick(this.devices, deed.choice))
      return
    }
    const { collector, inspector } = this.unit.members
    if (deed.act % 11 === 0) {
      const operation = { op: 'cadre.open' as const, entity: pick(cadres, deed.choice) }
      this.#commit(device, pick([collector, inspector], deed.person), {
        operation,
        body: { name: `开档 ${deed.choice % 10}`, identityNumber: null, post: null },
      })
      return
    }
    const record = pick(records, deed.record)
    if (deed.choice % 10 === 3) {
      this.#trespass(device, deed, record)
      return
    }
    const state = this.#state(device, record)
    const revision = state?.revisions.at(-1)
    if (revision === undefined || deed.choice % 9 === 0) this.#submit(device, deed, record, state)
    else this.#review(device, deed, record, state as RecordState, revision)
  }

  #commit(device: FixtureDevice, member: FixtureMember, operation: FixtureOperation): void {
    const role = member.roles[0] as FixtureMember['roles'][number]
    this.unit.commit({ member, role, compartment: 'archive', device }, [operation])
  }

  /** A commit that its member may not sign: it enters the log and counts for nothing. */
  #trespass(device: FixtureDevice, deed: Deed, record: Id): void {
    const { auditor, collector, approver, sysadmin } = this.unit.members
    const revision = this.#state(device, record)?.revisions.at(-1)?.revision ?? digestOf('nothing')
    const operation = {
      operation: { op: 'review.sign' as const, entity: idOf('trespass'), rows: [{ record, revision }] },
    }
    const signer = pick([collector, approver], deed.person).signer
    const member = pick(
      [auditor, collector, { ...approver, signer: sysadmin.signer }, { ...auditor, signer }],
      deed.act,
    )
    this.unit.commit({ member, role: 'approver', compartment: 'archive', device }, [operation])
  }

  #submit(device: FixtureDevice, deed: Deed, record: Id, state: RecordState | null): void {
    const { collector, inspector } = this.unit.members
    const stray = deed.choice % 8 === 0
    const category = stray || state === null ? pick(['A1', 'A1', 'B2'], deed.person) : state.category
    const cadre = stray || state === null ? pick(cadres, deed.person) : state.cadre
    const conflicts = state?.revisions.filter(({ status }) => status === 'conflict') ?? []
    this.#commit(device, pick([collector, inspector], deed.person), {
      operation: {
        op: 'record.submit',
        entity: record,
        cadre,
        category,
        parent: stray ? null : (state?.head ?? null),
        settles: conflicts.map(({ revision }) => revision),
        batch: null,
        evidence: 0,
      },
      body: { values: { name: `改名 ${deed.choice % 10}`, position: '科员' } },
    })
  }

  #review(
    device: FixtureDevice,
    deed: Deed,
    record: Id,
    state: RecordState,
    { revision, status, opinions }: RevisionState,
  ): void {
    const { reviewerOne, reviewerTwo, approver, inspector, collector } = this.unit.members
    const entity = idOf(`act ${deed.choice}`)
    const row = { record, revision }
    const side = deed.choice % 7 === 0 ? 'disagree' : 'agree'
    const act =
      deed.choice % 16 === 0 ? pick(['submitted', 'unopened', 'agreed', 'disputed'], deed.act) : status
    switch (act) {
      case 'submitted':
      case 'in-review': {
        const fresh = [reviewerOne, reviewerTwo].filter(({ id }) =>
          opinions.every(({ hand }) => hand.member !== id),
        )
        const member = pick(deed.person % 7 === 0 || fresh.length === 0 ? [reviewerOne] : fresh, deed.person)
        if (deed.choice % 13 === 0) {
          this.#commit(device, member, { operation: { op: 'review.return', entity, rows: [row] } })
        } else if (deed.choice % 17 === 0) {
          this.#commit(device, collector, { operation: { op: 'record.withdraw', entity, rows: [row] } })
        } else {
          const { commitment } = this.#opinion(member.id, revision, side)
          const operation = { op: 'review.decide' as const, entity, rows: [{ ...row, commitment }] }
          this.#commit(device, member, { operation })
        }
        return
      }
      case 'unopened': {
        const said = opinions.map(({ hand, commitment }): OpenedOpinion => {
          const sides = [
            this.#opinion(hand.member, revision, 'agree'),
            this.#opinion(hand.member, revision, 'disagree'),
          ]
          const right = sides.find((one) => one.commitment === commitment)
          return right?.opened ?? { reviewer: hand.member, decision: 'unopenable' }
        })
        // Sometimes opened before anybody gave an opinion.
        const all = said.length > 0 ? said : [{ reviewer: approver.id, decision: 'unopenable' as const }]
        this.#commit(device, approver, {
          operation: { op: 'review.open', entity, rows: [{ ...row, opinions: all }] },
        })
        return
      }
      case 'agreed':
      case 'adjudicated':
        this.#commit(device, approver, { operation: { op: 'review.sign', entity, rows: [row] } })
        return
      case 'disputed':
        this.#commit(device, inspector, {
          operation: { op: 'review.adjudicate', entity, rows: [{ ...row, outcome: 'uphold' }] },
        })
        return
      default:
        this.#submit(device, deed, record, state)
    }
  }

  #opinion(reviewer: Id, revision: Digest, decision: 'agree' | 'disagree') {
    const nonce = toHex(nodePrimitives.sha256(utf8(`${reviewer} ${revision}`)))
    const grounds = digestOf('grounds')
    const opened = { reviewer, nonce, decision, grounds }
    return { opened, commitment: commitmentOf(nodePrimitives, { unit: this.unit.id, revision, ...opened }) }
  }
}
