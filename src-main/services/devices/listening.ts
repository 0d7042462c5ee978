import { rmSync } from 'node:fs'
import { networkInterfaces } from 'node:os'
import { join } from 'node:path'
import type { EnrolmentView, ListenerView } from '../../../src-shared/contract/device-views.ts'
import { maximumRequestBytes, readRequest } from '../../../src-shared/enrolment/request.ts'
import { err, ok, type Result } from '../../../src-shared/kernel/result.ts'
import { listenForRequest, offerFiles, type Listening } from '../../sync/enrolment-http.ts'
import type { Session, UnlockedContext, UnlockedHandler } from '../context.ts'
import { requestOf } from './request-of.ts'
import { writeEnrolment } from './enrol.ts'

interface Listener {
  readonly purpose: 'request' | 'package'
  readonly enrolment: EnrolmentView | null
  state: 'waiting' | 'arrived' | 'done' | 'ended'
  address: string
  request: Uint8Array | null
  listening: Listening | null
}

/** At most one a session; it ends with the process of the session at the latest. */
const listeners = new WeakMap<Session, Listener>()

/** The request that arrived over the network in this session, or null. */
export function arrivedRequest(session: Session): Uint8Array | null {
  return listeners.get(session)?.request ?? null
}

export function forgetRequest(session: Session): void {
  closeListener(session)
}

function closeListener(session: Session): void {
  listeners.get(session)?.listening?.close()
  listeners.delete(session)
}

export const deviceInterfaces: UnlockedHandler<'device.interfaces'> = () => {
  const found = Object.entries(networkInterfaces()).flatMap(([name, addresses]) =>
    (addresses ?? [])
      // A link-local address means nothing without the name of the interface on the other machine.
      .filter(({ address }) => !address.toLowerCase().startsWith('fe80:'))
      .map(({ address, family, internal }) => ({ name, address, family, internal })),
  )
  const order = ({ internal, family }: (typeof found)[number]) =>
    (internal ? 2 : 0) + (family === 'IPv6' ? 1 : 0)
  return ok(found.sort((a, b) => order(a) - order(b)).map(({ name, address }) => ({ name, address })))
}

export const deviceAwait: UnlockedHandler<'device.await'> = async (context, { address }) => {
  if (!isOwnAddress(address)) return err('device/address')
  const { session, primitives } = context
  closeListener(session)
  const listener: Listener = {
    purpose: 'request',
    enrolment: null,
    state: 'waiting',
    address: '',
    request: null,
    listening: null,
  }
  const opened = await listenForRequest(
    address,
    maximumRequestBytes,
    (bytes) => {
      if (listener.state !== 'waiting' || !readRequest(primitives, bytes).ok) return false
      listener.request = bytes
      listener.state = 'arrived'
      context.emit({ type: 'changed', compartment: 'control' })
      return true
    },
    () => ended(listener, false),
  )
  return begin(context, listener, opened)
}

export const deviceOffer: UnlockedHandler<'device.offer'> = async (context, input, signal) => {
  if (!isOwnAddress(input.address)) return err('device/address')
  const { session, layout } = context
  const request = requestOf(session, input.device)
  if (request === null) return err('device/not-admitted')
  closeListener(session)
  const folder = join(layout.outgoing, input.job)
  const clear = () => rmSync(folder, { recursive: true, force: true })
  const written = await writeEnrolment(context, input.device, folder, input.job, signal)
  if (!written.ok) {
    clear()
    return written
  }
  const listener: Listener = {
    purpose: 'package',
    enrolment: written.value,
    state: 'waiting',
    address: '',
    request: null,
    listening: null,
  }
  const files = written.value.files.map((file) => join(folder, file))
  const opened = await offerFiles(input.address, request.digest, files, (isDone) => {
    ended(listener, isDone)
    clear()
    context.emit({ type: 'changed', compartment: 'control' })
  })
  if (!opened.ok) clear()
  return begin(context, listener, opened)
}

function ended(listener: Listener, isDone: boolean): void {
  listener.listening = null
  if (listener.state === 'waiting') listener.state = isDone ? 'done' : 'ended'
}

function begin(
  { session }: UnlockedContext,
  listener: Listener,
  opened: Result<Listening>,
): Result<ListenerView> {
  if (!opened.ok) return opened
  listener.address = opened.value.address
  listener.listening = opened.value
  listeners.set(session, listener)
  return ok(listenerView(session))
}

function isOwnAddress(address: string): boolean {
  return Object.values(networkInterfaces()).some((addresses) =>
    (addresses ?? []).some((own) => own.address === address),
  )
}

export const deviceListener: UnlockedHandler<'device.listener'> = ({ session }) => ok(listenerView(session))

function listenerView(session: Session): ListenerView {
  const listener = listeners.get(session)
  if (listener === undefined) {
    return { state: 'none', purpose: null, address: null, request: null, enrolment: null }
  }
  const { state, purpose, address, enrolment } = listener
  const opened = listener.request === null ? null : readRequest(session.vault.primitives, listener.request)
  const request = opened?.ok ? { device: opened.value.request.device, name: opened.value.request.name } : null
  return { state, purpose, address, request, enrolment }
}

export const deviceClose: UnlockedHandler<'device.close'> = ({ session }) => {
  closeListener(session)
  return ok(null)
}
