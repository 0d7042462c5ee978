import type { Role } from '../../src-shared/access/roles.ts'
import type { ErrorCode } from '../../src-shared/kernel/errors.ts'
import { newId, type Digest, type Id } from '../../src-shared/kernel/ids.ts'
import type { Operation, OpenedOpinion } from '../../src-shared/log/operations.ts'
import { nodePrimitives } from '../../src-shared/node/primitives.ts'
import { newOpinion } from '../helpers/unit-people.ts'

/** Who takes part, on whatever stage, with the roles they hold: the rules, not the roles, must keep them from it. */
export const actors = {
  author: ['collector', 'reviewer'],
  first: ['reviewer'],
  second: ['reviewer'],
  third: ['reviewer'],
  approver: ['approver'],
  /** Signs, and enters too. */
  signer: ['approver', 'collector'],
  inspector: ['inspector'],
  /** There is a dossier about them. */
  concerned: ['collector', 'reviewer'],
  /** Handles other categories only. */
  narrow: ['reviewer'],
} as const satisfies Record<string, readonly Role[]>
export type Actor = keyof typeof actors
export const actorNames = Object.keys(actors) as readonly Actor[]

export type Undigested = Operation extends infer Kind
  ? Kind extends Operation
    ? Omit<Kind, 'digest'>
    : never
  : never

/** Where commits are made that nobody judges: a vault's database, or a unit whose bundles go upstream. */
export interface RoadStage {
  readonly unit: Id
  idOf(actor: Actor): Id
  /** The dossier about the one called concerned. */
  readonly ownDossier: Id
  /** Appends a signed commit to a log; its leaf, and the digest of the operation's body. */
  commit(actor: Actor, role: Role, operation: Undigested): { readonly leaf: Digest; readonly digest: Digest }
  /** A category of two reviewers, or one that asks for evidence too. */
  category(kind: Kind): string
}
export type Kind = 'plain' | 'evident'

/** One record on its way, as somebody brings it where a rule can be broken. */
class Scene {
  readonly #stage: RoadStage
  readonly record = newId(nodePrimitives)
  readonly cadre = newId(nodePrimitives)
  revision: Digest = ''
  leaf: Digest = ''

  constructor(stage: RoadStage) {
    this.#stage = stage
  }

  get rows() {
    return [{ record: this.record, revision: this.revision }]
  }

  get ownDossier(): Id {
    return this.#stage.ownDossier
  }

  id(actor: Actor): Id {
    return this.#stage.idOf(actor)
  }

  take(actor: Actor, role: Role, operation: Undigested): Digest {
    const { leaf, digest } = this.#stage.commit(actor, role, operation)
    this.leaf = leaf
    return digest
  }

  submit(
    changes: { category?: Kind; cadre?: Id; parent?: Digest; evidence?: number } = {},
    by: Actor = 'author',
  ): this {
    const { category = 'plain', cadre = this.cadre, parent = null, evidence = 0 } = changes
    const submitted = {
      cadre,
      category: this.#stage.category(category),
      parent,
      settles: [],
      batch: null,
      evidence,
    }
    this.revision = this.take(by, 'collector', { op: 'record.submit', entity: this.record, ...submitted })
    return this
  }

  decide(actor: Actor, changes: { commitment?: Digest; rekey?: Digest } = {}): OpenedOpinion {
    const { opened, commitment } = newOpinion(this.#stage.unit, this.revision, this.id(actor))
    const rows = [{ record: this.record, revision: this.revision, commitment, ...changes }]
    this.take(actor, 'reviewer', { op: 'review.decide', entity: this.record, rows })
    return opened
  }

  both(): readonly OpenedOpinion[] {
    return [this.decide('first'), this.decide('second')]
  }

  open(opinions: readonly OpenedOpinion[]): this {
    const rows = [{ record: this.record, revision: this.revision, opinions: [...opinions] }]
    this.take('approver', 'approver', { op: 'review.open', entity: this.record, rows })
    return this
  }

  plain(
    actor: Actor,
    role: Role,
    op: 'record.withdraw' | 'review.return' | 'review.escalate' | 'review.sign',
  ): this {
    this.take(actor, role, { op, entity: this.record, rows: this.rows })
    return this
  }

  settle(actor: Actor, role: Role = 'inspector'): this {
    const rows = [{ record: this.record, revision: this.revision, outcome: 'uphold' as const }]
    this.take(actor, role, { op: 'review.adjudicate', entity: this.record, rows })
    return this
  }

  convene(members: readonly Id[]): this {
    this.take('inspector', 'inspector', {
      op: 'review.convene',
      entity: this.record,
      members: [...members],
      rows: this.rows,
    })
    return this
  }

  ask(query: Id): this {
    const about = { record: this.record, revision: this.revision, field: null }
    this.take('first', 'reviewer', { op: 'query.ask', entity: query, ...about })
    return this
  }

  answer(query: Id, actor: Actor, op: 'query.answer' | 'fault.answer' = 'query.answer'): this {
    this.take(actor, 'collector', { op, entity: query, record: this.record })
    return this
  }

  blame(traced: readonly Id[]): this {
    const about = { record: this.record, revision: this.revision, kind: 'misentry', found: 'later' } as const
    const found = { entity: newId(nodePrimitives), ...about, traced: [...traced] }
    this.take('inspector', 'inspector', { op: 'fault.find', ...found })
    return this
  }

  settleObjection(): this {
    const about = { record: this.record, revision: this.revision, objection: this.leaf }
    const said = { entity: newId(nodePrimitives), ...about, outcome: 'unfounded', fault: null } as const
    this.take('inspector', 'inspector', { op: 'objection.settle', ...said })
    return this
  }

  archive(): this {
    return this.open(this.both()).plain('approver', 'approver', 'review.sign')
  }
}

export interface RoadAttack {
  readonly name: string
  readonly code: ErrorCode
  /** Does all that is in order, and last what is not. */
  readonly play: (scene: Scene) => unknown
}

const outsiders = () => [0, 1, 2].map(() => newId(nodePrimitives))

/** For every rule of the road, a client that does not know it. */
export const roadAttacks: readonly RoadAttack[] = [
  {
    name: 'an opinion of what nobody entered',
    code: 'review/no-such-revision',
    play: (scene) => {
      scene.submit()
      scene.revision = 'e'.repeat(64)
      scene.decide('first')
    },
  },
  {
    name: 'an author who reviews their own entry',
    code: 'review/author-is-reviewer',
    play: (scene) => scene.submit().decide('author'),
  },
  {
    name: 'an author who returns their own entry',
    code: 'review/author-is-reviewer',
    play: (scene) => scene.submit().plain('author', 'reviewer', 'review.return'),
  },
  {
    name: 'a reviewer who gives both opinions',
    code: 'review/same-person-twice',
    play: (scene) => [scene.submit().decide('first'), scene.decide('first')],
  },
  {
    name: 'an author who signs',
    code: 'review/signer-took-part',
    play: (scene) => {
      scene.submit({}, 'signer')
      scene.open(scene.both()).plain('signer', 'approver', 'review.sign')
    },
  },
  {
    name: 'a reviewer who settles what they disagreed on',
    code: 'review/adjudicator-took-part',
    play: (scene) => scene.submit().plain('third', 'reviewer', 'review.escalate').settle('third', 'reviewer'),
  },
  {
    name: 'a member who enters into their own dossier',
    code: 'review/about-oneself',
    play: (scene) => scene.submit({ cadre: scene.ownDossier }, 'concerned'),
  },
  {
    name: 'a member who reviews an entry about themself',
    code: 'review/about-oneself',
    play: (scene) => scene.submit({ cadre: scene.ownDossier }).decide('concerned'),
  },
  {
    name: 'a third opinion',
    code: 'review/not-open-for-opinion',
    play: (scene) => {
      scene.submit().both()
      scene.decide('third')
    },
  },
  {
    name: 'an opening before both opinions are in',
    code: 'review/not-unopened',
    play: (scene) => scene.open([scene.submit().decide('first')]),
  },
  {
    name: 'a signature under what nobody reviewed',
    code: 'review/not-agreed',
    play: (scene) => scene.submit().plain('approver', 'approver', 'review.sign'),
  },
  {
    name: 'a signature under sealed opinions',
    code: 'review/not-agreed',
    play: (scene) => {
      scene.submit().both()
      scene.plain('approver', 'approver', 'review.sign')
    },
  },
  {
    name: 'a settlement of what nobody disputes',
    code: 'review/not-disputed',
    play: (scene) => scene.submit().settle('inspector'),
  },
  {
    name: 'an opening that turns an opinion round',
    code: 'review/commitment-mismatch',
    play: (scene) => {
      const [one, two] = scene.submit().both() as [OpenedOpinion, OpenedOpinion]
      scene.open([one, { ...two, decision: 'disagree' } as OpenedOpinion])
    },
  },
  {
    name: 'an opening that leaves an opinion out',
    code: 'review/commitment-mismatch',
    play: (scene) => scene.open(scene.submit().both().slice(1)),
  },
  {
    name: 'an opinion copied unread from the other reviewer',
    code: 'review/opinion-copied',
    play: (scene) => {
      const commitment = 'a'.repeat(64)
      scene.submit().decide('first', { commitment })
      scene.decide('second', { commitment })
    },
  },
  {
    name: 'a withdrawal by somebody else',
    code: 'review/not-author',
    play: (scene) => scene.submit().plain('concerned', 'collector', 'record.withdraw'),
  },
  {
    name: 'a withdrawal after the first opinion',
    code: 'review/too-late',
    play: (scene) => {
      scene.submit().decide('first')
      scene.plain('author', 'collector', 'record.withdraw')
    },
  },
  {
    name: 'a correction of what was never signed',
    code: 'review/parent-unknown',
    play: (scene) => scene.submit().submit({ parent: scene.revision }),
  },
  {
    name: 'a correction that moves the entry into another dossier',
    code: 'review/category-changed',
    play: (scene) => scene.submit().submit({ cadre: newId(nodePrimitives) }),
  },
  {
    name: 'an entry without the evidence its category asks for',
    code: 'review/no-evidence',
    play: (scene) => scene.submit({ category: 'evident', evidence: 0 }),
  },
  {
    name: 'an opinion with values typed again that nobody asked for',
    code: 'review/rekey',
    play: (scene) => scene.submit().decide('first', { rekey: 'b'.repeat(64) }),
  },
  {
    name: 'a settlement by somebody outside the group',
    code: 'review/not-in-group',
    play: (scene) =>
      scene.submit().plain('first', 'reviewer', 'review.escalate').convene(outsiders()).settle('inspector'),
  },
  {
    name: 'a settlement past an opinion that nobody opened',
    code: 'review/unopened-opinions',
    play: (scene) => {
      scene.submit().decide('first')
      scene.plain('second', 'reviewer', 'review.escalate').settle('inspector')
    },
  },
  {
    name: 'an answer to what nobody asked',
    code: 'review/query-unknown',
    play: (scene) => scene.submit().answer(newId(nodePrimitives), 'author'),
  },
  {
    name: 'an answer in the author’s place',
    code: 'review/query-not-yours',
    play: (scene) => {
      const query = newId(nodePrimitives)
      scene.submit().ask(query).answer(query, 'concerned')
    },
  },
  {
    name: 'an answer to an error that nobody found',
    code: 'review/fault-unknown',
    play: (scene) => scene.submit().answer(newId(nodePrimitives), 'author', 'fault.answer'),
  },
  {
    name: 'an error traced to somebody who had no hand in it',
    code: 'review/fault-traced',
    play: (scene) =>
      scene
        .submit()
        .archive()
        .blame([scene.id('third')]),
  },
  {
    name: 'an answer to an objection that nobody made',
    code: 'review/objection-unknown',
    play: (scene) => scene.submit().archive().settleObjection(),
  },
  {
    name: 'an opinion outside the categories granted',
    code: 'authority/category-not-granted',
    play: (scene) => scene.submit().decide('narrow'),
  },
]

/** Plays an attack on a stage: the record it is about, and the leaf of the commit that breaks the rule. */
export function play(stage: RoadStage, attack: RoadAttack): { readonly record: Id; readonly leaf: Digest } {
  const scene = new Scene(stage)
  attack.play(scene)
  return { record: scene.record, leaf: scene.leaf }
}

/**
 * What a step can be void for, but for a revision that is handed in twice: two bodies with one digest have one salt,
 * which takes the random numbers of this program, not its rules (the rule stands in the unit tests of the road).
 */
export const rulesOfTheRoad: readonly ErrorCode[] = [
  'authority/category-not-granted',
  'review/no-such-revision',
  'review/author-is-reviewer',
  'review/same-person-twice',
  'review/signer-took-part',
  'review/adjudicator-took-part',
  'review/about-oneself',
  'review/not-open-for-opinion',
  'review/not-unopened',
  'review/not-agreed',
  'review/not-disputed',
  'review/commitment-mismatch',
  'review/opinion-copied',
  'review/not-author',
  'review/too-late',
  'review/parent-unknown',
  'review/category-changed',
  'review/no-evidence',
  'review/rekey',
  'review/not-in-group',
  'review/unopened-opinions',
  'review/query-unknown',
  'review/query-not-yours',
  'review/fault-unknown',
  'review/fault-traced',
  'review/objection-unknown',
]
