import { leafHash, nodeHash } from '../../../src-shared/log/merkle.ts'
import { nodePrimitives } from '../../../src-shared/node/primitives.ts'

/**
 * The definitions of RFC 6962 §2.1 as they stand, recursion and all, to compare with. A tree is asked for the root of
 * any range of its leaves, so that it need not have them in memory.
 */
export interface NaiveTree {
  /** MTH(D[start:end]) */
  root(start: number, end: number): Uint8Array
}

export function treeOf(leaves: readonly Uint8Array[]): NaiveTree {
  function root(start: number, end: number): Uint8Array {
    if (end - start === 0) return nodePrimitives.sha256()
    if (end - start === 1) return leaves[start] as Uint8Array
    const middle = start + powerBelow(end - start)
    return nodeHash(nodePrimitives, root(start, middle), root(middle, end))
  }
  return { root }
}

/** A tree all of whose leaves are this one: its ranges are known by their length, however many leaves there are. */
export function uniformTree(leaf: Uint8Array): NaiveTree {
  const known = new Map<number, Uint8Array>([[1, leaf]])
  function ofLength(length: number): Uint8Array {
    const found = known.get(length)
    if (found !== undefined) return found
    const left = powerBelow(length)
    const hash = nodeHash(nodePrimitives, ofLength(left), ofLength(length - left))
    known.set(length, hash)
    return hash
  }
  return { root: (start, end) => (end === start ? nodePrimitives.sha256() : ofLength(end - start)) }
}

/** The largest power of two smaller than `size`. Doubled, because the logarithm of a double is not exact. */
function powerBelow(size: number): number {
  let power = 1
  while (power * 2 < size) power *= 2
  return power
}

/** PATH(index, D[start:end]) */
export function pathOf(tree: NaiveTree, index: number, start: number, end: number): Uint8Array[] {
  if (end - start === 1) return []
  const middle = start + powerBelow(end - start)
  return index < middle
    ? [...pathOf(tree, index, start, middle), tree.root(middle, end)]
    : [...pathOf(tree, index, middle, end), tree.root(start, middle)]
}

/** PROOF(first, D[0:second]) for 0 < first < second. */
export function proofOf(tree: NaiveTree, first: number, second: number): Uint8Array[] {
  return subproof(tree, first, 0, second, true)
}

function subproof(
  tree: NaiveTree,
  first: number,
  start: number,
  end: number,
  complete: boolean,
): Uint8Array[] {
  if (first === end - start) return complete ? [] : [tree.root(start, end)]
  const power = powerBelow(end - start)
  const middle = start + power
  return first <= power
    ? [...subproof(tree, first, start, middle, complete), tree.root(middle, end)]
    : [...subproof(tree, first - power, middle, end, false), tree.root(start, middle)]
}

/** Distinct leaves, as many as asked. */
export function someLeaves(count: number): Uint8Array[] {
  return Array.from({ length: count }, (_, i) =>
    leafHash(nodePrimitives, new TextEncoder().encode(`leaf ${i}`)),
  )
}
