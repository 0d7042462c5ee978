import { isExpected } from '../../../src-shared/catalogue/asked.ts'
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

/** Categories of the archive that everybody is asked for, of those a member sees. */
export function askedCategories(catalogue: Catalogue, sight: Sight): readonly string[] {
  return catalogue.categories
    .filter((category) => isExpected(category) && sight.sees(category.id))
    .map(({ id }) => id)
}
