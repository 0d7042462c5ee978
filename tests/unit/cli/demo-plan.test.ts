import { describe, expect, it } from 'vitest'
import { makePlan } from '../../../src-main/cli/demo/plan.ts'
import { cadreCount } from '../../../src-main/cli/demo/cadres.ts'
import { findCategory, readCatalogue } from '../../../src-shared/catalogue/read.ts'
import { hasErrors, validateRecord } from '../../../src-shared/catalogue/validate.ts'
import { parseIdentityNumber } from '../../../src-shared/catalogue/identity.ts'
import { suggestProfile } from '../../../src-shared/import/suggest.ts'
import { checkProfile } from '../../../src-shared/import/profile.ts'
import { mapRow } from '../../../src-shared/import/rows.ts'
import { markRepeats } from '../../../src-shared/import/repeats.ts'
import { readResourceJson } from '../../../src-shared/node/resources.ts'
import type { Catalogue } from '../../../src-shared/catalogue/schema.ts'
import { defaultTableOptions, readTable } from '../../../src-main/services/import/table-reader.ts'
import { sniffMediaType } from '../../../src-shared/evidence/inspect.ts'

const today = '2026-11-22'
const seeds = [1, 2, 3, 17, 2026, 4_294_967_295]
/** The demonstration is made on whatever day it is run. */
const days = ['2026-11-22', '2027-01-01', '2028-02-29', '2029-12-31', '2035-06-30']
const cases = seeds.flatMap((seed) => days.map((day) => [seed, day] as const))

function catalogue(): Catalogue {
  const read = readCatalogue(readResourceJson('catalogue/default.json'))
  if (!read.ok) throw new Error(read.error.code)
  return read.value
}

describe('the made-up unit', () => {
  it('is the same for the same seed and another for another', () => {
    expect(makePlan(7, '邱明山', today)).toEqual(makePlan(7, '邱明山', today))
    expect(makePlan(7, '邱明山', today)).not.toEqual(makePlan(8, '邱明山', today))
  })

  it.each(seeds)('has sixty cadres whose numbers are right and nobody’s (seed %i)', (seed) => {
    const { people } = makePlan(seed, '邱明山', today)
    expect(people.cadres).toHaveLength(cadreCount)
    const numbers = people.cadres.map((cadre) => cadre.identityNumber)
    expect(new Set(numbers).size).toBe(cadreCount)
    for (const number of [
      ...numbers,
      ...people.cadres.flatMap((cadre) => cadre.family.map((kin) => kin.identityNumber)),
    ]) {
      expect(parseIdentityNumber(number, today)).toEqual({ ok: true, value: number })
      // GB/T 2260 has no prefecture 99: no such number was ever given out.
      expect(number.slice(2, 6)).toBe('9999')
    }
    const shared = people.cadres.filter((cadre) => cadre.name === people.sharedName)
    expect(shared).toHaveLength(2)
    expect(new Set(people.cadres.map((cadre) => cadre.name)).size).toBe(cadreCount - 1)
    expect(people.cadres.filter((cadre) => !cadre.numbered).length).toBeGreaterThan(0)
  })

  it.each(cases)('enters nothing that the catalogue refuses (seed %i, %s)', (seed, day) => {
    const known = catalogue()
    const plan = makePlan(seed, '邱明山', day)
    const all = [...plan.entries, ...plan.talks, ...plan.waiting, plan.waitingTalk]
    let warnings = 0
    for (const { record } of all) {
      const category = findCategory(known, record.category)
      if (category === null) throw new Error(record.category)
      const findings = validateRecord(category, known, record, day)
      expect(findings.filter((finding) => finding.severity === 'error')).toEqual([])
      expect(hasErrors(findings)).toBe(false)
      warnings += findings.length
      if (category.evidence === 'required') expect(record.evidence.length).toBeGreaterThan(0)
      for (const file of record.evidence) expect(sniffMediaType(file.bytes)).toBe(file.mediaType)
    }
    expect([...new Set(all.map(({ record }) => record.category))].sort()).toEqual(
      'A1 A3 C2 C3 C4 C6 C7 E3'.split(' '),
    )
    // The planted contradictions are there to be seen.
    expect(warnings).toBeGreaterThanOrEqual(2)
    const fates = plan.entries.map((entry) => entry.mark)
    for (const fate of ['returned', 'disputed', 'withdrawn', 'corrected']) {
      expect(fates.filter((mark) => mark === fate)).toHaveLength(1)
    }
  })

  it.each(cases)(
    'hands in a table of which the import makes what the plan says (seed %i, %s)',
    async (seed, day) => {
      const known = catalogue()
      const { table, updateTable } = makePlan(seed, '邱明山', day)
      for (const { bytes, rows, accepted, quarantined, repeats } of [table, updateTable]) {
        const opened = readTable(bytes, defaultTableOptions)
        if (!opened.ok) throw new Error(opened.error.code)
        const read: { row: number; cells: readonly string[] }[] = []
        for await (const row of opened.value.rows()) if (row.ok) read.push(row.value)
        const { profile, missing, unmatched } = suggestProfile(
          read.slice(0, 20).map((row) => row.cells),
          known,
        )
        expect({ missing, unmatched }).toEqual({ missing: [], unmatched: [] })
        expect(checkProfile(profile, known).ok).toBe(true)
        expect(profile.money).toEqual({ unit: '万元', currency: 'CNY' })
        const outcomes = read.slice(1).map((row) => mapRow(profile, known, row.cells, row.row, day))
        const refused = outcomes.filter((outcome) => !outcome.ok)
        // A name that two dossiers share is found out against the vault, not in the row itself.
        const ambiguous = quarantined === 0 ? 0 : 1
        expect(outcomes).toHaveLength(rows)
        expect(refused).toHaveLength(quarantined - ambiguous)
        expect(outcomes.length - refused.length).toBe(accepted + ambiguous)
        expect(markRepeats(read.slice(1)).size).toBe(repeats)
        expect(read.some((row) => row.cells.some((cell) => /^\d,\d{3}\.\d\d$/.test(cell)))).toBe(
          quarantined > 0,
        )
      }
    },
  )
})
