import { readFileSync, statSync } from 'node:fs'
import type { DeviceState } from '../../../src-shared/access/authority.ts'
import type { DeviceView } from '../../../src-shared/contract/device-views.ts'
import { isSameCode, requestCode } from '../../../src-shared/enrolment/codes.ts'
import { maximumRequestBytes, readRequest } from '../../../src-shared/enrolment/request.ts'
import { toBase64 } from '../../../src-shared/kernel/bytes.ts'
import { err, ok, type Result } from '../../../src-shared/kernel/result.ts'
import { prepareBody } from '../../../src-shared/log/header.ts'
import { readNames } from '../../vault/names.ts'
import { lastReceivedFrom } from '../../vault/peer-table.ts'
import { commitAuthority, openCompartment } from '../../vault/vault.ts'
import { moment, type Session, type UnlockedHandler } from '../context.ts'
import { arrivedRequest, forgetRequest } from './listening.ts'
import { requestOf } from './request-of.ts'

export const deviceList: UnlockedHandler<'device.list'> = ({ session }) => {
  const { vault } = session
  return ok([...vault.authority.head.devices.values()].map((device) => deviceView(session, device)))
}

function deviceView(session: Session, device: DeviceState): DeviceView {
  const { vault, names } = session
  const times = [...vault.compartments.values()].flatMap(
    ({ database }) => lastReceivedFrom(database, device.id) ?? [],
  )
  return {
    id: device.id,
    name: names.devices.get(device.id) ?? '',
    fingerprint: device.key.slice(0, 16),
    isThis: device.id === vault.device.id,
    inForce: device.inForce,
    lastReceivedAt: times.sort().at(-1) ?? null,
    canEnrol: device.inForce && device.id !== vault.device.id && requestOf(session, device.id) !== null,
  }
}

/**
 * Admits a device whose code was read from its screen.
 *
 * Errors: `device/request-wrong`, `device/not-listening` (nothing has arrived), `device/code-wrong`, `device/known`.
 */
export const deviceAdmit: UnlockedHandler<'device.admit'> = (context, input) => {
  const { session, primitives } = context
  const bytes = input.path === null ? arrivedRequest(session) : readSmallFile(input.path)
  if (bytes === null) return err(input.path === null ? 'device/not-listening' : 'device/request-wrong')
  const opened = readRequest(primitives, bytes)
  if (!opened.ok) return opened
  const { request, payload } = opened.value
  if (!isSameCode(requestCode(primitives, payload), input.code)) return err('device/code-wrong')
  const { head } = session.vault.authority
  const { device, name, publicKey, logs, proof } = request
  if (head.devices.has(device)) return err('device/known')
  const body = prepareBody(primitives, { name, request: toBase64(bytes) })
  const operation = {
    op: 'device.add',
    entity: device,
    digest: body.digest,
    publicKey,
    logs: { ...logs },
    proof,
  } as const
  const done = commitAuthority(session.vault, 'secadmin', moment(context), [operation], [body])
  if (!done.ok) return done
  forgetRequest(session)
  const renamed = nameAnew(session)
  if (!renamed.ok) return renamed
  context.emit({ type: 'changed', compartment: 'control' })
  return ok({ device, name })
}

function nameAnew(session: Session): Result<true> {
  const control = openCompartment(session.vault, 'control')
  if (!control.ok) return control
  session.names = readNames(control.value.database)
  return ok(true)
}

function readSmallFile(path: string): Uint8Array | null {
  try {
    return statSync(path).size > maximumRequestBytes ? null : new Uint8Array(readFileSync(path))
  } catch {
    return null
  }
}

/** Errors: `device/this-one`, `device/last`, `authority/device` (none such, or removed already). */
export const deviceRemove: UnlockedHandler<'device.remove'> = (context, { device }) => {
  const { vault } = context.session
  if (device === vault.device.id) return err('device/this-one')
  const others = [...vault.authority.head.devices.values()].filter(
    (other) => other.inForce && other.id !== device,
  )
  if (others.length === 0) return err('device/last')
  const body = prepareBody(context.primitives, {})
  const operation = { op: 'device.remove', entity: device, digest: body.digest } as const
  const done = commitAuthority(vault, 'secadmin', moment(context), [operation], [body])
  if (!done.ok) return done
  context.emit({ type: 'changed', compartment: 'control' })
  return ok(null)
}
