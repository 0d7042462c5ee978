import { gunzipSync, gzipSync } from 'node:zlib'
import { pack, type Header, type Pack } from 'tar-stream'
import { decryptWith, encryptTo } from '../../src-shared/node/age.ts'

/** What a bundle is inside: its gzip stream, for somebody who can open and seal it again but has no device's key. */
export async function openedGzip(bundle: Uint8Array, identity: string): Promise<Uint8Array> {
  const gzip = await decryptWith([identity], bundle)
  if (gzip === null) throw new Error('not for this identity')
  return gzip
}

export async function openedTar(bundle: Uint8Array, identity: string): Promise<Uint8Array> {
  return new Uint8Array(gunzipSync(await openedGzip(bundle, identity)))
}

export async function sealedGzip(gzip: Uint8Array, recipient: string): Promise<Uint8Array> {
  return await encryptTo([recipient], gzip)
}

export async function sealedTar(tar: Uint8Array, recipient: string): Promise<Uint8Array> {
  return await sealedGzip(gzipSync(tar), recipient)
}

export interface TarPart {
  readonly header: Header
  readonly content: Uint8Array
}

/** A tar of whatever entries, as other tools would make it. */
export async function tarOf(parts: readonly TarPart[]): Promise<Uint8Array> {
  const archive: Pack = pack()
  for (const { header, content } of parts) archive.entry(header, Buffer.from(content))
  archive.finalize()
  const pieces: Uint8Array[] = []
  for await (const piece of archive as AsyncIterable<Uint8Array>) pieces.push(piece)
  return Buffer.concat(pieces)
}

/** The files of a tar made by the product: name, place and length of the content. */
export function filesIn(tar: Uint8Array): readonly { path: string; start: number; size: number }[] {
  const files: { path: string; start: number; size: number }[] = []
  for (let at = 0; tar[at] !== 0; ) {
    const text = (from: number, to: number) =>
      Buffer.from(tar.subarray(at + from, at + to)).toString('latin1')
    const path = text(0, 100).replace(/\0.*$/s, '')
    const size = Number.parseInt(text(124, 135), 8)
    files.push({ path, start: at + 512, size })
    at += 512 + Math.ceil(size / 512) * 512
  }
  return files
}
