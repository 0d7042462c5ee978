import { z } from 'zod'
import { canonicalBytes, readCanonical } from '../kernel/canonical.ts'
import type { DeepReadonly } from '../kernel/readonly.ts'
import { err, ok, type Result } from '../kernel/result.ts'
import { roles } from '../access/roles.ts'
import { digestSchema, idSchema } from '../log/operations.ts'
import { pad, unpad } from '../review/sealing.ts'

/** What an access entry says was done. `refused` was tried and not done. */
export const accessKinds = [
  'dossier',
  'record',
  'batch',
  'evidence',
  'search',
  'list-export',
  'export',
  'print',
  'copy',
  'unlock',
  'unlock-failed',
  'lock',
  'refused',
] as const
export type AccessKind = (typeof accessKinds)[number]

/** `self`: the subject is the member's own dossier. `kin`: one declares the other in the family register. */
export const accessFlags = ['self', 'kin'] as const
export type AccessFlag = (typeof accessFlags)[number]

/** Access entries are all one length, so that the log does not tell a glance from an export. */
export const accessBlock = 1536

const words = z.string().max(accessBlock)

/** What was looked at or tried. All of it stands only inside the seal. */
export const accessSubjectSchema = z.strictObject({
  cadre: idSchema.optional(),
  cadreName: words.optional(),
  category: z.string().max(8).optional(),
  /** 1 to 4. */
  level: z.int().min(1).max(4).optional(),
  record: idSchema.optional(),
  /** Hash of the ciphertext. */
  evidence: digestSchema.optional(),
  batch: idSchema.optional(),
  bundle: idSchema.optional(),
  /** What was searched for. */
  search: words.optional(),
  /** How many lines a search found or an export held. */
  results: z.int().min(0).optional(),
  /** The procedure that was refused, and with which code. */
  procedure: z.string().max(64).optional(),
  code: z.string().max(64).optional(),
  /** What was printed or exported, or what opened the vault, as a code. */
  what: z.string().max(64).optional(),
  /** First and last of the alike events that the entry stands for. */
  since: z.iso.datetime({ precision: 3 }).optional(),
  until: z.iso.datetime({ precision: 3 }).optional(),
})
export type AccessSubject = DeepReadonly<z.infer<typeof accessSubjectSchema>>

const purposeSchema = z.strictObject({ kind: z.string().max(64), words: words.nullable() })
/** What somebody read for: a kind (code) and, where the kind alone does not say it, their words. */
export type AccessPurpose = DeepReadonly<z.infer<typeof purposeSchema>>

const entrySchema = z.strictObject({
  type: z.literal('liandang/access/2'),
  /** As in the header: a claim of the member's clock. */
  at: z.iso.datetime({ precision: 3 }),
  kind: z.enum(accessKinds),
  member: idSchema,
  role: z.enum(roles),
  device: idSchema,
  subject: accessSubjectSchema,
  purpose: purposeSchema.nullable(),
  flags: z.array(z.enum(accessFlags)).max(accessFlags.length),
  /** How many alike events this entry stands for. */
  count: z.int().min(1),
})
export type AccessEntry = DeepReadonly<Omit<z.infer<typeof entrySchema>, 'type'>>

const shortened = '…'

/**
 * The plaintext of an entry, always {@link accessBlock} bytes. Words too long for that are cut, the longest first, and
 * end in "…".
 */
export function accessPlaintext(entry: AccessEntry): Uint8Array {
  let fitting: AccessEntry = entry
  let bytes = encode(fitting)
  while (bytes.length > accessBlock) {
    const cut = cutLongest(fitting)
    if (cut === null) throw new RangeError('an access entry without words is longer than its block')
    fitting = cut
    bytes = encode(fitting)
  }
  return pad(bytes, accessBlock)
}

function encode(entry: AccessEntry): Uint8Array {
  const subject = Object.fromEntries(Object.entries(entry.subject).filter(([, value]) => value !== undefined))
  return canonicalBytes({ ...entry, subject, type: 'liandang/access/2' })
}

function cutLongest(entry: AccessEntry): AccessEntry | null {
  const { subject, purpose } = entry
  const name = [...(subject.cadreName ?? '')]
  const search = [...(subject.search ?? '')]
  const said = [...(purpose?.words ?? '')]
  const longest = Math.max(name.length, search.length, said.length)
  if (longest <= 1) return null
  const cut = (characters: readonly string[]) =>
    characters.slice(0, Math.max(0, characters.length - 8)).join('') + shortened
  if (said.length === longest) return { ...entry, purpose: { kind: purpose?.kind ?? '', words: cut(said) } }
  if (search.length === longest) return { ...entry, subject: { ...subject, search: cut(search) } }
  return { ...entry, subject: { ...subject, cadreName: cut(name) } }
}

/** Reads the opened plaintext of an entry strictly. Errors: `audit/entry`. */
export function readAccessEntry(plaintext: Uint8Array): Result<AccessEntry> {
  if (plaintext.length !== accessBlock) return err('audit/entry', { reason: 'length' })
  const value = readCanonical(unpad(plaintext), accessBlock)
  if (!value.ok) return err('audit/entry', { reason: value.error.code })
  const parsed = entrySchema.safeParse(value.value)
  if (!parsed.success) return err('audit/entry', { reason: 'shape' })
  const { type: _, ...entry } = parsed.data
  return ok(entry)
}
