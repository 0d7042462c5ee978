import { fc } from '../../helpers/properties.ts'
import { expect, test } from 'vitest'
import { findUnusual, unusualRulesSchema, type UsedAccess } from '../../../src-shared/audit/unusual.ts'
import { nodePrimitives } from '../../../src-shared/node/primitives.ts'
import { readResourceJson } from '../../../src-shared/node/resources.ts'

const minutes = 10
const dossiersAbove = 3
const rules = {
  ...unusualRulesSchema.parse(readResourceJson('audit/unusual-use.json')),
  bulk: { minutes, dossiersAbove },
}
const start = Date.UTC(2026, 10, 23, 2)

/** Readings of one member: a dossier of eight, seconds after the one before. */
const readings = fc
  .array(fc.record({ cadre: fc.integer({ min: 0, max: 7 }), gap: fc.integer({ min: 0, max: 400 }) }), {
    maxLength: 60,
  })
  .map((list) => {
    let at = start
    return list.map(({ cadre, gap }): UsedAccess => {
      at += gap * 1000
      const id = String(cadre).repeat(32)
      const moment = new Date(at).toISOString()
      return { at: moment, member: 'm', kind: 'dossier', cadre: id, cadreName: null, flags: [], count: 1 }
    })
  })

/** The greatest number of different dossiers in any window, counted the slow way. */
function most(list: readonly UsedAccess[]): number {
  const numbers = list.map((last) => {
    const end = Date.parse(last.at)
    const within = list.filter(({ at }) => Date.parse(at) <= end && end - Date.parse(at) < minutes * 60_000)
    return new Set(within.map(({ cadre }) => cadre)).size
  })
  return Math.max(0, ...numbers)
}

test('bulk reading is found exactly when some window holds too many dossiers, with the greatest number', () => {
  fc.assert(
    fc.property(readings, (list) => {
      const found = findUnusual(nodePrimitives, rules, list).filter(({ rule }) => rule === 'bulk')
      const greatest = most(list)
      if (greatest <= dossiersAbove) expect(found).toEqual([])
      else expect(Math.max(...found.map(({ counted }) => counted))).toBe(greatest)
    }),
  )
})
