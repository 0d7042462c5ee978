import { beforeEach, describe, expect, test } from 'vitest'
import { holdersDue, isHolder, keyringsExposed, missingWraps } from '../../../src-shared/access/grants.ts'
import type { Role } from '../../../src-shared/access/roles.ts'
import { newId, type Id } from '../../../src-shared/kernel/ids.ts'
import { removalCauses } from '../../../src-shared/log/operations.ts'
import { newSeed, nodePrimitives, signerFromSeed } from '../../../src-shared/node/primitives.ts'
import { UnitFixture, memberNames, type MemberName } from '../../helpers/unit-fixture.ts'
import {
  added,
  confirmed,
  epochStarted,
  granted,
  keyAdded,
  keyRemoved,
  newcomer,
  revoked,
  signed,
  verdict,
  wrapped,
} from './chain.ts'

let unit: UnitFixture

beforeEach(async () => {
  unit = await UnitFixture.found()
})

const head = () => unit.history().head
const stateOf = (name: MemberName) => head().members.get(unit.members[name].id)!
const archivists = ['collector', 'reviewerOne', 'reviewerTwo', 'approver', 'inspector'] as const

describe('a new epoch', () => {
  test('is wrapped to everybody confirmed whom the keyring is due, and to the recovery kit', () => {
    expect(new Set(holdersDue(head(), 'archive'))).toEqual(
      new Set([...archivists.map((name) => unit.members[name].id), 'recovery-archive']),
    )
    expect(holdersDue(head(), 'discipline')).toEqual([unit.members.inspector.id, 'recovery-discipline'])
    expect(verdict(unit, signed(unit, 'collector', epochStarted(unit, 'archive', 2, archivists)))).toBe(null)
    for (const name of archivists) {
      const { id, signer } = unit.members[name]
      expect(isHolder(head(), 'archive', id, signer.keyId), name).toBe(true)
      expect(missingWraps(head(), stateOf(name)), name).toEqual([])
    }
  })

  test.each(archivists)('that leaves the %s out does not begin', (left) => {
    const some = archivists.filter((name) => name !== left)
    expect(verdict(unit, signed(unit, 'approver', epochStarted(unit, 'archive', 2, some)))).toBe(
      'authority/holder-left-out',
    )
    expect(head().keyrings.get('archive')?.epoch).toBe(1)
  })

  test('that the recovery kit cannot open does not begin', () => {
    const without = epochStarted(unit, 'archive', 2, archivists, false)
    expect(verdict(unit, signed(unit, 'approver', without))).toBe('authority/holder-left-out')
  })

  test('is wrapped to nobody who has no right to it', () => {
    for (const name of ['secadmin', 'sysadmin', 'auditor'] as const)
      expect(
        verdict(unit, signed(unit, 'approver', epochStarted(unit, 'archive', 2, [...archivists, name]))),
        name,
      ).toBe('authority/action-not-permitted')
  })

  test('is begun by nobody who cannot open the one before', () => {
    expect(verdict(unit, signed(unit, 'collector', epochStarted(unit, 'discipline', 2, ['inspector'])))).toBe(
      'authority/not-a-holder',
    )
    expect(verdict(unit, signed(unit, 'secadmin', epochStarted(unit, 'archive', 2, archivists)))).toBe(
      'authority/not-a-holder',
    )
    const everyone = epochStarted(unit, 'control', 2, memberNames)
    expect(verdict(unit, signed(unit, 'secadmin', everyone))).toBe(null)
  })

  test('leaves who is confirmed later to be wrapped by a holder of it', () => {
    const person = newcomer(unit, 'collector')
    signed(unit, 'secadmin', [...added(unit, person), granted(person.id, 'collector')])
    signed(unit, 'approver', wrapped(person.id, 'collector'))
    expect(verdict(unit, signed(unit, 'collector', epochStarted(unit, 'archive', 2, archivists)))).toBe(null)
    const without = signed(unit, 'approver', {
      operation: { op: 'role.confirm', entity: person.id, role: 'collector', deputyFor: null },
    })
    expect(verdict(unit, without)).toBe('authority/not-wrapped')
  })

  test('is wrapped by one who was left out of it by nobody', () => {
    signed(unit, 'secadmin', revoked(unit.members.collector.id, 'collector'))
    const others = archivists.filter((name) => name !== 'collector')
    signed(unit, 'approver', epochStarted(unit, 'archive', 2, others))
    const { collector, inspector } = unit.members
    expect(isHolder(head(), 'archive', collector.id, collector.signer.keyId)).toBe(false)
    const again = {
      operation: {
        op: 'keyring.wrap' as const,
        entity: unit.id,
        keyring: 'archive' as const,
        epoch: 2,
        holder: inspector.id,
      },
    }
    expect(verdict(unit, signed(unit, collector, again, { as: 'collector' }))).not.toBe(null)
  })
})

describe('a wrap that stands', () => {
  test('is not replaced by another, which might open nothing', () => {
    const { collector } = unit.members
    const before = head().wraps.filter(({ holder }) => holder === collector.id)
    signed(unit, 'approver', wrapped(collector.id, 'collector'))
    expect(head().wraps.filter(({ holder }) => holder === collector.id)).toEqual(before)
  })

  test.each(['recovery-archive', 'recovery-discipline'] as const)(
    'to %s stays until a new epoch starts',
    (holder) => {
      const keyring = holder === 'recovery-archive' ? 'archive' : 'discipline'
      const kit = () => head().wraps.filter((wrap) => wrap.keyring === keyring && wrap.key === null)
      const before = kit()
      expect(before).toHaveLength(1)
      const again = { op: 'keyring.wrap' as const, entity: unit.id, keyring, epoch: 1, holder } as const
      signed(unit, 'inspector', { operation: again, body: { wrap: 'something else' } })
      expect(kit()).toEqual(before)
      const holders = keyring === 'archive' ? archivists : (['inspector'] as const)
      expect(verdict(unit, signed(unit, 'inspector', epochStarted(unit, keyring, 2, holders)))).toBe(null)
      expect(kit()).toMatchObject([{ epoch: 2, holder }])
    },
  )

  test('goes with the key it was made for', () => {
    const { collector } = unit.members
    const signer = signerFromSeed(newSeed())
    signed(unit, 'secadmin', [keyRemoved(collector, [], 'lost'), keyAdded(unit, collector.id, signer)])
    expect(missingWraps(head(), stateOf('collector'))).toEqual(['control', 'archive'])
    expect(isHolder(head(), 'archive', collector.id, signer.keyId)).toBe(false)
    const bare = signed(unit, 'approver', {
      operation: { op: 'role.confirm', entity: collector.id, role: 'collector', deputyFor: null },
    })
    expect(verdict(unit, bare)).toBe('authority/not-wrapped')
    expect(verdict(unit, signed(unit, 'approver', confirmed(collector.id, 'collector')))).toBe(null)
    expect(missingWraps(head(), stateOf('collector'))).toEqual([])
  })
})

describe('a keyring wants a new epoch', () => {
  const exposed = () => keyringsExposed(head())

  test('while somebody can open it who has lost the right', () => {
    expect(exposed()).toEqual([])
    signed(unit, 'secadmin', revoked(unit.members.inspector.id, 'inspector'))
    expect(exposed()).toEqual(['control', 'archive', 'discipline'])
    const others = archivists.filter((name) => name !== 'inspector')
    signed(unit, 'approver', epochStarted(unit, 'archive', 2, others))
    expect(exposed()).toEqual(['control', 'discipline'])
  })

  test.each(removalCauses)('after a key is removed because it is %s, if others may have it', (cause) => {
    const person = newcomer(unit)
    signed(unit, 'secadmin', [...added(unit, person), granted(person.id, 'approver')])
    signed(unit, 'approver', confirmed(person.id, 'approver'))
    signed(unit, 'secadmin', keyRemoved(unit.members.approver, [], cause))
    const rings = ['control', 'archive', 'seal']
    expect(exposed()).toEqual(cause === 'copied' || cause === 'left' ? rings : [])
  })

  test('when a clearance goes, for discipline alone', () => {
    const { inspector } = unit.members
    signed(unit, 'secadmin', granted(inspector.id, 'inspector', { level: 3 }))
    expect(exposed()).toEqual(['discipline'])
  })
})

test('a confirmation needs each keyring of the role at its level', () => {
  const person = newcomer(unit)
  signed(unit, 'secadmin', [...added(unit, person), granted(person.id, 'reviewer', { level: 4 })])
  const confirm = (role: Role) => ({
    operation: { op: 'role.confirm' as const, entity: person.id, role, deputyFor: null },
  })
  signed(unit, 'approver', wrapped(person.id, 'reviewer', 3))
  expect(verdict(unit, signed(unit, 'inspector', confirm('reviewer')))).toBe('authority/not-wrapped')
  // The approver, who is not cleared, cannot hand on what they cannot open.
  expect(verdict(unit, signed(unit, 'approver', wrapped(person.id, 'reviewer', 4)))).toBe(
    'authority/not-a-holder',
  )
  const handed = [...wrapped(person.id, 'reviewer', 4), confirm('reviewer')]
  expect(verdict(unit, signed(unit, 'inspector', handed))).toBe(null)
})

describe('a confirmation', () => {
  const confirm = (of: { readonly id: Id }, role: Role) => ({
    operation: { op: 'role.confirm' as const, entity: of.id, role, deputyFor: null },
  })

  test('is not the auditor’s where the role opens what the auditor does not, wrapped as it may be', () => {
    const { collector } = unit.members
    signed(unit, 'secadmin', granted(collector.id, 'inspector', { level: 3 }))
    expect(missingWraps(head(), stateOf('collector'))).toEqual([])
    const late = signed(unit, 'auditor', confirm(collector, 'inspector'))
    expect(verdict(unit, late)).toBe('authority/not-a-holder')
    expect(verdict(unit, signed(unit, 'approver', confirm(collector, 'inspector')))).toBe(null)
  })

  test('of an approver for discipline is an approver’s, once a cleared member has handed it over', () => {
    const person = newcomer(unit)
    signed(unit, 'secadmin', [...added(unit, person), granted(person.id, 'approver', { level: 4 })])
    const [, , discipline] = wrapped(person.id, 'approver', 4)
    const handed = wrapped(person.id, 'approver', 3)
    expect(verdict(unit, signed(unit, 'approver', [...handed, confirm(person, 'approver')]))).toBe(
      'authority/not-wrapped',
    )
    signed(unit, 'inspector', discipline as NonNullable<typeof discipline>)
    signed(unit, 'approver', handed)
    expect(verdict(unit, signed(unit, 'inspector', confirm(person, 'approver')))).toBe(
      'authority/not-a-holder',
    )
    expect(verdict(unit, signed(unit, 'approver', confirm(person, 'approver')))).toBe(null)

    // From here on somebody opens both.
    const next = newcomer(unit)
    signed(unit, 'secadmin', [...added(unit, next), granted(next.id, 'approver', { level: 4 })])
    signed(unit, { ...person, roles: ['approver'] }, wrapped(next.id, 'approver', 4))
    expect(verdict(unit, signed(unit, 'approver', confirm(next, 'approver')))).toBe('authority/not-a-holder')
    expect(verdict(unit, signed(unit, { ...person, roles: ['approver'] }, confirm(next, 'approver')))).toBe(
      null,
    )
  })
})

describe('the keys of a compartment', () => {
  const wrap = (keyring: 'archive' | 'seal', holder: string, epoch = 1) => ({
    operation: { op: 'keyring.wrap' as const, entity: newId(nodePrimitives), keyring, epoch, holder },
  })

  test('go to somebody else only by the hand of one who holds them', () => {
    const person = newcomer(unit)
    signed(unit, 'secadmin', [...added(unit, person), granted(person.id, 'approver')])
    for (const name of ['secadmin', 'auditor'] as const)
      expect(verdict(unit, signed(unit, name, wrap('archive', person.id))), name).toBe(
        'authority/not-a-holder',
      )
    expect(verdict(unit, signed(unit, 'collector', wrap('seal', person.id)))).toBe('authority/not-a-holder')
    expect(verdict(unit, signed(unit, 'reviewerOne', wrap('archive', person.id)))).toBe(null)
    expect(verdict(unit, signed(unit, 'approver', wrap('seal', person.id)))).toBe(null)
  })

  test('go to nobody without a grant that needs them', () => {
    const person = newcomer(unit)
    signed(unit, 'secadmin', added(unit, person))
    expect(verdict(unit, signed(unit, 'reviewerOne', wrap('archive', person.id)))).toBe(
      'authority/action-not-permitted',
    )
    signed(unit, 'secadmin', granted(person.id, 'collector'))
    expect(verdict(unit, signed(unit, 'reviewerOne', wrap('archive', person.id)))).toBe(null)
    expect(verdict(unit, signed(unit, 'approver', wrap('seal', person.id)))).toBe(
      'authority/action-not-permitted',
    )
  })

  test('are renewed by a holder, one epoch at a time', () => {
    const { recipient } = unit.keys.seal
    const { approver } = unit.members
    const epoch = (number: number) =>
      signed(unit, 'approver', [
        {
          operation: {
            op: 'keyring.epoch',
            entity: newId(nodePrimitives),
            keyring: 'seal',
            epoch: number,
            recipient,
          },
        },
        wrap('seal', approver.id, number),
        wrap('seal', 'recovery-archive', number),
      ])
    expect(verdict(unit, epoch(1))).toBe('authority/action-not-permitted')
    expect(verdict(unit, epoch(3))).toBe('authority/action-not-permitted')
    expect(verdict(unit, epoch(2))).toBe(null)
    expect(unit.history().head.keyrings.get('seal')).toEqual({ epoch: 2, recipient })
    expect(verdict(unit, signed(unit, 'approver', wrap('seal', unit.members.approver.id, 3)))).toBe(
      'authority/action-not-permitted',
    )
  })
})
