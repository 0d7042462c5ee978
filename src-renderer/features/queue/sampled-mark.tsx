import type { DrawnView } from '../../../src-shared/contract/drawn-view.ts'
import type { RevisionStatus } from '../../../src-shared/review/states.ts'
import { Mark } from '../../ui/status-tag.tsx'
import { useText } from '../../ui/text.ts'

interface SampledMarkProps {
  readonly drawn: Pick<DrawnView, 'seen' | 'lot' | 'size'> | null
  readonly status: RevisionStatus
}

const passed: readonly RevisionStatus[] = ['agreed', 'archived', 'superseded', 'conflict']

/** 抽样通过: a row that nobody looked at never looks like one that somebody did. */
export function SampledMark({ drawn, status }: SampledMarkProps) {
  const text = useText()
  if (drawn === null) return null
  const { seen, lot, size } = drawn
  const hasPassed = passed.includes(status)
  const word = hasPassed
    ? text(seen ? 'sampling.mark.seen' : 'sampling.mark.passed', { lot, size })
    : text(seen ? 'sampling.mark.drawn' : 'sampling.mark.undrawn')
  return <Mark shape={seen ? '◉' : '◌'} tone={hasPassed && !seen ? 'watch' : 'plain'} word={word} />
}
