import { createPrivateKey, createPublicKey, timingSafeEqual } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { compartments, type Compartment } from '../src-shared/access/roles.ts'
import type { HubCard } from '../src-shared/bundle/hub-card.ts'
import { toHex, utf8 } from '../src-shared/kernel/bytes.ts'
import { canonicalText } from '../src-shared/kernel/canonical.ts'
import { newId, type Id } from '../src-shared/kernel/ids.ts'
import type { Signer } from '../src-shared/kernel/primitives.ts'
import { err, ok, type Result } from '../src-shared/kernel/result.ts'
import { newAgeKeyPair, recipientOf } from '../src-shared/node/age.ts'
import { writeFileAtomic } from '../src-shared/node/files.ts'
import { newSeed, nodePrimitives, signerFromSeed } from '../src-shared/node/primitives.ts'

/** Who an upstream node is, and its secrets. They never leave the key folder. */
export interface HubKeys {
  readonly hub: Id
  readonly name: string
  readonly url: string | undefined
  readonly signer: Signer
  /** An age identity for each compartment, in the order of {@link compartments}. */
  readonly identities: readonly string[]
  readonly recipients: Readonly<Record<Compartment, string>>
  /** Whether a text is the operator's bearer token. */
  isOperator(token: string): boolean
}

export interface HubIdentity {
  readonly name: string
  readonly url?: string | undefined
}

const identityFile = 'hub.json'
const signingFile = 'hub-signing.key'
const ageFile = 'hub.agekey'
const tokenFile = 'operator.token'

const identitySchema = z.strictObject({
  type: z.literal('liandang/hub/1'),
  hub: z.string().regex(/^[0-9a-f]{32}$/),
  name: z.string().min(1).max(200),
  url: z.string().max(500).optional(),
})

// RFC 8410: the DER prefix before the 32 bytes of a private key.
const pkcs8Prefix = Buffer.from('302e020100300506032b657004220420', 'hex')

export function hasHubKeys(directory: string): boolean {
  return existsSync(join(directory, identityFile))
}

/**
 * Makes a node: an Ed25519 key (PKCS #8, PEM), an age identity file that stock `age -d -i` takes, with one identity
 * for each compartment, and the operator's token. The last file written is the one that says the node exists.
 */
export async function createHubKeys(
  directory: string,
  identity: HubIdentity,
  createdAt: string,
): Promise<void> {
  mkdirSync(directory, { recursive: true, mode: 0o700 })
  const seed = newSeed()
  const key = createPrivateKey({ key: Buffer.concat([pkcs8Prefix, seed]), format: 'der', type: 'pkcs8' })
  writeFileAtomic(join(directory, signingFile), utf8(key.export({ format: 'pem', type: 'pkcs8' }) as string))
  const lines: string[] = []
  for (const compartment of compartments) {
    const pair = await newAgeKeyPair()
    lines.push(`# created: ${createdAt}`, `# compartment: ${compartment}`)
    lines.push(`# public key: ${pair.recipient}`, pair.identity)
  }
  writeFileAtomic(join(directory, ageFile), utf8(`${lines.join('\n')}\n`))
  writeFileAtomic(join(directory, tokenFile), utf8(`${toHex(nodePrimitives.randomBytes(32))}\n`))
  const description = {
    type: 'liandang/hub/1',
    hub: newId(nodePrimitives),
    name: identity.name,
    url: identity.url,
  }
  writeFileAtomic(join(directory, identityFile), utf8(`${canonicalText(description)}\n`))
}

/** Errors: `hub/not-made` (no node here), `format/invalid` (a key file is not what it was written as). */
export async function readHubKeys(directory: string): Promise<Result<HubKeys>> {
  if (!hasHubKeys(directory)) return err('hub/not-made')
  const read = (name: string) => readFileSync(join(directory, name), 'utf8')
  const identity = parseIdentity(read(identityFile))
  if (identity === null) return err('format/invalid', { path: identityFile })
  const signer = readSigner(read(signingFile))
  if (signer === null) return err('format/invalid', { path: signingFile })
  const byCompartment = readAgeIdentities(read(ageFile))
  const identities = compartments.map((compartment) => byCompartment.get(compartment))
  if (!identities.every((one) => one !== undefined)) return err('format/invalid', { path: ageFile })
  const [control, archive, discipline] = (await Promise.all(identities.map(recipientOf))) as [
    string,
    string,
    string,
  ]
  const tokenHash = nodePrimitives.sha256(utf8(read(tokenFile).trim()))
  return ok({
    hub: identity.hub,
    name: identity.name,
    url: identity.url,
    signer,
    identities,
    recipients: { control, archive, discipline },
    isOperator: (token) => timingSafeEqual(nodePrimitives.sha256(utf8(token)), tokenHash),
  })
}

export function hubCard(keys: HubKeys): HubCard {
  return {
    type: 'liandang/hub-card/1',
    hub: keys.hub,
    name: keys.name,
    publicKey: toHex(keys.signer.publicKey),
    recipients: keys.recipients,
    ...(keys.url === undefined ? {} : { url: keys.url }),
  }
}

function parseIdentity(text: string): z.infer<typeof identitySchema> | null {
  try {
    return identitySchema.safeParse(JSON.parse(text)).data ?? null
  } catch {
    return null
  }
}

function readSigner(pem: string): Signer | null {
  try {
    const key = createPrivateKey(pem)
    if (key.asymmetricKeyType !== 'ed25519') return null
    const der = key.export({ format: 'der', type: 'pkcs8' })
    const signer = signerFromSeed(new Uint8Array(der.subarray(pkcs8Prefix.length)))
    const derived = createPublicKey(key).export({ format: 'der', type: 'spki' }).subarray(-32)
    return Buffer.from(signer.publicKey).equals(derived) ? signer : null
  } catch {
    return null
  }
}

/** Identities under the comment that names their compartment. */
function readAgeIdentities(text: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  let compartment = ''
  for (const line of text.split('\n')) {
    const named = /^# compartment: ([a-z]+)$/.exec(line)
    if (named !== null) compartment = named[1] as string
    if (/^AGE-SECRET-KEY-1[0-9A-Z]{58}$/.test(line)) found.set(compartment, line)
  }
  return found
}
