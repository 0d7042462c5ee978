import { fc } from '../../helpers/properties.ts'
import { describe, expect, test } from 'vitest'
import {
  appendLeaf,
  consistencyProof,
  decodeFrontier,
  emptyFrontier,
  encodeFrontier,
  type Frontier,
  frontierRoot,
  inclusionProof,
  TreeBuilder,
  verifyConsistency,
  verifyInclusion,
} from '../../../src-shared/log/merkle.ts'
import { nodePrimitives } from '../../../src-shared/node/primitives.ts'
import { flipBit } from './flips.ts'
import { pathOf, proofOf, someLeaves, treeOf, uniformTree } from './naive-tree.ts'

const most = 70
const many = 3000
const leaves = someLeaves(many)
const tree = treeOf(leaves)
const roots = Array.from({ length: most + 1 }, (_, size) => tree.root(0, size))

function leafAt(index: number): Uint8Array {
  return leaves[index] as Uint8Array
}

function rootAt(size: number): Uint8Array {
  return roots[size] ?? tree.root(0, size)
}

function builderOf(size: number): TreeBuilder {
  const builder = new TreeBuilder(nodePrimitives)
  for (const leaf of leaves.slice(0, size)) builder.append(leaf)
  return builder
}

/** A size and a leaf within it. */
const places = fc
  .integer({ min: 1, max: many })
  .chain((size) => fc.record({ size: fc.constant(size), index: fc.nat({ max: size - 1 }) }))

/** Two sizes for which a consistency proof is not empty. */
const growths = fc
  .integer({ min: 2, max: many })
  .chain((second) =>
    fc.record({ second: fc.constant(second), first: fc.integer({ min: 1, max: second - 1 }) }),
  )

describe('a frontier', () => {
  test('has the root of the definition at every size', () => {
    let frontier: Frontier = emptyFrontier
    const builder = new TreeBuilder(nodePrimitives)
    for (let size = 0; size <= most; size++) {
      expect(frontier.size).toBe(size)
      expect(frontierRoot(nodePrimitives, frontier)).toEqual(rootAt(size))
      expect(builder.root()).toEqual(rootAt(size))
      expect(builder.frontier()).toEqual(frontier)
      frontier = appendLeaf(nodePrimitives, frontier, leafAt(size))
      builder.append(leafAt(size))
    }
  })

  test('has the root of the definition at some larger size, taken up anywhere on the way', () => {
    fc.assert(
      fc.property(places, ({ size, index }) => {
        const decoded = decodeFrontier(encodeFrontier(builderOf(index).frontier()))
        if (!decoded.ok) throw new Error('not decoded')
        const builder = new TreeBuilder(nodePrimitives, decoded.value)
        for (const leaf of leaves.slice(index, size)) builder.append(leaf)
        expect(builder.size).toBe(size)
        expect(builder.root()).toEqual(rootAt(size))
      }),
      { numRuns: 30 },
    )
  })

  test('of a hundred thousand leaves has the root of the definition', () => {
    const count = 100_003
    const large = Array.from({ length: count }, (_, i) => leafAt(i % many))
    const builder = new TreeBuilder(nodePrimitives)
    for (const leaf of large) builder.append(leaf)
    expect(builder.root()).toEqual(treeOf(large).root(0, count))
  })

  test('is decoded only from the bytes it is encoded in', () => {
    fc.assert(
      fc.property(
        fc.nat({ max: most }),
        fc.nat(),
        fc.uint8Array({ maxLength: 80 }),
        (size, position, any) => {
          const encoded = encodeFrontier(builderOf(size).frontier())
          const changed = flipBit(encoded, position % (encoded.length * 8))
          for (const bytes of [encoded, changed, any]) {
            const decoded = decodeFrontier(bytes)
            expect(decoded.ok ? encodeFrontier(decoded.value) : bytes).toEqual(bytes)
          }
          expect(decodeFrontier(encoded)).toEqual({ ok: true, value: builderOf(size).frontier() })
        },
      ),
    )
  })
})

describe('an inclusion proof', () => {
  test('is that of the definition and holds, for every leaf of every size', () => {
    for (let size = 1; size <= most; size++) {
      for (let index = 0; index < size; index++) {
        const proof = inclusionProof(nodePrimitives, leaves, index, size)
        expect(proof).toEqual(pathOf(tree, index, 0, size))
        expect(verifyInclusion(nodePrimitives, leafAt(index), index, size, proof, rootAt(size))).toBe(true)
      }
    }
  })

  test('holds for no other leaf, index, size or root', () => {
    const held: string[] = []
    for (let size = 1; size <= 20; size++) {
      for (let index = 0; index < size; index++) {
        const proof = inclusionProof(nodePrimitives, leaves, index, size)
        const holds = (leaf: number, at: number, inSize: number, root: number) =>
          verifyInclusion(nodePrimitives, leafAt(leaf), at, inSize, proof, rootAt(root))
        for (let other = 0; other <= 40; other++) {
          const where = `leaf ${index} of ${size}, other ${other}`
          if (other !== index && holds(index, other, size, size)) held.push(`index: ${where}`)
          if (other !== index && holds(other, index, size, size)) held.push(`leaf: ${where}`)
          if (other !== size && holds(index, index, other, other)) held.push(`size: ${where}`)
          if (other !== size && holds(index, index, size, other)) held.push(`root: ${where}`)
        }
      }
    }
    expect(held).toEqual([])
  })

  test('of some larger tree holds for its leaf, index, size and root only', () => {
    fc.assert(
      fc.property(places, places, ({ size, index }, other) => {
        const proof = inclusionProof(nodePrimitives, leaves, index, size)
        expect(proof).toEqual(pathOf(tree, index, 0, size))
        const leaf = leafAt(index)
        expect(verifyInclusion(nodePrimitives, leaf, index, size, proof, rootAt(size))).toBe(true)
        const atOther = verifyInclusion(nodePrimitives, leaf, other.index, size, proof, rootAt(size))
        expect(atOther).toBe(other.index === index)
        const inOther = verifyInclusion(nodePrimitives, leaf, index, other.size, proof, rootAt(other.size))
        expect(inOther).toBe(other.size === size)
      }),
      { numRuns: 40 },
    )
  })

  test('with any bit of proof, leaf or root changed is refused', () => {
    fc.assert(
      fc.property(places, fc.nat(), ({ size, index }, position) => {
        const proof = inclusionProof(nodePrimitives, leaves, index, size)
        const hashes = [leafAt(index), rootAt(size), ...proof]
        const chosen = Math.floor(position / 256) % hashes.length
        const [leaf, root, ...changed] = hashes.with(
          chosen,
          flipBit(hashes[chosen] as Uint8Array, position % 256),
        ) as [Uint8Array, Uint8Array, ...Uint8Array[]]
        expect(verifyInclusion(nodePrimitives, leaf, index, size, changed, root)).toBe(false)
      }),
      { numRuns: 60 },
    )
  })

  test('holds in trees far beyond 2^32 leaves', () => {
    const uniform = uniformTree(leafAt(0))
    fc.assert(
      fc.property(fc.maxSafeNat(), fc.maxSafeNat(), (a, b) => {
        const size = Math.max(a, b, 1)
        const index = Math.min(a, b, size - 1)
        const proof = pathOf(uniform, index, 0, size)
        const root = uniform.root(0, size)
        expect(verifyInclusion(nodePrimitives, leafAt(0), index, size, proof, root)).toBe(true)
        expect(verifyInclusion(nodePrimitives, leafAt(1), index, size, proof, root)).toBe(false)
      }),
    )
  })
})

describe('a consistency proof', () => {
  test('is that of the definition and holds, between every two sizes', () => {
    for (let second = 0; second <= most; second++) {
      for (let first = 0; first <= second; first++) {
        const proof = consistencyProof(nodePrimitives, leaves, first, second)
        const trivial = first === 0 || first === second
        expect(proof).toEqual(trivial ? [] : proofOf(tree, first, second))
        const [firstRoot, secondRoot] = [rootAt(first), rootAt(second)]
        expect(verifyConsistency(nodePrimitives, first, second, firstRoot, secondRoot, proof)).toBe(true)
      }
    }
  })

  test('holds for no other sizes or roots', () => {
    const held: string[] = []
    for (let second = 2; second <= 16; second++) {
      for (let first = 1; first < second; first++) {
        const proof = consistencyProof(nodePrimitives, leaves, first, second)
        const holds = (from: number, to: number, fromRoot: number, toRoot: number) =>
          verifyConsistency(nodePrimitives, from, to, rootAt(fromRoot), rootAt(toRoot), proof)
        for (let other = 0; other <= 34; other++) {
          const where = `${first} to ${second}, other ${other}`
          const moved = other + second - first
          if (other !== first && holds(other, second, other, second)) held.push(`first size: ${where}`)
          if (other !== first && holds(first, second, other, second)) held.push(`first root: ${where}`)
          if (other !== first && holds(other, moved, other, moved)) held.push(`both sizes: ${where}`)
          if (other !== second && holds(first, other, first, other)) held.push(`second size: ${where}`)
          if (other !== second && holds(first, second, first, other)) held.push(`second root: ${where}`)
        }
      }
    }
    expect(held).toEqual([])
  })

  test('of some larger trees holds for its sizes and roots only', () => {
    fc.assert(
      fc.property(growths, growths, ({ first, second }, other) => {
        const proof = consistencyProof(nodePrimitives, leaves, first, second)
        const holds = (from: number, to: number) =>
          verifyConsistency(nodePrimitives, from, to, rootAt(from), rootAt(to), proof)
        expect(proof).toEqual(proofOf(tree, first, second))
        expect(holds(first, second)).toBe(true)
        expect(holds(other.first, other.second)).toBe(other.first === first && other.second === second)
        expect(holds(other.first, second)).toBe(other.first === first)
        expect(holds(first, other.second)).toBe(other.second === second)
      }),
      { numRuns: 40 },
    )
  })

  test('does not hold when a leaf of the first tree was rewritten', () => {
    fc.assert(
      fc.property(growths, fc.nat(), ({ first, second }, position) => {
        const rewritten = leaves.with(position % first, new Uint8Array(32).fill(1))
        const proof = consistencyProof(nodePrimitives, rewritten, first, second)
        const secondRoot = treeOf(rewritten).root(0, second)
        expect(verifyConsistency(nodePrimitives, first, second, rootAt(first), secondRoot, proof)).toBe(false)
      }),
      { numRuns: 30 },
    )
  })

  test('with any bit of proof or roots changed is refused', () => {
    fc.assert(
      fc.property(growths, fc.nat(), ({ first, second }, position) => {
        const proof = consistencyProof(nodePrimitives, leaves, first, second)
        const hashes = [rootAt(first), rootAt(second), ...proof]
        const chosen = Math.floor(position / 256) % hashes.length
        const [firstRoot, secondRoot, ...changed] = hashes.with(
          chosen,
          flipBit(hashes[chosen] as Uint8Array, position % 256),
        ) as [Uint8Array, Uint8Array, ...Uint8Array[]]
        expect(verifyConsistency(nodePrimitives, first, second, firstRoot, secondRoot, changed)).toBe(false)
      }),
      { numRuns: 60 },
    )
  })

  test('holds between trees far beyond 2^32 leaves', () => {
    const uniform = uniformTree(leafAt(0))
    const foreign = uniformTree(leafAt(1))
    fc.assert(
      fc.property(fc.maxSafeNat(), fc.maxSafeNat(), (a, b) => {
        fc.pre(a !== b && Math.min(a, b) > 0)
        const [first, second] = [Math.min(a, b), Math.max(a, b)]
        const proof = proofOf(uniform, first, second)
        const roots = [uniform.root(0, first), uniform.root(0, second)] as const
        expect(verifyConsistency(nodePrimitives, first, second, ...roots, proof)).toBe(true)
        const forged = foreign.root(0, first)
        expect(verifyConsistency(nodePrimitives, first, second, forged, roots[1], proof)).toBe(false)
      }),
    )
  })
})
