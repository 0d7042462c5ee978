import { describe, expect, test } from 'vitest'
import { equalBytes, fromHex, toHex, utf8 } from '../../../src-shared/kernel/bytes.ts'
import {
  appendLeaf,
  consistencyProof,
  decodeFrontier,
  emptyFrontier,
  encodeFrontier,
  type Frontier,
  frontierRoot,
  inclusionProof,
  leafHash,
  nodeHash,
  TreeBuilder,
  verifyConsistency,
  verifyInclusion,
} from '../../../src-shared/log/merkle.ts'
import { nodePrimitives } from '../../../src-shared/node/primitives.ts'
import vectors from '../../vectors/merkle-tree.json' with { type: 'json' }

const leaves = vectors.leaves.map((data) => leafHash(nodePrimitives, bytes(data)))
const roots = vectors.roots.map(bytes)
const emptyRoot = bytes(vectors.hashes.emptyTree)

function bytes(hex: string): Uint8Array {
  return fromHex(hex) as Uint8Array
}

function rootOf(size: number): Uint8Array {
  return size === 0 ? emptyRoot : (roots[size - 1] as Uint8Array)
}

function frontierOf(some: readonly Uint8Array[]): Frontier {
  return some.reduce((frontier, leaf) => appendLeaf(nodePrimitives, frontier, leaf), emptyFrontier)
}

describe('RFC 6962 hashes', () => {
  test.each(vectors.hashes.leaves)('the leaf of data "$data" has its published hash', ({ data, hash }) => {
    expect(toHex(leafHash(nodePrimitives, bytes(data)))).toBe(hash)
  })

  test('a node has its published hash', () => {
    const { left, right, hash } = vectors.hashes.node
    expect(toHex(nodeHash(nodePrimitives, bytes(left), bytes(right)))).toBe(hash)
  })

  test('the empty tree has the hash of nothing', () => {
    expect(toHex(frontierRoot(nodePrimitives, emptyFrontier))).toBe(vectors.hashes.emptyTree)
    expect(toHex(new TreeBuilder(nodePrimitives).root())).toBe(vectors.hashes.emptyTree)
  })

  test('a node cannot pass for a leaf', () => {
    const [left, right] = leaves as [Uint8Array, Uint8Array]
    const forged = leafHash(nodePrimitives, Uint8Array.from([...left, ...right]))
    expect(equalBytes(forged, nodeHash(nodePrimitives, left, right))).toBe(false)
  })
})

describe('the reference tree of eight leaves', () => {
  test.each([1, 2, 3, 4, 5, 6, 7, 8])('has the published root at size %d', (size) => {
    const first = leaves.slice(0, size)
    expect(frontierRoot(nodePrimitives, frontierOf(first))).toEqual(rootOf(size))
    const builder = new TreeBuilder(nodePrimitives)
    for (const leaf of first) builder.append(leaf)
    expect(builder.size).toBe(size)
    expect(builder.root()).toEqual(rootOf(size))
    expect(builder.frontier()).toEqual(frontierOf(first))
  })

  test.each(vectors.inclusion)('has the published inclusion proof of leaf $index at size $size', (vector) => {
    const { index, size } = vector
    const proof = inclusionProof(nodePrimitives, leaves, index, size)
    expect(proof.map(toHex)).toEqual(vector.proof)
    const leaf = leaves[index] as Uint8Array
    expect(verifyInclusion(nodePrimitives, leaf, index, size, proof, rootOf(size))).toBe(true)
  })

  test.each(vectors.consistency)('has the published consistency proof from $first to $second', (vector) => {
    const { first, second } = vector
    const proof = consistencyProof(nodePrimitives, leaves, first, second)
    expect(proof.map(toHex)).toEqual(vector.proof)
    expect(verifyConsistency(nodePrimitives, first, second, rootOf(first), rootOf(second), proof)).toBe(true)
  })
})

describe('the figure of RFC 6962 §2.1.3', () => {
  const { nodes, leaves: names, inclusion, consistency } = vectors.figure
  const figureLeaves = names.map((name) => leafHash(nodePrimitives, utf8(name)))
  const named = new Map(names.map((name, i) => [name, figureLeaves[i] as Uint8Array]))
  for (const [name, [left, right]] of Object.entries(nodes) as [string, [string, string]][]) {
    named.set(name, nodeHash(nodePrimitives, named.get(left) as Uint8Array, named.get(right) as Uint8Array))
  }

  test('has its top node as root', () => {
    expect(frontierRoot(nodePrimitives, frontierOf(figureLeaves))).toEqual(named.get('hash'))
  })

  test.each(inclusion)('proves leaf $index by $proof', ({ index, proof }) => {
    const made = inclusionProof(nodePrimitives, figureLeaves, index, 7)
    expect(made).toEqual(proof.map((name) => named.get(name)))
  })

  test.each(consistency)('proves consistency with size $first by $proof', ({ first, proof }) => {
    const made = consistencyProof(nodePrimitives, figureLeaves, first, 7)
    expect(made).toEqual(proof.map((name) => named.get(name)))
  })
})

describe('verifying inclusion', () => {
  const { index, size } = { index: 5, size: 8 }
  const leaf = leaves[index] as Uint8Array
  const proof = inclusionProof(nodePrimitives, leaves, index, size)
  const root = rootOf(size)

  test.each([
    ['an index before the tree', leaf, -1, size, proof, root],
    ['an index after the tree', leaf, size, size, proof, root],
    ['a broken index', leaf, 5.5, size, proof, root],
    ['a size that is no number', leaf, index, Number.NaN, proof, root],
    ['an unsafe size', leaf, index, 2 ** 53, proof, root],
    ['twice the size', leaf, index, size * 2, proof, root],
    ['an empty tree', leaf, 0, 0, [], emptyRoot],
    ['a short leaf', leaf.slice(1), index, size, proof, root],
    ['a short root', leaf, index, size, proof, root.slice(1)],
    ['an empty leaf and root', new Uint8Array(), 0, 1, [], new Uint8Array()],
    ['a proof without its end', leaf, index, size, proof.slice(0, -1), root],
    ['a proof without its start', leaf, index, size, proof.slice(1), root],
    ['a proof with more at its end', leaf, index, size, [...proof, root], root],
    ['a proof with more at its start', leaf, index, size, [root, ...proof], root],
    ['a proof with something empty', leaf, index, size, [...proof, new Uint8Array()], root],
    ['a proof in reverse', leaf, index, size, proof.toReversed(), root],
    [
      'a proof that climbs above the tree',
      leaves[1] as Uint8Array,
      0,
      1,
      [leaves[0] as Uint8Array],
      rootOf(2),
    ],
    [
      'a byte moved from the proof to the leaf',
      Uint8Array.from([...(leaves[0] as Uint8Array), ...(leaves[1] as Uint8Array).slice(0, 1)]),
      0,
      2,
      [(leaves[1] as Uint8Array).slice(1)],
      rootOf(2),
    ],
    ['the root of nothing', leaf, index, size, proof, emptyRoot],
  ])('refuses %s', (_, someLeaf, someIndex, someSize, someProof, someRoot) => {
    expect(verifyInclusion(nodePrimitives, someLeaf, someIndex, someSize, someProof, someRoot)).toBe(false)
  })
})

describe('verifying consistency', () => {
  const proof = consistencyProof(nodePrimitives, leaves, 6, 8)
  const some = leaves[0] as Uint8Array

  test.each([
    ['an earlier second tree', 8, 6, rootOf(8), rootOf(6), proof],
    ['a broken size', 6.5, 8, rootOf(6), rootOf(8), proof],
    ['a size below nothing', -1, 8, rootOf(6), rootOf(8), proof],
    ['exchanged roots', 6, 8, rootOf(8), rootOf(6), proof],
    ['a short first root', 6, 8, rootOf(6).slice(1), rootOf(8), proof],
    ['no proof', 6, 8, rootOf(6), rootOf(8), []],
    ['a proof without its end', 6, 8, rootOf(6), rootOf(8), proof.slice(0, -1)],
    ['a proof without its start', 6, 8, rootOf(6), rootOf(8), proof.slice(1)],
    ['a proof with more at its end', 6, 8, rootOf(6), rootOf(8), [...proof, some]],
    ['a proof with more at its start', 6, 8, rootOf(6), rootOf(8), [some, ...proof]],
    [
      'a proof that climbs above the trees',
      3,
      4,
      nodeHash(nodePrimitives, some, rootOf(3)),
      nodeHash(nodePrimitives, some, rootOf(4)),
      [...consistencyProof(nodePrimitives, leaves, 3, 4), some],
    ],
    [
      'a proof that ends below the second tree',
      2,
      8,
      rootOf(2),
      rootOf(4),
      consistencyProof(nodePrimitives, leaves, 2, 4),
    ],
    ['equal sizes with roots that are no hashes', 6, 6, some.slice(1), some.slice(1), []],
    ['equal sizes with two roots', 6, 6, rootOf(6), rootOf(5), []],
    ['equal sizes with a proof', 6, 6, rootOf(6), rootOf(6), [some]],
    ['an empty first tree with a proof', 0, 6, emptyRoot, rootOf(6), [some]],
    ['an empty first tree with a root', 0, 6, some, rootOf(6), []],
    ['two empty trees with a root', 0, 0, some, some, []],
  ])('refuses %s', (_, first, second, firstRoot, secondRoot, someProof) => {
    expect(verifyConsistency(nodePrimitives, first, second, firstRoot, secondRoot, someProof)).toBe(false)
  })

  test('accepts any tree after the empty one, and the same tree, without a proof', () => {
    expect(verifyConsistency(nodePrimitives, 0, 8, emptyRoot, rootOf(8), [])).toBe(true)
    expect(verifyConsistency(nodePrimitives, 0, 0, emptyRoot, emptyRoot, [])).toBe(true)
    expect(verifyConsistency(nodePrimitives, 8, 8, rootOf(8), rootOf(8), [])).toBe(true)
  })
})

describe('proofs cannot be asked', () => {
  test.each([
    [8, 8],
    [0, 9],
    [-1, 4],
    [0, 0],
    [0.5, 4],
  ])('for leaf %d at size %d of eight leaves', (index, size) => {
    expect(() => inclusionProof(nodePrimitives, leaves, index, size)).toThrow(RangeError)
  })

  test.each([
    [5, 4],
    [4, 9],
    [-1, 4],
    [0.5, 4],
  ])('from size %d to %d of eight leaves', (first, second) => {
    expect(() => consistencyProof(nodePrimitives, leaves, first, second)).toThrow(RangeError)
  })
})

describe('a frontier', () => {
  test('is not changed by appending to it', () => {
    const before = frontierOf(leaves.slice(0, 3))
    const copy = structuredClone(before)
    appendLeaf(nodePrimitives, before, leaves[3] as Uint8Array)
    const builder = new TreeBuilder(nodePrimitives, before)
    builder.append(leaves[3] as Uint8Array)
    const taken = builder.frontier()
    builder.append(leaves[4] as Uint8Array)
    expect(before).toEqual(copy)
    expect(taken.size).toBe(4)
    expect(taken).toEqual(frontierOf(leaves.slice(0, 4)))
  })

  test('is eight bytes of size and the largest subtree first', () => {
    const frontier = frontierOf(leaves.slice(0, 3))
    const encoded = toHex(encodeFrontier(frontier))
    expect(encoded).toBe(`0000000000000003${vectors.roots[1]}${toHex(leaves[2] as Uint8Array)}`)
    expect(decodeFrontier(bytes(encoded))).toEqual({ ok: true, value: frontier })
    expect(encodeFrontier(emptyFrontier)).toEqual(new Uint8Array(8))
    expect(decodeFrontier(new Uint8Array(8))).toEqual({ ok: true, value: emptyFrontier })
  })

  test('is decoded from within a larger buffer', () => {
    const frontier = frontierOf(leaves.slice(0, 5))
    const encoded = encodeFrontier(frontier)
    const larger = new Uint8Array(encoded.length + 20).fill(255)
    larger.set(encoded, 13)
    const view = larger.subarray(13, 13 + encoded.length)
    expect(decodeFrontier(view)).toEqual({ ok: true, value: frontier })
  })

  test('goes on beyond 2^32 leaves', () => {
    const size = 2 ** 40 + 3
    const three = leaves.slice(0, 3)
    const grown = appendLeaf(nodePrimitives, { size, hashes: three }, leaves[3] as Uint8Array)
    expect(grown.size).toBe(2 ** 40 + 4)
    expect(grown.hashes).toHaveLength(2)
    const decoded = decodeFrontier(encodeFrontier(grown))
    expect(decoded).toEqual({ ok: true, value: grown })
  })

  test.each([
    ['nothing', new Uint8Array(), 'length'],
    ['seven bytes', new Uint8Array(7), 'length'],
    ['a hash for no leaf', new Uint8Array(40), 'length'],
    ['a leaf without a hash', bytes('0000000000000001'), 'length'],
    ['half a hash', bytes(`0000000000000001${'00'.repeat(31)}`), 'length'],
    ['an unsafe size', bytes(`0020000000000000${'00'.repeat(32)}`), 'size'],
  ])('is not decoded from %s', (_, encoded, reason) => {
    expect(decodeFrontier(encoded)).toMatchObject({
      ok: false,
      error: { code: 'format/invalid', detail: { reason } },
    })
  })
})
