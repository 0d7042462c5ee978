const chinaOffset = 8 * 60 * 60 * 1000

/**
 * The day of a moment in China Standard Time, `YYYY-MM-DD`. Grants are dated in the one time zone of the offices, so
 * that a rule gives the same answer on every machine.
 */
export function dayOf(at: string): string {
  return new Date(Date.parse(at) + chinaOffset).toISOString().slice(0, 10)
}
