import { keyrings, type Keyring } from '../../src-shared/access/roles.ts'
import type { Digest } from '../../src-shared/kernel/ids.ts'
import type { LoadedAuthority } from './authority-log.ts'
import type { Database } from './database.ts'
import { sealedText, type Rings } from './epoch-rings.ts'
import { openRings, openIdentityOf, type Holder, type Identities } from './keyring-file.ts'

/** Wraps of one epoch for one holder that are tried: one counts, and the rules pass over what was said again. */
const maximumTries = 4

/**
 * What `openRings` opens, and beyond the first link of a keyring's way back that leads nowhere what the wraps for
 * this holder in the commits of older epochs open: whoever started an epoch may have sealed anything as its `previous`.
 */
export async function openAllEpochs(
  control: Database,
  loaded: LoadedAuthority,
  rings: Rings,
  by: Holder,
): Promise<Identities> {
  const all = new Map<Keyring, readonly string[]>()
  const opened = await openRings(rings, by)
  for (const keyring of keyrings) {
    const known = opened.get(keyring)
    if (known === undefined) continue
    const isWhole = known.length >= rings[keyring].epoch
    all.set(keyring, isWhole ? known : await withOlderEpochs(control, loaded, keyring, by, known))
  }
  return all
}

/** The identities known, and after them those of older epochs of a keyring that can be had from the chain, newest first. */
export async function withOlderEpochs(
  control: Database,
  { commits, history }: LoadedAuthority,
  keyring: Keyring,
  by: Holder,
  known: readonly string[],
): Promise<readonly string[]> {
  const starts = new Map<number, { readonly recipient: string; readonly digest: Digest }>()
  const wraps = new Map<number, Digest[]>()
  for (const { leaf, header } of commits) {
    if (history.voids.has(leaf)) continue
    for (const operation of header.ops) {
      if (operation.op === 'keyring.epoch' && operation.keyring === keyring) {
        starts.set(operation.epoch, operation)
      } else if (
        operation.op === 'keyring.wrap' &&
        operation.keyring === keyring &&
        operation.holder === by.holder
      ) {
        wraps.set(operation.epoch, [...(wraps.get(operation.epoch) ?? []), operation.digest])
      }
    }
  }
  const identities = [...known]
  const present = history.head.keyrings.get(keyring)?.epoch ?? 1
  for (let epoch = present - 1; epoch >= 1; epoch--) {
    const recipient = starts.get(epoch)?.recipient
    if (recipient === undefined) continue
    const link = sealedText(control, starts.get(epoch + 1)?.digest ?? '', 'previous')
    const ways = [
      ...identities.map((identity) => ({ sealed: link, identity })),
      ...(wraps.get(epoch) ?? []).slice(0, maximumTries).map((digest) => ({
        sealed: sealedText(control, digest, 'wrap'),
        identity: by.identity,
      })),
    ]
    for (const { sealed, identity } of ways) {
      const older = sealed === null ? null : await openIdentityOf(sealed, identity, recipient)
      if (older === null) continue
      if (!identities.includes(older)) identities.push(older)
      break
    }
  }
  return identities
}
