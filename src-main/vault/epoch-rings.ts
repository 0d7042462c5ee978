import { presentWraps } from '../../src-shared/access/grants.ts'
import { keyrings, type Keyring } from '../../src-shared/access/roles.ts'
import type { Digest } from '../../src-shared/kernel/ids.ts'
import { err, ok, type Result } from '../../src-shared/kernel/result.ts'
import type { LoadedAuthority } from './authority-log.ts'
import type { Database } from './database.ts'
import type { FileRing, KeyringFile } from './keyring-file.ts'
import { bodyOf, textOf } from './names.ts'

export type Rings = KeyringFile['keyrings']

/** What the authority chain says of the keyrings, in the form of the file of keyrings. */
export interface ChainRings {
  /** Wraps of the present epochs and the way back to the older ones. */
  readonly rings: Rings
  /** The recipient of an epoch of a keyring that is in force or was before. */
  recipientAt(keyring: Keyring, epoch: number): string | null
}

interface Start {
  readonly recipient: string
  readonly body: Digest
}

/** Errors: `commit/body-missing`, `authority/not-founded` (a keyring without an epoch). */
export function ringsOfChain(control: Database, loaded: LoadedAuthority): Result<ChainRings> {
  const { head } = loaded.history
  const starts = epochStarts(loaded)
  const rings: Partial<Record<Keyring, FileRing>> = {}
  for (const keyring of keyrings) {
    const present = head.keyrings.get(keyring)
    if (present === undefined) return err('authority/not-founded')
    const wraps: FileRing['wraps'] = []
    for (const { holder, key, body } of presentWraps(head, keyring)) {
      const wrap = textOf(bodyOf(control, body), 'wrap')
      if (wrap === null) return err('commit/body-missing', { keyring })
      wraps.push({ holder, key, wrap })
    }
    const previous: string[] = []
    for (let epoch = present.epoch; epoch > 1; epoch--) {
      const sealed = textOf(bodyOf(control, starts.get(nameOf(keyring, epoch))?.body ?? ''), 'previous')
      if (sealed === null) break
      previous.push(sealed)
    }
    const { epoch, recipient } = present
    rings[keyring] = { epoch, recipient, wraps, previous }
  }
  return ok({
    rings: rings as Rings,
    recipientAt: (keyring, epoch) => starts.get(nameOf(keyring, epoch))?.recipient ?? null,
  })
}

/**
 * The file brought to what the chain says. A ring that the chain does not continue any more, because two people settled
 * a fork on the other side of it, stays until this device's database is keyed to the one that holds now: it is all that
 * opens the database.
 */
export function holdToChain(file: KeyringFile, chain: ChainRings): KeyringFile {
  const rings: Rings = { ...chain.rings }
  for (const compartment of ['control', 'archive', 'discipline'] as const) {
    if (!continuesRing(file.keyrings[compartment], compartment, chain))
      rings[compartment] = file.keyrings[compartment]
  }
  return { ...file, keyrings: rings }
}

export function continuesRing(ring: FileRing, keyring: Keyring, chain: ChainRings): boolean {
  return ring.epoch <= chain.rings[keyring].epoch && chain.recipientAt(keyring, ring.epoch) === ring.recipient
}

/** The commits that started the epochs in force. */
function epochStarts({ commits, history }: LoadedAuthority): ReadonlyMap<string, Start> {
  const starts = new Map<string, Start>()
  for (const { leaf, header } of commits) {
    // Of an open fork neither side holds, and none of its commits has a state of its own.
    if (history.voids.has(leaf)) continue
    for (const operation of header.ops) {
      if (operation.op !== 'keyring.epoch') continue
      const { keyring, epoch, recipient, digest } = operation
      starts.set(nameOf(keyring, epoch), { recipient, body: digest })
    }
  }
  return starts
}

function nameOf(keyring: Keyring, epoch: number): string {
  return `${keyring}/${epoch}`
}
