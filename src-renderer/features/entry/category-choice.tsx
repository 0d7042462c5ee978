import { Button, Input, Skeleton } from 'antd'
import { useState } from 'react'
import type { Category } from '../../../src-shared/catalogue/schema.ts'
import type { RecordFact } from '../../../src-shared/contract/views.ts'
import { foldForSearch } from '../../../src-shared/search/fold.ts'
import { pinyinInitials } from '../../../src-shared/search/pinyin.ts'
import { entryPurpose } from '../../../src-shared/disclosure/purpose.ts'
import { useDesk, visibleCategories } from '../../app/contexts.ts'
import { hrefOf } from '../../app/routes.ts'
import { useQuery } from '../../app/use-query.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { useText } from '../../ui/text.ts'
import { mayEnter } from './granted.ts'
import { UnchangedPanel } from './unchanged-panel.tsx'

const groups = ['A', 'B', 'C', 'D', 'E'] as const

/** What is entered for a cadre: the categories the member may enter, by group. */
export function CategoryChoice({ cadre }: { readonly cadre: string }) {
  const text = useText()
  const desk = useDesk()
  const dossier = useQuery('cadre.read', { cadre, at: null, purpose: entryPurpose })
  const unit = useQuery('unit.read', {}, ['control'])
  const [typed, setTyped] = useState('')
  if (dossier.failure !== null) return <ErrorNotice failure={dossier.failure} onRetry={dossier.reload} />
  const { data } = unit
  if (dossier.data === null || data === null) return <Skeleton active className="page" />
  const wanted = foldForSearch(typed)
  const categories = visibleCategories(desk).filter(
    (category) =>
      category.retired !== true &&
      mayEnter(data, desk.session, category) &&
      `${category.id} ${category.name} ${pinyinInitials(category.name)}`.toLowerCase().includes(wanted),
  )
  const { records } = dossier.data
  return (
    <div className="page">
      <PageHeader
        title={text('choice.title', { name: dossier.data.cadre.name })}
        hint={dossier.data.cadre.post ?? ''}
        actions={<Button href={hrefOf('entry')}>{text('choice.other-cadre')}</Button>}
      />
      <Input
        className="choice-search"
        autoFocus
        allowClear
        aria-label={text('choice.search')}
        placeholder={text('choice.search')}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
      />
      {categories.length === 0 ? (
        <EmptyState isSmall title={text('choice.none')} hint={text('choice.none.hint')} />
      ) : null}
      {groups.map((group) => {
        const members = categories.filter((category) => category.group === group)
        if (members.length === 0) return null
        return (
          <section key={group} aria-label={text(`group.${group}`)}>
            <h2 className="choice-group">
              <span className="group-letter">{group}</span>
              {text(`group.${group}`)}
            </h2>
            <ul className="choices">
              {members.map((category) => (
                <CategoryCard
                  key={category.id}
                  cadre={cadre}
                  category={category}
                  records={records.filter((record) => record.category === category.id)}
                />
              ))}
            </ul>
            <UnchangedPanel cadre={cadre} categories={members} records={records} onDone={dossier.reload} />
          </section>
        )
      })}
    </div>
  )
}

interface CategoryCardProps {
  readonly cadre: string
  readonly category: Category
  readonly records: readonly RecordFact[]
}

function CategoryCard({ cadre, category, records }: CategoryCardProps) {
  const text = useText()
  // A category of one record is corrected, not entered a second time.
  const only = category.many
    ? undefined
    : records.find(({ head, open }) => (head ?? open)?.declaration !== 'unchanged')
  const isWaiting = only !== undefined && only.open !== null
  const href = isWaiting
    ? hrefOf('dossiers', cadre, only.record)
    : hrefOf('entry', cadre, category.id, ...(only === undefined ? [] : [only.record]))
  return (
    <li>
      <a className="choice-link" href={href}>
        <span className="choice-name">
          <span className="category-id">{category.id}</span>
          {category.name}
        </span>
        <span className="choice-notes">
          <span>{text(`cycle.${category.cycle}`)}</span>
          {category.evidence === 'required' ? <span>{text('choice.evidence')}</span> : null}
          {records.length === 0 ? null : (
            <span>
              {isWaiting
                ? text('choice.waiting')
                : only === undefined
                  ? text('choice.records', { count: records.length })
                  : text('choice.correct')}
            </span>
          )}
        </span>
      </a>
    </li>
  )
}
