import { isInForce, presentWraps } from '../../../src-shared/access/grants.ts'
import { keyrings, type Keyring } from '../../../src-shared/access/roles.ts'
import { toHex } from '../../../src-shared/kernel/bytes.ts'
import { ok } from '../../../src-shared/kernel/result.ts'
import { moment, type UnlockedHandler } from '../context.ts'
import { shownLevel } from '../members/standing.ts'
import { upstreamView } from '../sync/status.ts'

const fingerprintDigits = 16

export const unitRead: UnlockedHandler<'unit.read'> = (context) => {
  const { session } = context
  const now = moment(context)
  const { vault, names } = session
  const head = vault.authority.head
  const holders = (keyring: Keyring) => new Set(presentWraps(head, keyring).map((wrap) => wrap.holder))
  return ok({
    id: vault.unit,
    name: names.unit.name,
    creditCode: names.unit.creditCode,
    policy: head.policy,
    foundedAt: names.unit.foundedAt,
    recovery: names.unit.recovery,
    unitRootPublicKey: toHex(vault.rootPublicKey),
    catalogueVersion: head.catalogue?.version ?? 0,
    members: [...head.members.values()].map((member) => ({
      id: member.id,
      name: names.members.get(member.id)?.name ?? '',
      login: names.members.get(member.id)?.login ?? '',
      roles: member.grants.map((grant) => ({
        role: grant.role,
        categories: grant.categories,
        level: shownLevel(session, grant.level),
        deputyFor: grant.deputyFor,
        from: grant.from,
        until: grant.until,
        confirmed: grant.confirmed,
        inForce: isInForce(grant, now),
      })),
      // A compartment this member cannot open is not shown, not even as somebody else's.
      keyrings: keyrings.filter((ring) => isShown(ring) && holders(ring).has(member.id)),
      fingerprint: member.keys.at(-1)?.key.slice(0, fingerprintDigits) ?? '',
    })),
    devices: [...head.devices.values()].map((device) => ({
      id: device.id,
      name: names.devices.get(device.id) ?? '',
      fingerprint: device.key.slice(0, fingerprintDigits),
    })),
    keyrings: keyrings.filter(isShown).map((keyring) => ({
      keyring,
      epoch: head.keyrings.get(keyring)?.epoch ?? 0,
      holders: [...holders(keyring)].filter((holder) => head.members.has(holder)).length,
    })),
    upstream: upstreamView(session, head.upstream),
    proposedUpstream: upstreamView(session, head.proposedUpstream),
  })

  function isShown(keyring: Keyring): boolean {
    return keyring !== 'discipline' || vault.compartments.has('discipline')
  }
}
