import { readRequest, type OpenedRequest } from '../../../src-shared/enrolment/request.ts'
import { fromBase64 } from '../../../src-shared/kernel/bytes.ts'
import type { Id } from '../../../src-shared/kernel/ids.ts'
import { bodyOf, deviceBodies, textOf } from '../../vault/names.ts'
import type { Session } from '../context.ts'

/** The request by which a device joined: it stands in the body of the commit that admitted it. */
export function requestOf({ vault }: Session, device: Id): OpenedRequest | null {
  const control = vault.compartments.get('control')?.database
  const digest = control === undefined ? undefined : deviceBodies(control).get(device)
  const text =
    control === undefined || digest === undefined ? null : textOf(bodyOf(control, digest), 'request')
  const bytes = text === null ? null : fromBase64(text)
  const request = bytes === null ? null : readRequest(vault.primitives, bytes)
  return request?.ok && request.value.request.device === device ? request.value : null
}
