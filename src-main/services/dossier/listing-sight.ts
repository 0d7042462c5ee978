import type { Catalogue } from '../../../src-shared/catalogue/schema.ts'
import type { Sight } from './sight.ts'

/** 基本信息 holds the ID number, 履历任免 the unit. */
export const identityCategory = 'A1'
export const unitCategory = 'A2'

/** Tags are of this level. */
const tagLevel = 2
export function seesTags(sight: Sight): boolean {
  return sight.level >= tagLevel
}

/**
 * Categories of the archive that everybody is asked for, of those a member sees: kept in a cycle, or to be declared
 * empty. What group E says happens to some, and discipline is never asked for.
 */
export function askedCategories(catalogue: Catalogue, sight: Sight): readonly string[] {
  return catalogue.categories
    .filter(
      ({ id, group, compartment, cycle, declarations }) =>
        compartment === 'archive' &&
        group !== 'E' &&
        sight.sees(id) &&
        (cycle !== 'event' || declarations.some((declaration) => declaration !== 'present')),
    )
    .map(({ id }) => id)
}
