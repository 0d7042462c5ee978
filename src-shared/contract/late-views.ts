import type { Id } from '../kernel/ids.ts'
import type { ObjectionOutcome } from '../log/objections.ts'
import type { ObjectionAct } from '../review/states.ts'
import type { HandView } from './hand-view.ts'

/** An objection that a signature had not seen, and what became of it. */
export interface LateObjectionView {
  readonly hand: HandView
  readonly act: ObjectionAct
  /** Empty where nothing was said. */
  readonly words: string
  /** What looking into it came to: none while it is open, several where two people did so unknown to each other. */
  readonly answers: readonly {
    readonly hand: HandView
    readonly outcome: ObjectionOutcome
    /** The finding of a founded one, or null where the entry is to be corrected. */
    readonly fault: Id | null
    readonly words: string
  }[]
  /** Whether the member at work may say what it comes to. */
  readonly maySettle: boolean
}

/**
 * An objection that came after the signature, for whoever answers for entries of that category; or one that was found
 * right, for whoever enters them.
 */
export interface LateTask {
  readonly wants: 'settle' | 'correct'
  readonly record: Id
  readonly cadre: Id
  readonly cadreName: string
  readonly category: string
  /** Who objected, or found it right, and when. */
  readonly by: string
  readonly at: string
}
