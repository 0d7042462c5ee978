import { createReadStream } from 'node:fs'
import { Readable } from 'node:stream'
import { bundleMediaType } from '../../src-shared/bundle/statement.ts'
import { errorCodes, type ErrorCode } from '../../src-shared/kernel/errors.ts'
import { err, ok, type Result } from '../../src-shared/kernel/result.ts'

const maximumReceiptBytes = 64 * 1024 * 1024

/**
 * Sends a bundle to the hub and returns the receipt bundle it answers with. The bundle is opaque on the way: what
 * protects it is its own encryption and signature, not the connection.
 *
 * Errors: `hub/unreachable`, `hub/refused` (with the hub's own `code`), `call/cancelled`, and the hub's code itself
 * where it is one of ours.
 */
export async function postBundle(
  url: string,
  unit: string,
  path: string,
  signal: AbortSignal,
): Promise<Result<Uint8Array>> {
  let response: Response
  try {
    const body = Readable.toWeb(createReadStream(path)) as ReadableStream<Uint8Array>
    // A streamed body needs `duplex`, which the type of a page's fetch does not know.
    const request: RequestInit & { readonly duplex: 'half' } = {
      method: 'POST',
      headers: { 'content-type': bundleMediaType },
      body,
      duplex: 'half',
      redirect: 'error',
      signal,
    }
    response = await fetch(new URL(`/v1/units/${unit}/bundles`, url), request)
    if (response.ok) return await readReceipt(response)
    return refusal(response.status, await response.text())
  } catch {
    return signal.aborted ? err('call/cancelled') : err('hub/unreachable')
  }
}

/**
 * What the hub decided for one compartment since the first `from` commits of its log; null when there is nothing new.
 *
 * Errors: as {@link postBundle}.
 */
export async function getDirectives(
  url: string,
  unit: string,
  compartment: string,
  from: number,
  signal: AbortSignal,
): Promise<Result<Uint8Array | null>> {
  try {
    const address = new URL(`/v1/units/${unit}/directives/${compartment}?from=${from}`, url)
    const response = await fetch(address, { redirect: 'error', signal })
    if (response.status === 204) return ok(null)
    if (response.ok) return await readReceipt(response)
    return refusal(response.status, await response.text())
  } catch {
    return signal.aborted ? err('call/cancelled') : err('hub/unreachable')
  }
}

async function readReceipt(response: Response): Promise<Result<Uint8Array>> {
  const parts: Uint8Array[] = []
  let size = 0
  for await (const part of response.body ?? []) {
    size += part.length
    if (size > maximumReceiptBytes) return err('hub/receipt-wrong', { reason: 'size' })
    parts.push(part)
  }
  return ok(new Uint8Array(Buffer.concat(parts)))
}

function refusal(status: number, text: string): Result<never> {
  try {
    const { code } = JSON.parse(text.slice(0, 10_000)) as { code?: unknown }
    if (typeof code === 'string' && (errorCodes as readonly string[]).includes(code)) {
      return err(code as ErrorCode, { status })
    }
  } catch {
    // Not an answer of a hub: said below.
  }
  return err('hub/refused', { status })
}
