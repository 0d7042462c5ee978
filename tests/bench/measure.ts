/** One line of the table: what was measured here, against what, in this same run. */
export interface Measurement {
  readonly name: string
  /** Units of work per second, ours. */
  readonly rate: number
  readonly unit: string
  readonly against: readonly Comparison[]
  readonly note?: string
}

export interface Comparison {
  readonly name: string
  /** Units of work per second, theirs or the bare limit. */
  readonly rate: number
  /** The ratio ours ÷ theirs that the design asks for. */
  readonly aim?: number
}

/** Work per second, by wall clock. */
export async function rateOf(count: number, work: () => unknown): Promise<number> {
  const start = performance.now()
  await work()
  return count / ((performance.now() - start) / 1000)
}

/** The median of a few runs of the same work: one slow disk flush must not decide. */
export async function medianRate(
  runs: number,
  count: number,
  work: (run: number) => unknown,
): Promise<number> {
  const rates: number[] = []
  for (let run = 0; run < runs; run++) rates.push(await rateOf(count, () => work(run)))
  return rates.sort((a, b) => a - b)[Math.floor(runs / 2)] as number
}

function rounded(value: number): string {
  return value >= 100 ? Math.round(value).toLocaleString('en') : value.toPrecision(3)
}

/** A table for people: a row for each comparison. */
export function table(measurements: readonly Measurement[]): string {
  const rows = [['what', 'ours', 'against', 'theirs', 'ratio', 'aim', '']]
  for (const { name, rate, unit, against, note } of measurements) {
    if (against.length === 0) rows.push([name, `${rounded(rate)} ${unit}`, '', '', '', '', note ?? ''])
    for (const other of against) {
      const ratio = rate / other.rate
      const aim = other.aim === undefined ? '' : `≥ ${other.aim}`
      const met = other.aim === undefined ? '' : ratio >= other.aim ? 'met' : 'missed'
      rows.push([
        name,
        `${rounded(rate)} ${unit}`,
        other.name,
        `${rounded(other.rate)} ${unit}`,
        `${ratio.toPrecision(3)}×`,
        aim,
        met,
      ])
    }
  }
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length))) ?? []
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}
