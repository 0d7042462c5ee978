import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { takeBundle } from '../../src-main/sync/intake.ts'
import { writeOutgoing } from '../../src-main/sync/outgoing.ts'
import { notePeerTold } from '../../src-main/vault/peer-table.ts'
import { readLogs } from '../../src-main/vault/log-table.ts'
import type { Compartment } from '../../src-shared/access/roles.ts'
import { newId } from '../../src-shared/kernel/ids.ts'
import { nodePrimitives } from '../../src-shared/node/primitives.ts'
import type { VaultFixture } from './vault-fixture.ts'

const at = '2026-11-22T08:00:00.000Z'

/** A bundle on a stick. */
export interface Carried {
  readonly path: string
  readonly compartment: Compartment
}

/** What a device would bring another, without the threads and the access entry around it; null when there is nothing. */
export async function bringOut(
  from: VaultFixture,
  to: VaultFixture,
  compartment: Compartment,
  by: string,
  kind: 'update' | 'full' = 'update',
): Promise<Carried | null> {
  const { vault } = await from.session(by)
  const device = (await to.session(by)).vault.device.id
  const { database } = vault.compartments.get(compartment)!
  const folder = join(from.outside, 'sticks')
  mkdirSync(folder, { recursive: true })
  const path = join(folder, `${newId(nodePrimitives)}.liandang`)
  const written = await writeOutgoing({
    primitives: nodePrimitives,
    layout: vault.layout,
    unit: vault.unit,
    device: vault.device,
    compartment,
    kind,
    target: { to: 'device', device },
    history: vault.authority,
    database,
    control: vault.compartments.get('control')!.database,
    path,
    createdAt: at,
    progress: () => undefined,
  })
  if (!written.ok) {
    if (written.error.code === 'bundle/nothing-new') return null
    throw new Error(written.error.code)
  }
  for (const { log, size } of readLogs(database, 'device')) notePeerTold(database, device, log, size)
  return { path, compartment }
}

/** Takes a bundle in on the connections of a session. The code it is refused with, or null. */
export async function takeIn(to: VaultFixture, { path }: Carried, by: string): Promise<string | null> {
  const { vault } = await to.session(by)
  const { head } = vault.authority
  const taken = await takeBundle(
    {
      primitives: nodePrimitives,
      layout: vault.layout,
      unit: vault.unit,
      rootPublicKey: vault.rootPublicKey,
      device: vault.device.id,
      logs: head.devices.get(vault.device.id)!.logs,
      loaded: { history: vault.authority, commits: vault.authorityCommits },
      databases: new Map([...vault.compartments].map(([name, { database }]) => [name, database])),
      identities: [...vault.compartments.keys()].flatMap((name) => vault.identities.get(name) ?? []),
      at,
      progress: () => undefined,
    },
    path,
  )
  return taken.ok ? null : taken.error.code
}
