import { toHex, utf8 } from '../../../src-shared/kernel/bytes.ts'
import type { ErrorCode } from '../../../src-shared/kernel/errors.ts'
import type { Digest, Id } from '../../../src-shared/kernel/ids.ts'
import type { CategoryRule } from '../../../src-shared/log/category-rule.ts'
import type { DirectiveDecision, OpenedOpinion } from '../../../src-shared/log/operations.ts'
import type { Level, Role, SigningRole } from '../../../src-shared/access/roles.ts'
import { nodePrimitives } from '../../../src-shared/node/primitives.ts'
import { commitmentOf } from '../../../src-shared/review/commitment.ts'
import { followRoad } from '../../../src-shared/review/road.ts'
import type { RevisionState, RoadAct, RoadResult, RoadStep } from '../../../src-shared/review/states.ts'

export function digestOf(text: string): Digest {
  return toHex(nodePrimitives.sha256(utf8(text)))
}

export function idOf(text: string): Id {
  return digestOf(text).slice(0, 32)
}

export const unit = idOf('unit')
export const record = idOf('record')
export const cadre = idOf('cadre')

export interface Person {
  readonly id: Id
  readonly role: SigningRole
  readonly cadre?: Id
  readonly categories?: readonly string[]
  readonly level?: Level
}

const person = (name: string, role: Role): Person => ({ id: idOf(name), role })
export const author = person('author', 'collector')
export const otherAuthor = person('other author', 'collector')
export const first = person('first', 'reviewer')
export const second = person('second', 'reviewer')
export const third = person('third', 'reviewer')
export const approver = person('approver', 'approver')
export const otherApprover = person('other approver', 'approver')
export const inspector = person('inspector', 'inspector')

export const dual: CategoryRule = {
  category: 'A1',
  compartment: 'archive',
  level: 2,
  verification: 'dual',
  signer: 'approver',
  evidenceRequired: false,
}
export const single: CategoryRule = { ...dual, verification: 'single' }

export interface Opinion {
  readonly commitment: Digest
  readonly opened: OpenedOpinion
}

export function opinionOf(by: Person, revision: Digest, decision: 'agree' | 'disagree' = 'agree'): Opinion {
  const nonce = digestOf(`nonce of ${by.id} ${revision} ${decision}`)
  const grounds = digestOf(`grounds of ${by.id}`)
  const claim = { reviewer: by.id, nonce, decision, grounds }
  return { commitment: commitmentOf(nodePrimitives, { unit, revision, ...claim }), opened: claim }
}

export interface Placing {
  /** Position in the causal order; the next by default. */
  readonly depth?: number
  readonly at?: string
  /** The log it stands in; that of the one device by default. */
  readonly log?: Id
  /** Other logs it has seen all of that was done so far. */
  readonly seen?: readonly Id[]
}

const office = idOf('log of the office')

type Submitted = Partial<Omit<Extract<RoadAct, { act: 'submit' }>, 'act' | 'revision'>>

/** The steps of one record, taken by people one after another. */
export class Walk {
  readonly steps: RoadStep[] = []

  take(
    by: Person,
    act: RoadAct,
    {
      depth = this.steps.length,
      at = '2026-11-22T00:00:00.000Z',
      log = office,
      seen = [office],
    }: Placing = {},
  ): RoadStep {
    const step: RoadStep = {
      commit: digestOf(`commit ${this.steps.length}`),
      depth,
      log,
      seq: this.steps.length,
      seen: Object.fromEntries(seen.map((other) => [other, this.steps.length])),
      index: 0,
      row: 0,
      at,
      device: idOf('device'),
      member: by.id,
      memberCadre: by.cadre ?? null,
      role: by.role,
      grants: [{ categories: by.categories ?? ['*'], level: by.level ?? 3 }],
      act,
    }
    this.steps.push(step)
    return step
  }

  submit(by: Person, name: string, submitted: Submitted = {}, placing?: Placing): Digest {
    const revision = digestOf(`revision ${name}`)
    const base = { cadre, category: 'A1', parent: null, settles: [], batch: null, evidence: 0, rule: dual }
    this.take(by, { act: 'submit', revision, ...base, ...submitted }, placing)
    return revision
  }

  decide(by: Person, revision: Digest, decision: 'agree' | 'disagree' = 'agree'): Opinion {
    const opinion = opinionOf(by, revision, decision)
    this.take(by, { act: 'decide', revision, commitment: opinion.commitment, body: digestOf('sealed') })
    return opinion
  }

  open(by: Person, revision: Digest, ...opinions: readonly (Opinion | OpenedOpinion)[]): RoadStep {
    const said = opinions.map((one) => ('opened' in one ? one.opened : one))
    return this.take(by, { act: 'open', revision, opinions: said, body: digestOf('opening') })
  }

  return(by: Person, revision: Digest): RoadStep {
    return this.take(by, { act: 'return', revision, body: digestOf('return') })
  }

  withdraw(by: Person, revision: Digest): RoadStep {
    return this.take(by, { act: 'withdraw', revision })
  }

  adjudicate(by: Person, revision: Digest, outcome: 'uphold' | 'reject' = 'uphold'): RoadStep {
    return this.take(by, { act: 'adjudicate', revision, outcome, body: digestOf('adjudication') })
  }

  sign(by: Person, revision: Digest, placing?: Placing): RoadStep {
    return this.take(by, { act: 'sign', revision, body: digestOf('signature') }, placing)
  }

  refer(by: Person, revision: Digest): RoadStep {
    return this.take(by, { act: 'refer', revision, body: digestOf('referral') })
  }

  /** What the level above decides, as the next commit of its own log. */
  direct(
    revision: Digest,
    decision: DirectiveDecision,
    answers: Digest,
    { node = digestOf('node'), depth }: { readonly node?: Digest; readonly depth?: number } = {},
  ): RoadStep {
    const earlier = this.steps.filter(({ act }) => act.act === 'direct').length
    const office = { id: idOf('node'), role: 'hub' as const }
    const body = digestOf('directive')
    return this.take(
      office,
      { act: 'direct', revision, decision, answers, node, body },
      { depth: depth ?? earlier },
    )
  }

  /** Two opinions, opened by the approver. */
  review(revision: Digest, ...decisions: readonly ('agree' | 'disagree')[]): void {
    const opinions = decisions.map((decision, index) =>
      this.decide([first, second][index] as Person, revision, decision),
    )
    this.open(approver, revision, ...opinions)
  }

  /** The whole road to the archive. */
  archive(revision: Digest): void {
    this.review(revision, 'agree', 'agree')
    this.sign(approver, revision)
  }

  get result(): RoadResult {
    return followRoad(nodePrimitives, unit, record, this.steps)
  }

  revision(revision: Digest): RevisionState {
    const found = this.result.state?.revisions.find((candidate) => candidate.revision === revision)
    if (found === undefined) throw new Error('no such revision')
    return found
  }

  status(revision: Digest): string {
    return this.revision(revision).status
  }

  /** Why the newest step counts for nothing, or null when it counts. */
  get newest(): ErrorCode | null {
    const step = this.steps.at(-1)
    return this.result.voids.find((voided) => voided.commit === step?.commit)?.code ?? null
  }
}
