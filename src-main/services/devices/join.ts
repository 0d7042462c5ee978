import { mkdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { JoinView } from '../../../src-shared/contract/device-views.ts'
import { requestCode } from '../../../src-shared/enrolment/codes.ts'
import { maximumPackageBytes } from '../../../src-shared/enrolment/package.ts'
import type { OpenedRequest } from '../../../src-shared/enrolment/request.ts'
import { newId } from '../../../src-shared/kernel/ids.ts'
import { err, ok, type Result } from '../../../src-shared/kernel/result.ts'
import { writeFileAtomic } from '../../../src-shared/node/files.ts'
import { fetchBundle, fetchPackage, sendRequest } from '../../sync/enrolment-http.ts'
import {
  askToJoin,
  cancelJoining,
  openPending,
  pendingRequest,
  pendingRequestBytes,
} from '../../sync/join-request.ts'
import { joinUnit, type JoinInput } from '../../sync/joining.ts'
import { moment, type CoreContext, type Handler } from '../context.ts'
import { browseFolder } from '../sync/browse.ts'
import { packageExtension } from './enrol.ts'

/** How a file with a request to join ends. */
export const requestExtension = '.liandang-request'

/** An age file is a little longer than what is in it, which stands in base64 in its envelope. */
const maximumPackageFile = 2 * maximumPackageBytes

/** Joining and founding would clear each other's files away, and so would two joinings. */
const joining = new WeakSet<CoreContext>()

export const joinStatus: Handler<'join.status'> = (context) => {
  const request = pendingRequest(context.primitives, context.layout)
  return ok(request === null ? { state: 'none' } : joinView(context, request))
}

function joinView({ primitives }: CoreContext, { request, payload }: OpenedRequest): JoinView {
  const { device, name } = request
  return { state: 'asked', device, name, code: requestCode(primitives, payload) }
}

export const joinBrowse: Handler<'join.browse'> = (_context, { path }) =>
  browseFolder(path, [packageExtension])

export const joinAsk: Handler<'join.ask'> = async (context, { name, passphrase }) => {
  if (isBusy(context)) return err('call/not-permitted')
  mkdirSync(context.layout.directory, { recursive: true, mode: 0o700 })
  return ok(joinView(context, await askToJoin(context.primitives, context.layout, name, passphrase)))
}

function isBusy(context: CoreContext): boolean {
  return joining.has(context) || context.founding !== null
}

/** Errors: `device/not-asked`, `bundle/folder-unusable`. */
export const joinSave: Handler<'join.save'> = (context, { folder }) => {
  const bytes = pendingRequestBytes(context.layout)
  if (bytes === null) return err('device/not-asked')
  const file = `${newId(context.primitives)}${requestExtension}`
  try {
    if (!statSync(folder).isDirectory()) return err('bundle/folder-unusable')
    writeFileAtomic(join(folder, file), bytes)
  } catch {
    return err('bundle/folder-unusable')
  }
  return ok({ file })
}

export const joinSend: Handler<'join.send'> = async (context, { address }, signal) => {
  const bytes = pendingRequestBytes(context.layout)
  if (bytes === null) return err('device/not-asked')
  const sent = await sendRequest(address, bytes, signal)
  return sent.ok ? ok(null) : sent
}

export const joinReceive: Handler<'join.receive'> = async (context, input, signal) => {
  const bytes = readPackageFile(input.path)
  if (bytes === null) return err('device/package-wrong', { reason: 'file' })
  return await joinWith(context, input, signal, () =>
    Promise.resolve(
      ok({
        package: bytes,
        bundle: (file) => Promise.resolve(bundleBeside(input.path, file)),
      }),
    ),
  )
}

function readPackageFile(path: string): Uint8Array | null {
  try {
    return statSync(path).size > maximumPackageFile ? null : new Uint8Array(readFileSync(path))
  } catch {
    return null
  }
}

function bundleBeside(path: string, file: string): Result<string> {
  const beside = join(dirname(path), file)
  try {
    return statSync(beside).isFile() ? ok(beside) : err('device/package-wrong', { reason: 'bundle' })
  } catch {
    return err('device/package-wrong', { reason: 'bundle' })
  }
}

export const joinFetch: Handler<'join.fetch'> = async (context, input, signal) =>
  await joinWith(context, input, signal, async (request) => {
    const { address } = input
    const fetched = await fetchPackage(address, request, maximumPackageFile, signal)
    if (!fetched.ok) return fetched
    return ok({ package: fetched.value, bundle: (file) => fetchBundle(address, request, file, signal) })
  })

type Files = Pick<JoinInput, 'package' | 'bundle'>

async function joinWith(
  context: CoreContext,
  input: { readonly passphrase: string; readonly code: string; readonly job: string },
  signal: AbortSignal,
  filesFor: (request: string) => Promise<Result<Files>>,
): Promise<Result<{ commits: number }>> {
  if (isBusy(context)) return err('call/not-permitted')
  joining.add(context)
  const { primitives, layout } = context
  try {
    const pending = await openPending(primitives, layout, input.passphrase, context.now())
    if (!pending.ok) return pending
    const files = await filesFor(pending.value.opened.digest)
    if (!files.ok) return files
    const joined = await joinUnit({
      primitives,
      layout,
      pending: pending.value,
      code: input.code,
      at: moment(context),
      signal,
      progress: (done, total) => context.emit({ type: 'progress', job: input.job, done, total }),
      ...files.value,
    })
    return joined.ok ? ok({ commits: joined.value }) : joined
  } finally {
    joining.delete(context)
  }
}

export const joinCancel: Handler<'join.cancel'> = (context) => {
  if (isBusy(context)) return err('call/not-permitted')
  cancelJoining(context.layout)
  return ok(null)
}
