import { nodeHash, type Hasher } from './merkle.ts'

/** A whole tree in memory, for many inclusion proofs of one log (RFC 6962 §2.1.1). */
export class ProofTree {
  readonly #levels: (readonly Uint8Array[])[]

  constructor(hasher: Hasher, leaves: readonly Uint8Array[]) {
    this.#levels = [leaves]
    for (let level = leaves; level.length > 1; ) {
      const above: Uint8Array[] = []
      for (let index = 0; index < level.length; index += 2) {
        const left = level[index] as Uint8Array
        const right = level[index + 1]
        // Without a neighbour a node stands for itself one level higher.
        above.push(right === undefined ? left : nodeHash(hasher, left, right))
      }
      this.#levels.push(above)
      level = above
    }
  }

  /** Lowest first. */
  proof(index: number): readonly Uint8Array[] {
    const found: Uint8Array[] = []
    let at = index
    for (const level of this.#levels) {
      const neighbour = level[at ^ 1]
      if (level.length > 1 && neighbour !== undefined) found.push(neighbour)
      at >>= 1
    }
    return found
  }
}
