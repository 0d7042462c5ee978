import { Button } from 'antd'
import type { Category } from '../../../src-shared/catalogue/schema.ts'
import type { RecordFact, RevisionFact } from '../../../src-shared/contract/views.ts'
import { momentText } from '../../ui/moment.ts'
import { useText } from '../../ui/text.ts'
import { filledFrom } from './entry-draft.ts'
import { useEntry } from './entry-state.ts'

/** The archived entry of a category that was made last; null without one that says something. */
export function lastOf(records: readonly RecordFact[], category: string): RevisionFact | null {
  const facts = records.flatMap((record) =>
    record.category === category && record.head?.declaration === 'present' ? [record.head] : [],
  )
  return facts.toSorted((a, b) => (a.author.at < b.author.at ? 1 : -1))[0] ?? null
}

interface CopyLastProps {
  readonly category: Category
  readonly last: RevisionFact
}

/** Fills a new form with what was said last; what is then changed is marked. */
export function CopyLast({ category, last }: CopyLastProps) {
  const text = useText()
  const change = useEntry((entry) => entry.change)
  const isCopied = useEntry((entry) => entry.form?.draft.copied !== undefined)
  return (
    <p className="entry-copy">
      {isCopied ? (
        <span role="status">{text('entry.copied', { at: momentText(last.author.at) })}</span>
      ) : (
        <>
          <Button size="small" onClick={() => change(filledFrom(category, last.values))}>
            {text('entry.copy')}
          </Button>{' '}
          <span className="line-hint">
            {text('entry.copy.hint', { at: momentText(last.author.at), summary: last.summary })}
          </span>
        </>
      )}
    </p>
  )
}
