import { z } from 'zod'
import type { Digest, Id } from '../../src-shared/kernel/ids.ts'
import { readBody, type Body } from '../../src-shared/log/header.ts'
import type { Database } from './database.ts'
import { authorityEntries } from './entry-table.ts'
import { readBodyBytes } from './body-table.ts'
import { readHeader } from '../../src-shared/log/header.ts'

export interface NamedThings {
  readonly unit: {
    readonly name: string
    readonly creditCode: string | null
    readonly foundedAt: string
    /** How many recovery sheets it takes, and who was given one each, by number. */
    readonly recovery: { readonly threshold: number; readonly holders: readonly string[] }
  }
  readonly members: ReadonlyMap<Id, { readonly name: string; readonly login: string }>
  readonly devices: ReadonlyMap<Id, string>
}

const recoverySchema = z.object({ threshold: z.int(), holders: z.array(z.string()) })

/** The names that authority commits gave, read out of their bodies. */
export function readNames(control: Database): NamedThings {
  const members = new Map<Id, { name: string; login: string }>()
  const devices = new Map<Id, string>()
  let unit: NamedThings['unit'] = {
    name: '',
    creditCode: null,
    foundedAt: '',
    recovery: { threshold: 0, holders: [] },
  }
  for (const entry of authorityEntries(control)) {
    const header = readHeader(entry.envelope.payload)
    if (!header.ok) continue
    for (const operation of header.value.ops) {
      if (operation.op !== 'unit.found' && operation.op !== 'member.add' && operation.op !== 'device.add')
        continue
      const body = bodyOf(control, operation.digest)
      const name = textOf(body, 'name') ?? ''
      if (operation.op === 'unit.found') {
        const recovery = recoverySchema.safeParse(body?.['recovery'])
        unit = {
          name,
          creditCode: textOf(body, 'creditCode'),
          foundedAt: header.value.at,
          recovery: recovery.success ? recovery.data : unit.recovery,
        }
      } else if (operation.op === 'member.add') {
        members.set(operation.entity, { name, login: textOf(body, 'login') ?? '' })
      } else {
        devices.set(operation.entity, name)
      }
    }
  }
  return { unit, members, devices }
}

/** The body of the commit that admitted each device. */
export function deviceBodies(control: Database): ReadonlyMap<Id, Digest> {
  const bodies = new Map<Id, Digest>()
  for (const entry of authorityEntries(control)) {
    const header = readHeader(entry.envelope.payload)
    for (const operation of header.ok ? header.value.ops : []) {
      if (operation.op === 'device.add' && entry.void === null) bodies.set(operation.entity, operation.digest)
    }
  }
  return bodies
}

export function bodyOf(database: Database, digest: string): Body | null {
  const bytes = readBodyBytes(database, digest)
  if (bytes === null) return null
  const body = readBody(bytes)
  return body.ok ? body.value : null
}

export function textOf(body: Body | null, member: string): string | null {
  const value = body?.[member]
  return typeof value === 'string' ? value : null
}
