import { expect, test } from 'vitest'
import { nodePrimitives } from '../../../src-shared/node/primitives.ts'
import { commitmentOf } from '../../../src-shared/review/commitment.ts'
import {
  drawSample,
  drawSeed,
  intolerableRows,
  lotDigest,
  sampleSize,
} from '../../../src-shared/review/sampling.ts'
import vectors from '../../vectors/drawn-sample.json' with { type: 'json' }

test('a draw is what another program computes from the published text', () => {
  const { unit, draw, submissions, plan, rows } = vectors
  expect(intolerableRows(rows.length, plan)).toBe(vectors.intolerable)
  expect(sampleSize(rows.length, plan)).toBe(vectors.size)
  const seed = drawSeed(nodePrimitives, unit, draw, [...submissions].reverse())
  expect(seed).toBe(vectors.seed)
  const sample = drawSample(nodePrimitives, seed, rows, vectors.size)
  expect([...sample]).toEqual(vectors.sample)
  expect(lotDigest(nodePrimitives, rows)).toBe(vectors.lotRows)
  const drawn = rows.filter(({ revision }) => sample.has(revision))
  expect(lotDigest(nodePrimitives, drawn)).toBe(vectors.sampleRows)
})

test.each(vectors.sizes)('of $lot rows, $tolerablePermille and $confidencePermille ‰, $size', (vector) => {
  expect(sampleSize(vector.lot, vector)).toBe(vector.size)
})

test('an opinion about a row of a lot binds what it says of the lot', () => {
  const { commitment, ...opinion } = vectors.opinion
  const bound = { ...opinion, decision: 'agree', lot: 'disagree', unit: vectors.unit } as const
  expect(commitmentOf(nodePrimitives, bound)).toBe(commitment)
})
