/** A copy of `bytes` with one bit changed; `bit` counts from the first byte's lowest. */
export function flipBit(bytes: Uint8Array, bit: number): Uint8Array {
  const changed = Uint8Array.from(bytes)
  const index = Math.floor(bit / 8)
  changed[index] = (changed[index] as number) ^ (1 << (bit % 8))
  return changed
}
