import { beforeEach, describe, expect, test } from 'vitest'
import { businessRoles, roles, type Role } from '../../../src-shared/access/roles.ts'
import { newId } from '../../../src-shared/kernel/ids.ts'
import { toHex } from '../../../src-shared/kernel/bytes.ts'
import { deviceProofBytes, keyProofBytes } from '../../../src-shared/log/header.ts'
import { newSeed, nodePrimitives, signerFromSeed } from '../../../src-shared/node/primitives.ts'
import { UnitFixture, memberNames } from '../../helpers/unit-fixture.ts'
import { encodingsOf, identity } from '../log/edwards25519.ts'
import {
  added,
  confirmed,
  contentOf,
  granted,
  inForce,
  judged,
  keyAdded,
  keyRemoved,
  newcomer,
  revoked,
  signed,
  verdict,
} from './chain.ts'

let unit: UnitFixture

beforeEach(async () => {
  unit = await UnitFixture.found()
})

describe('a role', () => {
  test('is in force once secadmin has granted it and a holder of the keys confirmed it', () => {
    const person = newcomer(unit)
    signed(unit, 'secadmin', [
      ...added(unit, person),
      granted(person.id, 'reviewer', { categories: ['A1'], level: 2 }),
    ])
    expect(inForce(unit.history(), person.id)).toEqual([])
    const confirmation = signed(unit, 'approver', confirmed(person.id, 'reviewer'))
    expect(verdict(unit, confirmation)).toBe(null)
    expect(inForce(unit.history(), person.id)).toEqual(['reviewer'])
    const terms = { categories: ['A1'], level: 2, deputyFor: null, from: null, until: null }
    expect(unit.history().head.members.get(person.id)?.grants).toEqual([
      { role: 'reviewer', ...terms, granter: unit.members.secadmin.id, confirmed: true },
    ])
  })

  test('that nobody confirmed lets its holder sign nothing', () => {
    const person = newcomer(unit, 'collector')
    signed(unit, 'secadmin', [...added(unit, person), granted(person.id, 'collector')])
    const { made } = unit.submit({ member: person })
    expect(judged(unit, made)).toBe('authority/role-not-in-force')
  })

  test('is not confirmed by the secadmin who granted it', () => {
    const person = newcomer(unit, 'reviewer')
    signed(unit, 'secadmin', [...added(unit, person), granted(person.id, 'reviewer')])
    const alone = signed(unit, 'secadmin', confirmed(person.id, 'reviewer'))
    expect(verdict(unit, alone)).toBe('authority/action-not-permitted')
    expect(inForce(unit.history(), person.id)).toEqual([])
  })

  test('is not confirmed by whoever granted it, whatever they have become since', () => {
    const { secadmin } = unit.members
    const [person, successor] = [newcomer(unit, 'reviewer'), newcomer(unit, 'secadmin')]
    signed(unit, 'secadmin', [...added(unit, successor), granted(successor.id, 'secadmin')])
    signed(unit, 'approver', confirmed(successor.id, 'secadmin'))
    signed(unit, 'secadmin', [...added(unit, person), granted(person.id, 'reviewer')])
    signed(unit, successor, [revoked(secadmin.id, 'secadmin'), granted(secadmin.id, 'collector')])
    signed(unit, 'approver', confirmed(secadmin.id, 'collector'))
    expect(inForce(unit.history(), secadmin.id)).toEqual(['collector'])
    const own = signed(unit, 'secadmin', confirmed(person.id, 'reviewer'), { as: 'collector' })
    expect(verdict(unit, own)).toBe('authority/action-not-permitted')
    expect(verdict(unit, signed(unit, 'collector', confirmed(person.id, 'reviewer')))).toBe(null)
  })

  test('is not confirmed by its own holder', () => {
    const { collector } = unit.members
    signed(unit, 'secadmin', granted(collector.id, 'reviewer'))
    const own = signed(unit, 'collector', confirmed(collector.id, 'reviewer'))
    expect(verdict(unit, own)).toBe('authority/action-not-permitted')
    expect(inForce(unit.history(), collector.id)).toEqual(['collector'])
  })

  test('is not granted by its own holder', () => {
    const { secadmin } = unit.members
    for (const role of roles) {
      const own = signed(unit, 'secadmin', granted(secadmin.id, role))
      expect(verdict(unit, own), role).toBe('authority/action-not-permitted')
    }
    expect(inForce(unit.history(), secadmin.id)).toEqual(['secadmin'])
  })

  test.each(memberNames.filter((name) => name !== 'secadmin'))('is not granted by the %s', (name) => {
    const other = name === 'collector' ? 'inspector' : 'collector'
    const refused = signed(unit, name, granted(unit.members[other].id, 'inspector'))
    expect(verdict(unit, refused)).toBe('authority/action-not-permitted')
  })

  test('is not granted under a role the signer does not hold', () => {
    const borrowed = signed(unit, 'collector', granted(unit.members.inspector.id, 'collector'), {
      as: 'secadmin',
    })
    expect(verdict(unit, borrowed)).toBe('authority/role-not-in-force')
  })

  test('granted again with more categories waits for a confirmation again', () => {
    const { reviewerOne } = unit.members
    signed(unit, 'secadmin', granted(reviewerOne.id, 'reviewer', { categories: ['A1', 'L1'] }))
    expect(inForce(unit.history(), reviewerOne.id)).toEqual([])
    signed(unit, 'inspector', confirmed(reviewerOne.id, 'reviewer'))
    expect(inForce(unit.history(), reviewerOne.id)).toEqual(['reviewer'])
  })

  test('that was revoked is gone, and a confirmation does not bring it back', () => {
    const { reviewerOne } = unit.members
    signed(unit, 'secadmin', revoked(reviewerOne.id, 'reviewer'))
    signed(unit, 'approver', confirmed(reviewerOne.id, 'reviewer'))
    expect(inForce(unit.history(), reviewerOne.id)).toEqual([])
  })

  test('of somebody the unit does not know cannot be granted, confirmed or revoked', () => {
    const nobody = newId(nodePrimitives)
    expect(verdict(unit, signed(unit, 'secadmin', granted(nobody, 'reviewer')))).not.toBe(null)
    expect(verdict(unit, signed(unit, 'approver', confirmed(nobody, 'reviewer')))).not.toBe(null)
    expect(verdict(unit, signed(unit, 'secadmin', revoked(nobody, 'reviewer')))).not.toBe(null)
  })
})

describe('a grant that would leave one person with roles that exclude each other', () => {
  const pairs: readonly (readonly ['collector' | 'approver' | 'reviewerOne' | 'auditor', Role])[] = [
    ['auditor', 'collector'],
    ['auditor', 'sysadmin'],
    ['approver', 'reviewer'],
    ['reviewerOne', 'approver'],
    ['collector', 'secadmin'],
    ['collector', 'sysadmin'],
    ['collector', 'auditor'],
    ['collector', 'supervisor'],
  ]

  test.each(pairs)('is void: %s also %s', (name, role) => {
    const grant = signed(unit, 'secadmin', granted(unit.members[name].id, role))
    expect(verdict(unit, grant)).toBe('authority/role-exclusion')
    expect(inForce(unit.history(), unit.members[name].id)).toEqual(unit.members[name].roles)
  })

  test('takes everything else in its commit with it', () => {
    const person = newcomer(unit)
    signed(unit, 'secadmin', [
      ...added(unit, person),
      granted(person.id, 'reviewer'),
      granted(person.id, 'approver'),
    ])
    expect(unit.history().head.members.has(person.id)).toBe(false)
  })
})

describe('a secadmin alone', () => {
  test('mints no reviewer: not by a new member', () => {
    const puppet = newcomer(unit, 'reviewer')
    signed(unit, 'secadmin', [...added(unit, puppet), granted(puppet.id, 'reviewer')])
    const { record, revision } = unit.submit()
    const opinion = unit.commit({ member: puppet, role: 'reviewer', compartment: 'archive' }, [
      {
        operation: {
          op: 'review.decide',
          entity: newId(nodePrimitives),
          rows: [{ record, revision, commitment: 'a'.repeat(64) }],
        },
      },
    ])
    expect(judged(unit, opinion)).toBe('authority/role-not-in-force')
  })

  test('mints no reviewer: not by a key of their own for one the unit has', () => {
    const stolen = signerFromSeed(newSeed())
    const { reviewerOne } = unit.members
    const second = signed(unit, 'secadmin', keyAdded(unit, reviewerOne.id, stolen))
    expect(verdict(unit, second)).toBe('authority/action-not-permitted')
    const [removal, addition] = [keyRemoved(reviewerOne), keyAdded(unit, reviewerOne.id, stolen)]
    expect(verdict(unit, signed(unit, 'secadmin', [removal, addition]))).toBe(null)
    const puppet = { ...reviewerOne, signer: stolen }
    const { record, revision } = unit.submit()
    const opinion = unit.commit({ member: puppet, role: 'reviewer', compartment: 'archive' }, [
      { operation: { op: 'review.return', entity: newId(nodePrimitives), rows: [{ record, revision }] } },
    ])
    expect(judged(unit, opinion)).toBe('authority/role-not-in-force')
  })

  test('replaces no key without a holder who confirms the roles for it', () => {
    const replacement = signerFromSeed(newSeed())
    const { reviewerOne } = unit.members
    signed(unit, 'secadmin', [keyRemoved(reviewerOne), keyAdded(unit, reviewerOne.id, replacement)])
    expect(inForce(unit.history(), reviewerOne.id)).toEqual([])
    signed(unit, 'approver', confirmed(reviewerOne.id, 'reviewer'))
    expect(inForce(unit.history(), reviewerOne.id)).toEqual(['reviewer'])
  })

  test('starts no epoch of keys they do not hold', () => {
    const { recipient } = unit.keys.audit
    for (const keyring of ['archive', 'discipline', 'seal', 'audit'] as const) {
      const epoch = signed(unit, 'secadmin', {
        operation: { op: 'keyring.epoch', entity: newId(nodePrimitives), keyring, epoch: 2, recipient },
      })
      expect(verdict(unit, epoch), keyring).toBe('authority/not-a-holder')
    }
  })
})

describe('in a small unit', () => {
  beforeEach(async () => {
    unit = await UnitFixture.found({ policy: 'small' })
    const { collector, sysadmin } = unit.members
    // The collector comes to be secadmin too, as the policy allows.
    signed(unit, 'secadmin', granted(collector.id, 'secadmin'))
    signed(unit, 'approver', confirmed(collector.id, 'secadmin'))
    expect(inForce(unit.history(), collector.id)).toEqual(['collector', 'secadmin'])
    expect(inForce(unit.history(), sysadmin.id)).toEqual(['sysadmin'])
  })

  test('secadmin and approver together bring a member in', () => {
    const person = newcomer(unit)
    signed(unit, 'collector', [...added(unit, person), granted(person.id, 'reviewer')], { as: 'secadmin' })
    signed(unit, 'approver', confirmed(person.id, 'reviewer'))
    expect(inForce(unit.history(), person.id)).toEqual(['reviewer'])
  })

  test('the collector who is secadmin does not confirm what they granted', () => {
    const puppet = newcomer(unit)
    signed(unit, 'collector', [...added(unit, puppet), granted(puppet.id, 'reviewer')], { as: 'secadmin' })
    const alone = signed(unit, 'collector', confirmed(puppet.id, 'reviewer'), { as: 'collector' })
    expect(verdict(unit, alone)).toBe('authority/action-not-permitted')
    expect(inForce(unit.history(), puppet.id)).toEqual([])
  })

  test('nobody but the approver confirms', () => {
    const person = newcomer(unit)
    signed(unit, 'secadmin', [...added(unit, person), granted(person.id, 'collector')])
    for (const name of ['reviewerOne', 'inspector'] as const)
      expect(verdict(unit, signed(unit, name, confirmed(person.id, 'collector'))), name).toBe(
        'authority/action-not-permitted',
      )
    expect(verdict(unit, signed(unit, 'auditor', confirmed(person.id, 'collector')))).toBe(
      'authority/not-a-holder',
    )
  })

  test('administrators still hold no other business role', () => {
    for (const role of businessRoles.filter((one) => one !== 'collector'))
      expect(verdict(unit, signed(unit, 'secadmin', granted(unit.members.collector.id, role))), role).toBe(
        'authority/role-exclusion',
      )
  })
})

describe('a new key', () => {
  test.each(encodingsOf(identity).map((bytes) => [toHex(bytes), bytes] as const))(
    'of small order is refused: %s',
    (publicKey) => {
      const weak = signed(unit, 'secadmin', {
        operation: {
          op: 'key.add',
          entity: unit.members.collector.id,
          publicKey,
          recipient: unit.keys.control.recipient,
          proof: '0'.repeat(128),
        },
      })
      expect(verdict(unit, weak)).toBe('commit/key-weak')
      const key = toHex(nodePrimitives.sha256(Uint8Array.from(Buffer.from(publicKey, 'hex'))))
      expect(unit.history().publicKey(key)).toBe(undefined)
    },
  )

  test('needs the signature of its own private half', () => {
    const { collector } = unit.members
    const held = signerFromSeed(newSeed())
    const wanted = signerFromSeed(newSeed())
    const proof = toHex(held.sign(keyProofBytes(unit.id, collector.id, toHex(wanted.publicKey))))
    const added = signed(unit, 'secadmin', keyAdded(unit, collector.id, wanted, proof))
    expect(verdict(unit, added)).toBe('commit/key-weak')
  })

  test('is proven for one owner in one unit', () => {
    const { collector, inspector } = unit.members
    const signer = signerFromSeed(newSeed())
    const publicKey = toHex(signer.publicKey)
    for (const [unitId, owner] of [
      [unit.id, inspector.id],
      [newId(nodePrimitives), collector.id],
    ] as const) {
      const proof = toHex(signer.sign(keyProofBytes(unitId, owner, publicKey)))
      expect(verdict(unit, signed(unit, 'secadmin', keyAdded(unit, collector.id, signer, proof)))).toBe(
        'commit/key-weak',
      )
    }
  })

  test('is nobody’s already: no member’s, no device’s', () => {
    const { collector, inspector } = unit.members
    for (const signer of [inspector.signer, collector.signer, unit.device.signer])
      expect(verdict(unit, signed(unit, 'secadmin', keyAdded(unit, collector.id, signer)))).toBe(
        'authority/action-not-permitted',
      )
  })
})

describe('a device', () => {
  const logs = () => ({
    control: newId(nodePrimitives),
    archive: newId(nodePrimitives),
    discipline: newId(nodePrimitives),
  })
  const device = (signer = signerFromSeed(newSeed()), of = logs(), id = newId(nodePrimitives)) => {
    const publicKey = toHex(signer.publicKey)
    const proof = toHex(signer.sign(deviceProofBytes(id, publicKey, of)))
    return { operation: { op: 'device.add' as const, entity: id, publicKey, logs: of, proof } }
  }

  test('has three logs of its own and a key of its own', () => {
    expect(verdict(unit, signed(unit, 'secadmin', device()))).toBe(null)
    const taken = unit.device.logs.archive.id
    expect(verdict(unit, signed(unit, 'secadmin', device(undefined, { ...logs(), archive: taken })))).toBe(
      'authority/device',
    )
    const twice = newId(nodePrimitives)
    expect(
      verdict(
        unit,
        signed(unit, 'secadmin', device(undefined, { ...logs(), archive: twice, control: twice })),
      ),
    ).toBe('authority/device')
    expect(verdict(unit, signed(unit, 'secadmin', device(unit.members.collector.signer)))).toBe(
      'authority/device',
    )
    expect(verdict(unit, signed(unit, 'secadmin', device(undefined, logs(), unit.device.id)))).toBe(
      'authority/device',
    )
  })
})

describe('the chain', () => {
  test('says the same whatever the order its commits are read in', async () => {
    const person = newcomer(unit)
    signed(unit, 'secadmin', [...added(unit, person), granted(person.id, 'reviewer')])
    signed(unit, 'approver', confirmed(person.id, 'reviewer'))
    const before = contentOf(unit.history().head)
    unit.device.logs.control.commits.reverse()
    expect(contentOf(unit.history().head)).toEqual(before)
  })

  test('gives the state of every commit as it was then', () => {
    const person = newcomer(unit)
    const grant = signed(unit, 'secadmin', [...added(unit, person), granted(person.id, 'reviewer')])
    const confirmation = signed(unit, 'approver', confirmed(person.id, 'reviewer'))
    const at = (leaf: string) => unit.history().at(leaf)?.members.get(person.id)?.grants[0]?.confirmed
    expect(at(grant.commit.leaf)).toBe(false)
    expect(at(confirmation.commit.leaf)).toBe(true)
    expect(unit.history().at('0'.repeat(64))).toBe(undefined)
  })
})
