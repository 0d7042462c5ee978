import { concatBytes, equalBytes } from '../kernel/bytes.ts'
import type { Primitives } from '../kernel/primitives.ts'
import { err, ok, type Result } from '../kernel/result.ts'

/**
 * The Merkle tree of a log: RFC 6962 §2.1, the same as RFC 9162 §2.1 with SHA-256. Leaves and nodes are 32-byte
 * hashes; a leaf hash comes from {@link leafHash}. Sizes are counted in leaves and go up to 2^53 - 1, so halves are
 * taken by division: bit operators of the language stop at 32 bits.
 */
export type Hasher = Pick<Primitives, 'sha256'>

const hashBytes = 32
const sizeBytes = 8
const leafPrefix = Uint8Array.of(0)
const nodePrefix = Uint8Array.of(1)

/** Hash of a leaf's data: SHA-256(0x00 ‖ data). */
export function leafHash(primitives: Hasher, data: Uint8Array): Uint8Array {
  return primitives.sha256(leafPrefix, data)
}

/** Hash of an inner node: SHA-256(0x01 ‖ left ‖ right). */
export function nodeHash(primitives: Hasher, left: Uint8Array, right: Uint8Array): Uint8Array {
  return primitives.sha256(nodePrefix, left, right)
}

/** What is enough to go on appending: the roots of the perfect subtrees that make up the tree, largest first. */
export interface Frontier {
  readonly size: number
  /** As many as the binary digits of `size` that are one. */
  readonly hashes: readonly Uint8Array[]
}

export const emptyFrontier: Frontier = { size: 0, hashes: [] }

export function appendLeaf(primitives: Hasher, frontier: Frontier, leaf: Uint8Array): Frontier {
  const hashes = [...frontier.hashes]
  pushLeaf(primitives, hashes, frontier.size, leaf)
  return { size: frontier.size + 1, hashes }
}

/** The tree hash; that of the empty tree is SHA-256 of nothing. */
export function frontierRoot(primitives: Hasher, frontier: Frontier): Uint8Array {
  return foldRight(primitives, frontier.hashes)
}

/** Appends many leaves in place, in amortised constant time a leaf and logarithmic space. */
export class TreeBuilder {
  readonly #primitives: Hasher
  readonly #hashes: Uint8Array[]
  #size: number

  /** Goes on from `start`, which is not changed. */
  constructor(primitives: Hasher, start: Frontier = emptyFrontier) {
    this.#primitives = primitives
    this.#hashes = [...start.hashes]
    this.#size = start.size
  }

  get size(): number {
    return this.#size
  }

  append(leaf: Uint8Array): void {
    pushLeaf(this.#primitives, this.#hashes, this.#size, leaf)
    this.#size += 1
  }

  root(): Uint8Array {
    return foldRight(this.#primitives, this.#hashes)
  }

  frontier(): Frontier {
    return { size: this.#size, hashes: [...this.#hashes] }
  }
}

/** Eight bytes of size, big-endian, then the hashes. */
export function encodeFrontier(frontier: Frontier): Uint8Array {
  const size = new Uint8Array(sizeBytes)
  new DataView(size.buffer).setBigUint64(0, BigInt(frontier.size))
  return concatBytes(size, ...frontier.hashes)
}

/** Errors: `format/invalid`. */
export function decodeFrontier(bytes: Uint8Array): Result<Frontier> {
  if (bytes.length < sizeBytes) return err('format/invalid', { reason: 'length', bytes: bytes.length })
  const size = Number(new DataView(bytes.buffer, bytes.byteOffset, sizeBytes).getBigUint64(0))
  if (!Number.isSafeInteger(size)) return err('format/invalid', { reason: 'size' })
  const count = onesOf(size)
  if (bytes.length !== sizeBytes + count * hashBytes) {
    return err('format/invalid', { reason: 'length', bytes: bytes.length })
  }
  const hashes = Array.from({ length: count }, (_, i) => {
    const start = sizeBytes + i * hashBytes
    return bytes.slice(start, start + hashBytes)
  })
  return ok({ size, hashes })
}

/**
 * The hashes that lead from leaf `index` to the root of the tree of the first `size` leaves, lowest first (RFC 6962
 * §2.1.1). Throws when there are not that many leaves.
 */
export function inclusionProof(
  primitives: Hasher,
  leaves: readonly Uint8Array[],
  index: number,
  size: number,
): Uint8Array[] {
  requireWithin(index, size - 1)
  requireWithin(size, leaves.length)
  const proof: Uint8Array[] = []
  let start = 0
  let end = size
  while (end - start > 1) {
    const middle = start + largestPowerBelow(end - start)
    if (index < middle) {
      proof.push(subtreeRoot(primitives, leaves, middle, end))
      end = middle
    } else {
      proof.push(subtreeRoot(primitives, leaves, start, middle))
      start = middle
    }
  }
  return proof.reverse()
}

/**
 * True when `leaf` stands at `index` of the tree of `size` leaves with this root (RFC 9162 §2.1.3.2). A root does not
 * say its size, so root and size must come together, out of one verified checkpoint.
 */
export function verifyInclusion(
  primitives: Hasher,
  leaf: Uint8Array,
  index: number,
  size: number,
  proof: readonly Uint8Array[],
  root: Uint8Array,
): boolean {
  if (!isCount(index) || !isCount(size) || index >= size) return false
  if (!areHashes([leaf, root, ...proof])) return false
  let position = index
  let last = size - 1
  let hash = leaf
  for (const sibling of proof) {
    if (last === 0) return false
    if (isOdd(position) || position === last) {
      hash = nodeHash(primitives, sibling, hash)
      while (!isOdd(position) && position > 0) {
        position = half(position)
        last = half(last)
      }
    } else {
      hash = nodeHash(primitives, hash, sibling)
    }
    position = half(position)
    last = half(last)
  }
  return last === 0 && equalBytes(hash, root)
}

/**
 * The hashes that show that the tree of `secondSize` leaves begins with the tree of `firstSize` (RFC 6962 §2.1.2).
 * Empty when the first tree is empty or the second is the same. Throws when there are not that many leaves.
 */
export function consistencyProof(
  primitives: Hasher,
  leaves: readonly Uint8Array[],
  firstSize: number,
  secondSize: number,
): Uint8Array[] {
  requireWithin(firstSize, secondSize)
  requireWithin(secondSize, leaves.length)
  if (firstSize === 0) return []
  const proof: Uint8Array[] = []
  let start = 0
  let end = secondSize
  while (end !== firstSize) {
    const middle = start + largestPowerBelow(end - start)
    if (firstSize <= middle) {
      proof.push(subtreeRoot(primitives, leaves, middle, end))
      end = middle
    } else {
      proof.push(subtreeRoot(primitives, leaves, start, middle))
      start = middle
    }
  }
  // A verifier already knows the root of the whole first tree; any other subtree must be told.
  if (start > 0) proof.push(subtreeRoot(primitives, leaves, start, end))
  return proof.reverse()
}

/**
 * True when the tree of `secondSize` leaves begins with that of `firstSize` (RFC 9162 §2.1.4.2). Sizes and roots must
 * come together, out of verified checkpoints. An empty first tree must have the root of the empty tree.
 */
export function verifyConsistency(
  primitives: Hasher,
  firstSize: number,
  secondSize: number,
  firstRoot: Uint8Array,
  secondRoot: Uint8Array,
  proof: readonly Uint8Array[],
): boolean {
  if (!isCount(firstSize) || !isCount(secondSize) || firstSize > secondSize) return false
  if (!areHashes([firstRoot, secondRoot, ...proof])) return false
  if (firstSize === 0 && !equalBytes(firstRoot, primitives.sha256())) return false
  if (firstSize === secondSize) return proof.length === 0 && equalBytes(firstRoot, secondRoot)
  if (firstSize === 0) return proof.length === 0
  let position = firstSize - 1
  let last = secondSize - 1
  while (isOdd(position)) {
    position = half(position)
    last = half(last)
  }
  // Position 0 here means that the first tree is perfect: its root is the known start of the path.
  const [start, ...path] = position === 0 ? [firstRoot, ...proof] : proof
  if (start === undefined) return false
  let first = start
  let second = start
  for (const sibling of path) {
    if (last === 0) return false
    if (isOdd(position) || position === last) {
      first = nodeHash(primitives, sibling, first)
      second = nodeHash(primitives, sibling, second)
      while (!isOdd(position) && position > 0) {
        position = half(position)
        last = half(last)
      }
    } else {
      second = nodeHash(primitives, second, sibling)
    }
    position = half(position)
    last = half(last)
  }
  return last === 0 && equalBytes(first, firstRoot) && equalBytes(second, secondRoot)
}

function pushLeaf(primitives: Hasher, hashes: Uint8Array[], size: number, leaf: Uint8Array): void {
  let hash = leaf
  // Each trailing one of the size is a perfect subtree as large as the one just completed.
  for (let rest = size; isOdd(rest); rest = half(rest)) {
    hash = nodeHash(primitives, hashes.pop() as Uint8Array, hash)
  }
  hashes.push(hash)
}

function foldRight(primitives: Hasher, hashes: readonly Uint8Array[]): Uint8Array {
  if (hashes.length === 0) return primitives.sha256()
  return hashes.reduceRight((right, left) => nodeHash(primitives, left, right))
}

function subtreeRoot(
  primitives: Hasher,
  leaves: readonly Uint8Array[],
  start: number,
  end: number,
): Uint8Array {
  const builder = new TreeBuilder(primitives)
  for (let i = start; i < end; i++) builder.append(leaves[i] as Uint8Array)
  return builder.root()
}

/** The largest power of two smaller than `size`, which is at least 2. */
function largestPowerBelow(size: number): number {
  let power = 1
  while (power * 2 < size) power *= 2
  return power
}

function onesOf(size: number): number {
  let ones = 0
  for (let rest = size; rest > 0; rest = half(rest)) if (isOdd(rest)) ones += 1
  return ones
}

function half(value: number): number {
  return Math.floor(value / 2)
}

function isOdd(value: number): boolean {
  return value % 2 === 1
}

function isCount(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0
}

function areHashes(hashes: readonly Uint8Array[]): boolean {
  return hashes.every((hash) => hash.length === hashBytes)
}

function requireWithin(value: number, limit: number): void {
  if (!isCount(value) || value > limit) throw new RangeError(`${value} is not within 0 and ${limit}`)
}
