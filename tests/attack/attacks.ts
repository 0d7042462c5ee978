import type { AuthorityHistory } from '../../src-shared/access/authority.ts'
import type { Compartment } from '../../src-shared/access/roles.ts'
import { toHex } from '../../src-shared/kernel/bytes.ts'
import type { CanonicalValue } from '../../src-shared/kernel/canonical.ts'
import type { ErrorCode } from '../../src-shared/kernel/errors.ts'
import { newId, type Id } from '../../src-shared/kernel/ids.ts'
import type { Signer } from '../../src-shared/kernel/primitives.ts'
import { keyProofBytes, type Header } from '../../src-shared/log/header.ts'
import type { CategoryRule } from '../../src-shared/log/category-rule.ts'
import type { Operation } from '../../src-shared/log/operations.ts'
import { newSeed, nodePrimitives, signerFromSeed } from '../../src-shared/node/primitives.ts'
import type { Row } from '../helpers/vault-fixture.ts'

/** A member of a vault with the keys they hold: what a patched client of theirs has. */
export interface Attacker {
  readonly id: Id
  readonly signer: Signer
  readonly recipient: string
}

export interface Stage {
  readonly unit: Id
  readonly people: Readonly<Record<string, Attacker>>
  readonly history: AuthorityHistory
  /** A record whose opinions are in and open, and one nobody has looked at. */
  readonly agreed: Row
  readonly submitted: Row
}

type Drafted = Operation extends infer Kind ? (Kind extends Operation ? Omit<Kind, 'digest'> : never) : never
export interface Draft {
  readonly operation: Drafted
  readonly body?: Record<string, CanonicalValue>
}

/** One commit as a client without any check would write it. */
export interface Forgery {
  readonly compartment: Compartment
  readonly member: Id
  readonly role: Header['role']
  readonly signer: Signer
  readonly drafts: readonly Draft[]
}

export interface Attack {
  readonly name: string
  /** What makes the last of the commits void. Those before it are in order. */
  readonly code: ErrorCode
  readonly forgeries: (stage: Stage) => readonly Forgery[]
}

const entity = () => newId(nodePrimitives)

function person({ people }: Stage, login: string): Attacker {
  const found = people[login]
  if (found === undefined) throw new Error(`nobody is ${login}`)
  return found
}

function by(stage: Stage, login: string, role: Header['role'], ...drafts: readonly Draft[]): Forgery {
  const { id, signer } = person(stage, login)
  return { compartment: 'control', member: id, role, signer, drafts }
}

function grant(of: Id, role: 'reviewer' | 'approver' | 'inspector' | 'secadmin'): Draft {
  const terms = { categories: ['*'], level: 4, deputyFor: null, from: null, until: null }
  return { operation: { op: 'role.grant', entity: of, role, ...terms } }
}

function confirm(of: Id, role: 'reviewer' | 'inspector' | 'collector'): Draft {
  return { operation: { op: 'role.confirm', entity: of, role, deputyFor: null } }
}

function keyAdded(unit: Id, of: Id, signer: Signer, recipient: string): Draft {
  const publicKey = toHex(signer.publicKey)
  const proof = toHex(signer.sign(keyProofBytes(unit, of, publicKey)))
  return { operation: { op: 'key.add', entity: of, publicKey, recipient, proof } }
}

/** The catalogue in force with everything verified by one reviewer alone. */
function lowered({ history }: Stage): Draft {
  const { catalogue } = history.head
  const rules = [...(catalogue?.rules.values() ?? [])].map((rule) => ({
    ...rule,
    verification: 'single' as const,
  }))
  const version = (catalogue?.version ?? 0) + 1
  return { operation: { op: 'catalogue.adopt', entity: entity(), version, rules }, body: { catalogue: {} } }
}

const sign = ({ agreed }: Stage): Draft => {
  const { record, revision } = agreed
  return { operation: { op: 'review.sign', entity: entity(), rows: [{ record, revision }] } }
}

const opinion = ({ submitted }: Stage): Draft => {
  const row = { record: submitted.record, revision: submitted.revision, commitment: 'c'.repeat(64) }
  return { operation: { op: 'review.decide', entity: entity(), rows: [row] }, body: { sealed: '' } }
}

/** A new version of the catalogue, as its header states it. */
function proposed({ history }: Stage, change: Partial<ProposalTerms> = {}): Draft {
  const { version, body, rules } = history.head.catalogue!
  const terms = { version: version + 1, follows: body, rules: [...rules.values()], ...change }
  return { operation: { op: 'catalogue.propose', entity: entity(), ...terms }, body: { catalogue: {} } }
}

interface ProposalTerms {
  readonly version: number
  readonly follows: string
  readonly rules: CategoryRule[]
}

/** What one person, or two with patched clients, would do to what is collected and how it is verified. */
function catalogueAttacks(): readonly Attack[] {
  const rulesOf = ({ history }: Stage) => [...(history.head.catalogue?.rules.values() ?? [])]
  return [
    {
      name: 'an approver brings a catalogue into force alone',
      code: 'authority/catalogue-proposal',
      forgeries: (stage) => {
        const { body } = stage.history.head.catalogue!
        const proposal = stage.history.founding
        const operation = { op: 'catalogue.confirm', entity: entity(), proposal, catalogue: body } as const
        return [by(stage, 'approver', 'approver', { operation })]
      },
    },
    {
      name: 'a collector proposes a catalogue',
      code: 'authority/action-not-permitted',
      forgeries: (stage) => [by(stage, 'collector', 'collector', proposed(stage))],
    },
    {
      name: 'an approver leaves out a version of the catalogue',
      code: 'authority/catalogue-version',
      forgeries: (stage) => [by(stage, 'approver', 'approver', proposed(stage, { version: 3 }))],
    },
    {
      name: 'an approver proposes a version that follows another body',
      code: 'authority/catalogue-version',
      forgeries: (stage) => [by(stage, 'approver', 'approver', proposed(stage, { follows: 'a'.repeat(64) }))],
    },
    {
      name: 'an approver makes a category disappear',
      code: 'authority/catalogue-successor',
      forgeries: (stage) => [
        by(stage, 'approver', 'approver', proposed(stage, { rules: rulesOf(stage).slice(1) })),
      ],
    },
    {
      name: 'an approver moves what is secret out of discipline',
      code: 'authority/catalogue-successor',
      forgeries: (stage) => {
        const rules = rulesOf(stage).map((rule) => ({ ...rule, compartment: 'archive' as const, level: 3 }))
        return [by(stage, 'approver', 'approver', proposed(stage, { rules }))]
      },
    },
    {
      name: 'a collector enters a record under a version that is not in force',
      code: 'authority/catalogue-version',
      forgeries: (stage) => {
        const { id, signer } = person(stage, 'collector')
        const operation = {
          op: 'record.submit',
          entity: entity(),
          cadre: entity(),
          category: 'C6',
          parent: null,
          settles: [],
          batch: null,
          evidence: 0,
          catalogue: 7,
        } as const
        const drafts = [{ operation, body: { catalogueVersion: 7 } }]
        return [{ compartment: 'archive', member: id, role: 'collector', signer, drafts }]
      },
    },
  ]
}

/** What the list of attacks asks for that is a commit; what is damage to files stands in `stolen-files.test.ts`. */
export const attacks: readonly Attack[] = [
  {
    name: 'a secadmin grants themself a role',
    code: 'authority/action-not-permitted',
    forgeries: (stage) => [
      by(stage, 'secadmin', 'secadmin', grant(person(stage, 'secadmin').id, 'secadmin')),
    ],
  },
  {
    name: 'a collector grants themself a role',
    code: 'authority/action-not-permitted',
    forgeries: (stage) => [
      by(stage, 'collector', 'collector', grant(person(stage, 'collector').id, 'inspector')),
    ],
  },
  {
    name: 'a collector grants themself a role as the secadmin they are not',
    code: 'authority/role-not-in-force',
    forgeries: (stage) => [
      by(stage, 'collector', 'secadmin', grant(person(stage, 'collector').id, 'inspector')),
    ],
  },
  {
    name: 'a member confirms for themself what secadmin granted',
    code: 'authority/action-not-permitted',
    forgeries: (stage) => [
      by(stage, 'secadmin', 'secadmin', grant(person(stage, 'clerk').id, 'inspector')),
      by(stage, 'clerk', 'collector', confirm(person(stage, 'clerk').id, 'inspector')),
    ],
  },
  {
    name: 'a secadmin mints a reviewer alone and confirms them',
    code: 'authority/action-not-permitted',
    forgeries: (stage) => {
      const puppet = entity()
      const { recipient } = person(stage, 'secadmin')
      return [
        by(
          stage,
          'secadmin',
          'secadmin',
          {
            operation: { op: 'member.add', entity: puppet, cadre: null },
            body: { name: '某某', login: 'x' },
          },
          keyAdded(stage.unit, puppet, signerFromSeed(newSeed()), recipient),
          grant(puppet, 'reviewer'),
        ),
        by(stage, 'secadmin', 'secadmin', confirm(puppet, 'reviewer')),
      ]
    },
  },
  {
    name: 'a secadmin mints a reviewer alone, whose opinion nobody confirmed',
    code: 'authority/role-not-in-force',
    forgeries: (stage) => {
      const puppet = { id: entity(), signer: signerFromSeed(newSeed()) }
      const { recipient } = person(stage, 'secadmin')
      return [
        by(
          stage,
          'secadmin',
          'secadmin',
          {
            operation: { op: 'member.add', entity: puppet.id, cadre: null },
            body: { name: '某某', login: 'x' },
          },
          keyAdded(stage.unit, puppet.id, puppet.signer, recipient),
          grant(puppet.id, 'reviewer'),
        ),
        {
          compartment: 'archive',
          member: puppet.id,
          role: 'reviewer',
          signer: puppet.signer,
          drafts: [opinion(stage)],
        },
      ]
    },
  },
  {
    name: 'a secadmin gives a reviewer a key of the secadmin’s own, beside the one they have',
    code: 'authority/action-not-permitted',
    forgeries: (stage) => {
      const { id, recipient } = person(stage, 'first')
      const stolen = keyAdded(stage.unit, id, signerFromSeed(newSeed()), recipient)
      return [by(stage, 'secadmin', 'secadmin', stolen)]
    },
  },
  {
    name: 'an opinion is signed with another member’s key',
    code: 'authority/key-not-in-force',
    forgeries: (stage) => [
      {
        compartment: 'archive',
        member: person(stage, 'first').id,
        role: 'reviewer',
        signer: person(stage, 'collector').signer,
        drafts: [opinion(stage)],
      },
    ],
  },
  {
    name: 'a collector signs a record as the approver they are not',
    code: 'authority/role-not-in-force',
    forgeries: (stage) => {
      const { id, signer } = person(stage, 'collector')
      return [{ compartment: 'archive', member: id, role: 'approver', signer, drafts: [sign(stage)] }]
    },
  },
  {
    name: 'a key of small order is introduced',
    code: 'commit/key-weak',
    forgeries: (stage) => {
      const { id, recipient } = person(stage, 'collector')
      const publicKey = `01${'00'.repeat(31)}`
      const weak = { op: 'key.add' as const, entity: id, publicKey, recipient, proof: '00'.repeat(64) }
      return [by(stage, 'secadmin', 'secadmin', { operation: weak })]
    },
  },
  ...(['secadmin', 'approver'] as const).map(
    (login): Attack => ({
      name: `the ${login} lowers how a category is verified`,
      code: 'authority/action-not-permitted',
      forgeries: (stage) => [by(stage, login, login, lowered(stage))],
    }),
  ),
  {
    name: 'a secadmin lowers how a category is verified in the name of the root',
    code: 'authority/key-not-in-force',
    forgeries: (stage) => {
      const { signer } = person(stage, 'secadmin')
      return [{ compartment: 'control', member: stage.unit, role: 'root', signer, drafts: [lowered(stage)] }]
    },
  },
  {
    name: 'somebody lowers how a category is verified in the name of the upstream node',
    code: 'authority/key-not-in-force',
    forgeries: (stage) => {
      const { signer } = person(stage, 'secadmin')
      return [{ compartment: 'control', member: entity(), role: 'hub', signer, drafts: [lowered(stage)] }]
    },
  },
  ...catalogueAttacks(),
  {
    name: 'a secadmin strikes out a reviewer’s work by removing their key',
    code: 'authority/action-not-permitted',
    forgeries: (stage) => {
      const { id, signer } = person(stage, 'first')
      const removal = {
        op: 'key.remove' as const,
        entity: id,
        key: signer.keyId,
        cause: 'left' as const,
        compartments: ['archive' as const],
        last: [],
      }
      return [by(stage, 'secadmin', 'secadmin', { operation: removal })]
    },
  },
  {
    name: 'a collector begins an epoch of the archive that only they can open',
    code: 'authority/holder-left-out',
    forgeries: (stage) => {
      const { id, recipient } = person(stage, 'collector')
      const epoch = (stage.history.head.keyrings.get('archive')?.epoch ?? 0) + 1
      const names = { entity: stage.unit, keyring: 'archive' as const, epoch }
      return [
        by(
          stage,
          'collector',
          'collector',
          { operation: { op: 'keyring.epoch', ...names, recipient } },
          { operation: { op: 'keyring.wrap', ...names, holder: id }, body: { wrap: '' } },
        ),
      ]
    },
  },
  {
    name: 'a secadmin hands the archive’s key to themself',
    code: 'authority/not-a-holder',
    forgeries: (stage) => {
      const { id } = person(stage, 'secadmin')
      const wrap = {
        op: 'keyring.wrap' as const,
        entity: id,
        keyring: 'archive' as const,
        epoch: 1,
        holder: id,
      }
      return [by(stage, 'secadmin', 'secadmin', { operation: wrap, body: { wrap: '' } })]
    },
  },
]
