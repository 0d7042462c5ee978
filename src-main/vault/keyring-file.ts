import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { compartments, keyrings, type Compartment, type Keyring } from '../../src-shared/access/roles.ts'
import { fromBase64 } from '../../src-shared/kernel/bytes.ts'
import { canonicalBytes, readCanonical } from '../../src-shared/kernel/canonical.ts'
import type { Id } from '../../src-shared/kernel/ids.ts'
import { err, ok, type Result } from '../../src-shared/kernel/result.ts'
import { idSchema } from '../../src-shared/log/operations.ts'
import { decryptWith } from '../../src-shared/node/age.ts'
import { writeFileAtomic } from '../../src-shared/node/files.ts'
import { databaseKeyBytes } from './database.ts'

const maximumBytes = 4 * 1024 * 1024
const ageText = z.string().max(8192)

/** Holders that are no members: their identities exist on the recovery sheets only. */
export const recoveryHolders = ['recovery-archive', 'recovery-discipline'] as const
export type RecoveryHolder = (typeof recoveryHolders)[number]

const ringSchema = z.strictObject({
  epoch: z.int().min(1),
  recipient: z.string().max(200),
  /** Per member or recovery identity: the keyring's identity, encrypted to it (base64 of an age file). */
  wraps: z.record(z.union([idSchema, z.enum(recoveryHolders)]), ageText),
})

/**
 * The outer door: a copy of the wraps that stand in the control log, because that log is behind them. Replacing a wrap
 * here opens nothing, since the databases are keyed to the identity it hides.
 */
const keyringFileSchema = z.strictObject({
  type: z.literal('liandang/keyrings/1'),
  unit: idSchema,
  device: idSchema,
  keyrings: z.record(z.enum(keyrings), ringSchema),
  /** Per compartment: this device's raw database key, encrypted to the compartment's identity. */
  databases: z.record(z.enum(compartments), ageText),
})
export type KeyringFile = z.infer<typeof keyringFileSchema>

export function writeKeyringFile(path: string, content: KeyringFile): void {
  writeFileAtomic(path, canonicalBytes(content))
}

/** Errors: `vault/damaged`. */
export function readKeyringFile(path: string): Result<KeyringFile> {
  let bytes: Uint8Array
  try {
    bytes = new Uint8Array(readFileSync(path))
  } catch {
    return err('vault/damaged', { file: 'keyrings' })
  }
  const value = readCanonical(bytes, maximumBytes)
  const parsed = value.ok ? keyringFileSchema.safeParse(value.value) : null
  return parsed?.success ? ok(parsed.data) : err('vault/damaged', { file: 'keyrings' })
}

export interface HeldKeys {
  /** Identities of the keyrings this member can open. */
  readonly identities: ReadonlyMap<Keyring, string>
  readonly databaseKeys: ReadonlyMap<Compartment, Uint8Array>
}

/** Opens every wrap made for this holder, and with them the database keys. Errors: `vault/damaged`. */
export async function unwrapKeys(
  file: KeyringFile,
  holder: Id | RecoveryHolder,
  identity: string,
): Promise<Result<HeldKeys>> {
  const identities = new Map<Keyring, string>()
  const databaseKeys = new Map<Compartment, Uint8Array>()
  for (const keyring of keyrings) {
    const wrap = file.keyrings[keyring]?.wraps[holder]
    if (wrap === undefined) continue
    const opened = await openText(wrap, identity)
    if (opened === null) return err('vault/damaged', { file: 'keyrings', keyring })
    identities.set(keyring, new TextDecoder().decode(opened))
  }
  for (const compartment of compartments) {
    const ringIdentity = identities.get(compartment)
    if (ringIdentity === undefined) continue
    const key = await openText(file.databases[compartment] ?? '', ringIdentity)
    if (key?.length !== databaseKeyBytes) return err('vault/damaged', { file: 'keyrings', compartment })
    databaseKeys.set(compartment, key)
  }
  return ok({ identities, databaseKeys })
}

async function openText(text: string, identity: string): Promise<Uint8Array | null> {
  const bytes = fromBase64(text)
  return bytes === null ? null : await decryptWith([identity], bytes)
}
