import { Alert } from 'antd'
import { compareCatalogues } from '../../../src-shared/catalogue/differences.ts'
import type { Catalogue } from '../../../src-shared/catalogue/schema.ts'
import { useMemo } from 'react'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Mark } from '../../ui/status-tag.tsx'
import { useText } from '../../ui/text.ts'
import { useChangeWords } from './words.ts'

interface ChangeListProps {
  readonly before: Catalogue
  readonly after: Catalogue
}

/** What differs between two versions in plain words; what lowers the verification stands first and is marked. */
export function ChangeList({ before, after }: ChangeListProps) {
  const text = useText()
  const words = useChangeWords()
  const changes = useMemo(() => {
    const all = compareCatalogues(before, after)
    return [...all.filter((change) => change.lowers), ...all.filter((change) => !change.lowers)]
  }, [before, after])
  const lowering = changes.filter((change) => change.lowers).length
  if (changes.length === 0) return <EmptyState isSmall title={text('catalogue.changes.none')} />
  return (
    <>
      {lowering === 0 ? null : (
        <Alert type="error" showIcon title={text('catalogue.changes.lowering', { count: lowering })} />
      )}
      <ul className="catalogue-changes" aria-label={text('catalogue.changes')}>
        {changes.map((change) => {
          const sentence = words(change, before, after)
          return (
            <li key={`${change.what}/${sentence}`} className={change.lowers ? 'is-lowering' : ''}>
              {change.lowers ? <Mark shape="▼" tone="risk" word={text('catalogue.lowers')} /> : null}
              <span>{sentence}</span>
            </li>
          )
        })}
      </ul>
    </>
  )
}
