import { describe, expect, test } from 'vitest'
import { askedOf, standingOf } from '../../../src-shared/catalogue/asked.ts'
import { category, shippedCatalogue } from './helpers.ts'

const base = shippedCatalogue()
const leaving = category(base, 'D8')
const avoidance = category(base, 'D4')

describe('what is asked of a cadre', () => {
  test.each([
    ['entry', false],
    ['serving', false],
    ['transfer', true],
    ['leaving', true],
    [null, true],
  ] as const)('of a hand-over on leaving, at the stage %s: %s', (stage, isAsked) => {
    expect(askedOf(leaving, { stage, riskClass: null }).isAsked).toBe(isAsked)
  })

  test('more often on a post of high risk', () => {
    expect(askedOf(avoidance, { stage: null, riskClass: '1' }).cycle).toBe('event-and-yearly')
    expect(askedOf(avoidance, { stage: null, riskClass: '3' }).cycle).toBe(avoidance.cycle)
    expect(askedOf(avoidance, { stage: null, riskClass: null }).cycle).toBe(avoidance.cycle)
  })

  test('only on posts of the risk classes named', () => {
    const watched = { ...avoidance, asked: { riskClasses: ['1'] } }
    expect(askedOf(watched, { stage: null, riskClass: '1' }).isAsked).toBe(true)
    expect(askedOf(watched, { stage: null, riskClass: '2' }).isAsked).toBe(false)
  })

  test('never of a category that is retired', () => {
    expect(askedOf({ ...leaving, retired: true }, { stage: 'leaving', riskClass: null }).isAsked).toBe(false)
  })

  test('by what the basic facts say of them', () => {
    expect(standingOf({ stage: 'leaving', riskClass: '2' })).toEqual({ stage: 'leaving', riskClass: '2' })
    expect(standingOf({})).toEqual({ stage: null, riskClass: null })
    expect(standingOf(null)).toEqual({ stage: null, riskClass: null })
  })
})
