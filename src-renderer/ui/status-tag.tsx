import type { RevisionStatus } from '../../src-shared/review/states.ts'
import { StateSeal } from './state-seal.tsx'
import { useText } from './text.ts'

type Tone = 'plain' | 'action' | 'watch' | 'risk'

/** A state is a word and a shape, never a colour alone. */
const shapes: Readonly<Record<RevisionStatus, { readonly shape: string; readonly tone: Tone }>> = {
  submitted: { shape: '○', tone: 'plain' },
  'in-review': { shape: '◐', tone: 'plain' },
  unopened: { shape: '▣', tone: 'action' },
  agreed: { shape: '◆', tone: 'action' },
  disputed: { shape: '▲', tone: 'watch' },
  adjudicated: { shape: '◇', tone: 'action' },
  referred: { shape: '△', tone: 'watch' },
  'awaiting-above': { shape: '◈', tone: 'action' },
  archived: { shape: '■', tone: 'risk' },
  conflict: { shape: '✕', tone: 'risk' },
  returned: { shape: '↩', tone: 'watch' },
  withdrawn: { shape: '—', tone: 'plain' },
  superseded: { shape: '□', tone: 'plain' },
}

export function StatusTag({ status }: { readonly status: RevisionStatus }) {
  const text = useText()
  if (status === 'archived') return <StateSeal />
  const { shape, tone } = shapes[status]
  return <Mark shape={shape} tone={tone} word={text(`status.${status}`)} />
}

interface MarkProps {
  readonly shape: string
  readonly tone: Tone
  readonly word: string
}

export function Mark({ shape, tone, word }: MarkProps) {
  return (
    <span className={`mark mark-${tone}`}>
      <span aria-hidden="true" className="mark-shape">
        {shape}
      </span>
      {word}
    </span>
  )
}
