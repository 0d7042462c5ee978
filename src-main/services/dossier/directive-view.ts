import type { DirectiveView } from '../../../src-shared/contract/review-views.ts'
import type { DirectiveState } from '../../../src-shared/review/states.ts'
import type { Database } from '../../vault/database.ts'
import { readEntry } from '../../vault/entry-table.ts'
import { bodyOf, textOf } from '../../vault/names.ts'

/** What the level above decided, with the officer's name as the node's operator gave it. */
export function directiveView(database: Database, directive: DirectiveState): DirectiveView {
  const { hand, decision, body, node } = directive
  const said = bodyOf(database, body)
  return {
    hand: { ...hand, name: textOf(said, 'officer') ?? '' },
    decision,
    office: textOf(said, 'office') ?? '',
    words: textOf(said, 'words') ?? '',
    node,
    seq: readEntry(database, hand.commit)?.seq ?? 0,
  }
}
