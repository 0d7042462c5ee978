import { createReadStream, readdirSync, type Dirent } from 'node:fs'
import { join, relative } from 'node:path'
import iconv from 'iconv-lite'

/** How a word may stand in a file. `name`: in the name of a file or folder. */
export type CanaryForm = 'name' | 'utf-8' | 'utf-16le' | 'gb18030' | 'base64'

export interface CanaryMatch {
  /** Relative to the directory that was searched. */
  readonly file: string
  readonly word: string
  readonly form: CanaryForm
}

interface Pattern {
  readonly word: string
  readonly form: CanaryForm
  readonly bytes: Buffer
}

/** A shorter word would be found in ciphertext by chance. */
const leastBytes = 6
const readBytes = 1024 * 1024

/**
 * Looks for words in the names and the bytes of all files below a directory, in the encodings that programs here use:
 * UTF-8, UTF-16 as JavaScript keeps it, GB18030 as tables come, and Base64 of each of these wherever in a longer text it
 * begins. Reads with flat memory. A file that is gone when its turn comes is passed over.
 */
export async function searchCanary(
  directory: string,
  words: readonly string[],
): Promise<readonly CanaryMatch[]> {
  const patterns = indexOf(words.flatMap(patternsOf))
  const matches = new Map<string, CanaryMatch>()
  const add = (match: CanaryMatch) => matches.set(JSON.stringify(match), match)
  for (const entry of entriesBelow(directory)) {
    const path = join(entry.parentPath, entry.name)
    const file = relative(directory, path)
    for (const word of words) if (entry.name.includes(word)) add({ file, word, form: 'name' })
    if (!entry.isFile()) continue
    for (const { word, form } of await patternsIn(path, patterns)) add({ file, word, form })
  }
  return [...matches.values()]
}

function entriesBelow(directory: string): readonly Dirent[] {
  const entries = unlessGone(() => readdirSync(directory, { withFileTypes: true })) ?? []
  return entries.flatMap((entry) =>
    entry.isDirectory() ? [entry, ...entriesBelow(join(directory, entry.name))] : [entry],
  )
}

function unlessGone<T>(work: () => T): T | null {
  try {
    return work()
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
}

/** The bytes of a word in each form: Base64 in its two alphabets, for each place in a group where a word may begin. */
export function canaryBytes(word: string): readonly { readonly form: CanaryForm; readonly bytes: Buffer }[] {
  const plain = [
    { form: 'utf-8', bytes: Buffer.from(word, 'utf8') },
    { form: 'utf-16le', bytes: Buffer.from(word, 'utf16le') },
    { form: 'gb18030', bytes: iconv.encode(word, 'gb18030') },
  ] as const
  const encoded = plain.flatMap(({ bytes }) => [0, 1, 2].map((before) => base64Core(bytes, before)))
  return [
    ...plain,
    ...encoded.flatMap((text) => {
      const url = text.replaceAll('+', '-').replaceAll('/', '_')
      return [...new Set([text, url])].map((form) => ({ form: 'base64' as const, bytes: Buffer.from(form) }))
    }),
  ]
}

/** The characters of the Base64 text that depend on these bytes alone when so many bytes stand before them. */
function base64Core(bytes: Buffer, before: number): string {
  const text = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64')
  const first = Math.ceil((before * 8) / 6)
  const end = Math.floor(((before + bytes.length) * 8) / 6)
  return text.slice(first, end)
}

function patternsOf(word: string): readonly Pattern[] {
  return canaryBytes(word).map(({ form, bytes }) => {
    if (bytes.length < leastBytes) throw new RangeError('a word that chance could find')
    return { word, form, bytes }
  })
}

async function patternsIn(path: string, patterns: Patterns): Promise<ReadonlySet<Pattern>> {
  const found = new Set<Pattern>()
  let tail: Buffer = Buffer.alloc(0)
  try {
    for await (const piece of createReadStream(path, { highWaterMark: readBytes })) {
      const part = Buffer.concat([tail, piece as Buffer])
      addFound(part, patterns, found)
      tail = part.subarray(Math.max(0, part.length - patterns.longest + 1))
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
  }
  return found
}

/** The patterns by their first bytes: hundreds of them are looked for in one pass. */
interface Patterns {
  /** 1 for two bytes, big-endian, that begin a pattern. */
  readonly beginnings: Uint8Array
  /** By the first four bytes, big-endian. */
  readonly byStart: ReadonlyMap<number, readonly Pattern[]>
  readonly longest: number
}

function indexOf(patterns: readonly Pattern[]): Patterns {
  const beginnings = new Uint8Array(0x10000)
  const byStart = new Map<number, Pattern[]>()
  for (const pattern of patterns) {
    const start = pattern.bytes.readUInt32BE(0)
    beginnings[start >>> 16] = 1
    byStart.set(start, [...(byStart.get(start) ?? []), pattern])
  }
  const longest = patterns.reduce((most, { bytes }) => Math.max(most, bytes.length), leastBytes)
  return { beginnings, byStart, longest }
}

function addFound(part: Buffer, { beginnings, byStart }: Patterns, found: Set<Pattern>): void {
  for (let place = 0; place + leastBytes <= part.length; place++) {
    if (beginnings[((part[place] as number) << 8) | (part[place + 1] as number)] === 0) continue
    for (const pattern of byStart.get(part.readUInt32BE(place)) ?? []) {
      const { bytes } = pattern
      if (part.subarray(place, place + bytes.length).equals(bytes)) found.add(pattern)
    }
  }
}
