import { rmSync } from 'node:fs'
import { dirname } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { appendAuthority, loadAuthority } from '../../src-main/vault/authority-log.ts'
import { appendCommit, type OpenCompartment } from '../../src-main/vault/compartment.ts'
import { openKeySlot, type OpenedSlot } from '../../src-main/vault/key-slot.ts'
import { openVault, type OpenVault } from '../../src-main/vault/vault.ts'
import { isAuthorityCommit } from '../../src-shared/access/authority.ts'
import { isOperationName, operationRule } from '../../src-shared/access/permissions.ts'
import type { ErrorCode } from '../../src-shared/kernel/errors.ts'
import { newId } from '../../src-shared/kernel/ids.ts'
import type { SignedCommit } from '../../src-shared/log/chain.ts'
import { prepareBody } from '../../src-shared/log/header.ts'
import type { Operation } from '../../src-shared/log/operations.ts'
import { newSeed, nodePrimitives, signerFromSeed } from '../../src-shared/node/primitives.ts'
import { forge } from '../helpers/forgery.ts'
import { codeOf } from '../helpers/keyed-unit.ts'
import { deviceOf, enrol, exported, isVerified, must, receive, tablesOf } from '../helpers/two-devices.ts'
import { passwordOf, VaultFixture, type RawKeys } from '../helpers/vault-fixture.ts'
import { attacks, type Attack, type Attacker, type Forgery, type Stage } from './attacks.ts'

/**
 * Every commit that breaks a rule, through every door of a unit's own devices: made by the product's own functions
 * below all that a screen or a procedure checks; written straight into the database; and brought by another device
 * whose client checks nothing. The door of the node above is in `patched-client-hub.test.ts`.
 */
let home: VaultFixture
let away: VaultFixture
let stage: Stage
let slot: OpenedSlot
let keys: RawKeys

const logins = ['secadmin', 'collector', 'clerk', 'first', 'approver', 'inspector'] as const

beforeAll(async () => {
  home = await VaultFixture.found()
  const cadre = await home.openCadre('张三丰')
  const agreed = await home.submit(cadre)
  await home.review(agreed, 'agree', 'agree')
  const submitted = await home.submit(cadre)
  away = await enrol(home, '办公室二')
  keys = await home.keys()
  const people: Record<string, Attacker> = {}
  for (const login of logins) {
    const { member, authority } = (await home.session(login)).vault
    const key = authority.head.members.get(member.id)?.keys.find(({ inForce }) => inForce)
    people[login] = { id: member.id, signer: member.signer, recipient: key?.recipient ?? '' }
  }
  const { vault } = await home.session('inspector')
  stage = { unit: vault.unit, people, history: vault.authority, agreed, submitted }
  slot = must(await openKeySlot(home.layout.keySlots, 'inspector', passwordOf('inspector')))
})

afterAll(() => {
  home.close()
  away.close()
})

const copies: VaultFixture[] = []
function copyOf(fixture: VaultFixture): VaultFixture {
  const copy = fixture.copy()
  copies.push(copy)
  return copy
}
afterEach(() => {
  for (const copy of copies.splice(0)) copy.close()
})

/** Opens a vault without the work of a password. */
async function opened(fixture: VaultFixture): Promise<OpenVault> {
  return must(await openVault(nodePrimitives, fixture.layout, slot))
}

/** The product's own functions, without anything above them. Null when the commit was made. */
function commitDirectly(vault: OpenVault, { compartment, drafts, ...author }: Forgery): ErrorCode | null {
  const { primitives, rootPublicKey, compartments } = vault
  const [control, store] = [compartments.get('control'), compartments.get(compartment)]
  const loaded = loadAuthority(primitives, (control as OpenCompartment).database, rootPublicKey)
  if (!loaded.ok) return loaded.error.code
  const bodies = drafts.map(({ body }) => prepareBody(nodePrimitives, body ?? {}))
  const operations = drafts.map(
    ({ operation }, index) => ({ ...operation, digest: bodies[index]?.digest }) as Operation,
  )
  const at = '2026-11-22T02:00:00.000Z'
  const request = { author: { ...author, unit: stage.unit }, at, operations, bodies }
  const made =
    compartment === 'control'
      ? appendAuthority(primitives, store as OpenCompartment, rootPublicKey, loaded.value, {
          ...request,
          follows: null,
        })
      : appendCommit(primitives, store as OpenCompartment, loaded.value.history, request)
  return codeOf(made)
}

/** Writes the commits into a vault as a client would that checks nothing; each follows the one before it. */
function forgeIn(vault: OpenVault, { forgeries }: Attack, made: SignedCommit[] = []): SignedCommit {
  for (const { compartment, drafts, ...pretence } of forgeries(stage)) {
    const before = made.findLast(({ header }) => isAuthorityCommit(header))
    const follows = before === undefined ? {} : { authority: before.leaf }
    made.push(forge(vault, compartment, { ...pretence, ...follows }, drafts))
  }
  return made.at(-1) as SignedCommit
}

/** Who may do what, and what became of the records. */
async function rights(fixture: VaultFixture) {
  const { members, catalogue, keyrings, removals } = await (async () => {
    const { authority } = (await fixture.session('inspector')).vault
    const { head } = authority
    const held = [...head.members.values()].map(({ id, keys: own, grants }) => ({
      id,
      keys: own,
      grants: grants.filter(({ confirmed }) => confirmed),
    }))
    return { ...head, members: held, removals: authority.removals }
  })()
  return {
    members: members.filter(({ grants }) => grants.length > 0),
    catalogue,
    keyrings,
    removals,
    agreed: await fixture.status(stage.agreed),
    submitted: await fixture.status(stage.submitted),
  }
}

describe('no client of the unit’s own, made to check nothing above the vault, lets it be that', () => {
  let vault: OpenVault
  beforeAll(async () => {
    vault = await opened(home.copy())
  })
  afterAll(() => {
    vault.close()
    rmSync(dirname(vault.layout.vaultFile), { recursive: true, force: true })
  })

  test.each(attacks.map((attack) => [attack.name, attack] as const))('%s', (_name, attack) => {
    const codes = attack.forgeries(stage).map((forgery) => commitDirectly(vault, forgery))
    expect(codes).toEqual([...codes.slice(1).map(() => null), attack.code])
  })
})

describe('the verification of a database names it, when written into it is that', () => {
  test.each(attacks.map((attack) => [attack.name, attack] as const))('%s', async (_name, attack) => {
    const copy = copyOf(home)
    const vault = await opened(copy)
    const { header } = forgeIn(vault, attack)
    vault.close()
    const report = await copy.verify(keys)
    expect(report.verified).toBe(false)
    const faults = report.compartments.flatMap(({ fault }) => (fault === null ? [] : [fault]))
    expect(faults.map(({ code, log, seq }) => ({ code, log, seq }))).toContainEqual({
      code: attack.code,
      log: header.log,
      seq: header.seq,
    })
  })
})

test('all of that together, brought by another device in one bundle, is void, is named, and changes nothing', async () => {
  const [vault, other] = [copyOf(home), copyOf(away)]
  const patched = await opened(other)
  const made: SignedCommit[] = []
  const expected = attacks.map((attack) => {
    const { header } = forgeIn(patched, attack, made)
    return { log: header.log, seq: header.seq, code: attack.code }
  })
  patched.close()
  const before = await rights(vault)
  const voids = []
  for (const path of await exported(other, await deviceOf(vault))) {
    voids.push(...must(await receive(vault, path)).voids)
  }
  expect(new Set(voids.map((one) => JSON.stringify(one)))).toEqual(
    new Set(expected.map((one) => JSON.stringify(one))),
  )
  vault.leave()
  expect(await rights(vault)).toEqual(before)
  expect(await isVerified(vault)).toBe(true)
})

test('each attack is a commit of the kind its compartment holds', () => {
  for (const { forgeries } of attacks)
    for (const { compartment, drafts } of forgeries(stage))
      for (const { operation } of drafts) {
        expect(isOperationName(operation.op)).toBe(true)
        expect(operationRule(operation.op).authority).toBe(compartment === 'control')
      }
})

describe('a commit that is not what it says', () => {
  const signing = () => {
    const { record, revision } = stage.agreed
    return {
      operation: {
        op: 'review.sign' as const,
        entity: newId(nodePrimitives),
        rows: [{ record, revision }],
      },
    }
  }
  const approver = () => ({ ...stage.people['approver']!, role: 'approver' as const })

  /** What the bundle is refused with, after which nothing has changed. */
  async function refusal(other: VaultFixture): Promise<ErrorCode | null> {
    const vault = copyOf(home)
    const paths = await exported(other, await deviceOf(vault))
    const before = await tablesOf(vault)
    const received = await receive(vault, paths.at(1) as string)
    expect(await tablesOf(vault)).toEqual(before)
    return codeOf(received)
  }

  test('names the right key without its signature: the bundle is refused, and nothing of it is kept', async () => {
    const other = copyOf(away)
    const vault = await opened(other)
    const { id, role, signer } = approver()
    const stolen = { ...signer, sign: signerFromSeed(newSeed()).sign }
    forge(vault, 'archive', { member: id, role, signer: stolen }, [signing()])
    vault.close()
    expect(await refusal(other)).toBe('commit/signature')
  })

  test('goes back to the authority of better days: the bundle is refused', async () => {
    const other = copyOf(away)
    const vault = await opened(other)
    const { id, role, signer } = approver()
    forge(vault, 'archive', { member: id, role, signer }, [signing()])
    forge(vault, 'archive', { member: id, role, signer, authority: vault.authority.founding }, [signing()])
    vault.close()
    expect(await refusal(other)).toBe('log/authority-backward')
  })
})
