/** Whether the tests are run once for every mutant, and must be quick. */
export const isMutationRun = process.env['LIANDANG_MUTATION'] === '1'

/** How often a property is tried. */
export function runs(count: number): number {
  return isMutationRun ? Math.ceil(count / 12) : count
}
