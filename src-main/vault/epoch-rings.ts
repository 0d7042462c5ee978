import { presentWraps } from '../../src-shared/access/grants.ts'
import { compartments, keyrings, type Compartment, type Keyring } from '../../src-shared/access/roles.ts'
import { fromBase64 } from '../../src-shared/kernel/bytes.ts'
import type { Digest } from '../../src-shared/kernel/ids.ts'
import { err, ok, type Result } from '../../src-shared/kernel/result.ts'
import type { LoadedAuthority } from './authority-log.ts'
import type { Database } from './database.ts'
import type { FileRing, KeyringFile } from './keyring-file.ts'
import { bodyOf, textOf } from './names.ts'

export type Rings = KeyringFile['keyrings']

/**
 * Characters of base64. An age file to one X25519 recipient with an identity in it takes under 400; the limit keeps the
 * file of keyrings, which has one of its own, from being filled up through the chain.
 */
const maximumSealedText = 1024

/** What the authority chain says of the keyrings, in the form of the file of keyrings. */
export interface ChainRings {
  /** Wraps of the present epochs and the way back to the older ones. */
  readonly rings: Rings
}

/**
 * What a body ought to hold and does not is passed over, as if its operation had not been: the rules of the chain do not
 * look into bodies, and nobody is to be shut out by what another wrote there. Who was wrapped nothing of use lacks that
 * keyring; the way back ends before the first epoch that leads nowhere.
 *
 * Errors: `authority/not-founded` (a keyring without an epoch).
 */
export function ringsOfChain(control: Database, loaded: LoadedAuthority): Result<ChainRings> {
  const { head } = loaded.history
  const starts = epochBodies(loaded)
  const rings: Partial<Record<Keyring, FileRing>> = {}
  for (const keyring of keyrings) {
    const present = head.keyrings.get(keyring)
    if (present === undefined) return err('authority/not-founded')
    const wraps: FileRing['wraps'] = []
    for (const { holder, key, body } of presentWraps(head, keyring)) {
      const wrap = sealedText(control, body, 'wrap')
      if (wrap !== null) wraps.push({ holder, key, wrap })
    }
    const previous: string[] = []
    for (let epoch = present.epoch; epoch > 1; epoch--) {
      const sealed = sealedText(control, starts.get(nameOf(keyring, epoch)) ?? '', 'previous')
      if (sealed === null) break
      previous.push(sealed)
    }
    const { epoch, recipient } = present
    rings[keyring] = { epoch, recipient, wraps, previous }
  }
  return ok({ rings: rings as Rings })
}

/** The base64 of something sealed; null for what cannot be that. */
export function sealedText(control: Database, body: string, name: 'wrap' | 'previous'): string | null {
  const text = textOf(bodyOf(control, body), name)
  if (text === null || text.length === 0 || text.length > maximumSealedText) return null
  return fromBase64(text) === null ? null : text
}

/**
 * The file brought to what the chain says. What the database of a compartment is keyed to stays beside it as a door,
 * until `finishRekey` has keyed the database to what holds now.
 */
export function holdToChain(file: KeyringFile, chain: Rings): KeyringFile {
  const doors: Doors = { ...file.doors }
  for (const compartment of compartments) {
    const ring = file.keyrings[compartment]
    const known = doors[compartment] ?? []
    const isMoved = ring.recipient !== chain[compartment].recipient
    const isNeeded = file.databases[compartment].some(({ epoch }) => epoch === ring.epoch)
    if (!isMoved || !isNeeded || known.some(({ recipient }) => recipient === ring.recipient)) continue
    doors[compartment] = [...known, ring]
  }
  return withDoors({ ...file, keyrings: chain }, doors)
}

type Doors = { [Name in Compartment]?: FileRing[] }

export function withDoors({ doors: _before, ...file }: KeyringFile, doors: Doors): KeyringFile {
  return Object.keys(doors).length === 0 ? file : { ...file, doors }
}

/** The bodies of the commits that started the epochs in force. */
function epochBodies({ commits, history }: LoadedAuthority): ReadonlyMap<string, Digest> {
  const bodies = new Map<string, Digest>()
  for (const { leaf, header } of commits) {
    // Of an open fork neither side holds, and none of its commits has a state of its own.
    if (history.voids.has(leaf)) continue
    for (const operation of header.ops) {
      if (operation.op !== 'keyring.epoch') continue
      bodies.set(nameOf(operation.keyring, operation.epoch), operation.digest)
    }
  }
  return bodies
}

function nameOf(keyring: Keyring, epoch: number): string {
  return `${keyring}/${epoch}`
}
