/** An opinion as the figures of a reviewer see it. */
export interface GivenOpinion {
  readonly category: string
  /** Working days from the beginning of the round to the opinion. */
  readonly days: number
  readonly decision: 'agree' | 'disagree' | null
  /** What came out in the end, or null while nobody knows. */
  readonly outcome: 'agree' | 'disagree' | null
}

export interface OpinionFigures {
  readonly decided: number
  readonly median: number | null
  readonly ninth: number | null
  readonly agreement: { readonly same: number; readonly settled: number; readonly categories: number }
}

/** What an entry came to, from where it stands: null on its way, or where no opinion was opened. */
export function outcomeOf(status: string): 'agree' | 'disagree' | null {
  if (['agreed', 'adjudicated', 'archived', 'superseded', 'conflict'].includes(status)) return 'agree'
  return status === 'returned' ? 'disagree' : null
}

/** The value that so much of a sorted list (0–1) does not exceed: of an even number, the lower of the two in the middle. */
function quantile(sorted: readonly number[], share: number): number | null {
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? null
}

export function opinionFigures(opinions: readonly GivenOpinion[]): OpinionFigures {
  const days = opinions.map((opinion) => opinion.days).toSorted((a, b) => a - b)
  const settled = opinions.filter(({ decision, outcome }) => decision !== null && outcome !== null)
  return {
    decided: opinions.length,
    median: quantile(days, 0.5),
    ninth: quantile(days, 0.9),
    agreement: {
      same: settled.filter(({ decision, outcome }) => decision === outcome).length,
      settled: settled.length,
      categories: new Set(settled.map(({ category }) => category)).size,
    },
  }
}
