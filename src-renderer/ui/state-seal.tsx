import type { HandView } from '../../src-shared/contract/views.ts'
import { dayText, momentText } from './moment.ts'
import { useText } from './text.ts'

interface StateSealProps {
  /** Who signed, and when; without it only the seal is shown. */
  readonly hand?: HandView
  /** A revision that another one has replaced keeps its seal, in grey. */
  readonly isFormer?: boolean
  readonly isLarge?: boolean
}

/** The archived state: a small cinnabar seal with who signed and when. */
export function StateSeal({ hand, isFormer = false, isLarge = false }: StateSealProps) {
  const text = useText()
  const word = text(isFormer ? 'status.superseded' : 'status.archived')
  const classes = ['seal', isFormer ? 'seal-former' : '', isLarge ? 'seal-large' : ''].join(' ')
  return (
    <span className={classes}>
      <span className="seal-stamp">{word}</span>
      {hand === undefined ? null : (
        <span className="seal-hand" title={momentText(hand.at)}>
          <span>{hand.name}</span> <time dateTime={hand.at}>{dayText(hand.at)}</time>
        </span>
      )}
    </span>
  )
}
