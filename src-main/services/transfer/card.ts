import { toHex } from '../../../src-shared/kernel/bytes.ts'
import { err, ok, type Result } from '../../../src-shared/kernel/result.ts'
import { readUnitCard, unitCardText, type ReadCard } from '../../../src-shared/transfer/card.ts'
import type { Session, UnlockedHandler } from '../context.ts'

export const transferCard: UnlockedHandler<'transfer.card'> = ({ session, primitives }) => {
  const { vault, names } = session
  const ring = vault.authority.head.keyrings.get('archive')
  if (ring === undefined) return err('vault/compartment-closed')
  const { name, creditCode } = names.unit
  const rootPublicKey = toHex(vault.rootPublicKey)
  const { recipient } = ring
  const text = unitCardText(
    { unit: vault.unit, name, creditCode, rootPublicKey, recipient },
    vault.device.signer,
  )
  const read = readUnitCard(primitives, text)
  return read.ok ? ok({ text, code: read.value.code, name }) : read
}

export const transferReadCard: UnlockedHandler<'transfer.read-card'> = ({ session }, input) => {
  const read = otherCard(session, input.card)
  if (!read.ok) return read
  const { unit, name, creditCode } = read.value.card
  return ok({ unit, name, creditCode })
}

/** The card of another unit. Errors: `transfer/not-a-card`, `transfer/own-unit`. */
export function otherCard({ vault }: Session, text: string): Result<ReadCard> {
  const read = readUnitCard(vault.primitives, text)
  if (!read.ok) return read
  return read.value.card.unit === vault.unit ? err('transfer/own-unit') : read
}
