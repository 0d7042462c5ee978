import { Button } from 'antd'
import { useRef, useState } from 'react'
import { mostOpenings } from '../../../src-shared/catalogue/openings.ts'
import type { Catalogue, Category } from '../../../src-shared/catalogue/schema.ts'
import { useClauses, useList, useText } from '../../ui/text.ts'
import { OpeningForm } from './opening-form.tsx'
import { openingWords } from './opening-words.ts'
import { Problems } from './problems.tsx'
import { useStep } from './use-step.ts'

interface OpeningListProps {
  readonly category: Category
  readonly working: Catalogue
  readonly base: Catalogue
}

/** What opens a category beside its cycle, each as a sentence. */
export function OpeningList({ category, working, base }: OpeningListProps) {
  const text = useText()
  const speech = { text, list: useList(), clauses: useClauses() }
  const step = useStep()
  const add = useRef<HTMLButtonElement>(null)
  const [open, setOpen] = useState<'new' | number | null>(null)
  const { openedBy = [] } = category
  const remove = (place: number) => {
    step.take({ edit: 'openings', category: category.id, openedBy: openedBy.toSpliced(place, 1) })
    // The button that was pressed goes with its line.
    add.current?.focus()
  }
  return (
    <section className="card" aria-labelledby="catalogue-openings">
      <div className="catalogue-bar">
        <h2 id="catalogue-openings">{text('catalogue.property.openedBy')}</h2>
        <span className="topbar-space" />
        <Button ref={add} disabled={openedBy.length >= mostOpenings} onClick={() => setOpen('new')}>
          {text('catalogue.opening.add')}
        </Button>
      </div>
      <Problems problems={step.problems} versions={[working, base]} />
      <p className="prose-faint">
        {text(openedBy.length === 0 ? 'catalogue.openings.none' : 'catalogue.openings.hint')}
      </p>
      <ul className="catalogue-checks">
        {openedBy.map((opening, place) => {
          const sentence = openingWords(opening, working, speech)
          return (
            <li key={JSON.stringify(opening)}>
              <span>{sentence}</span>
              <Button
                size="small"
                aria-label={text('catalogue.opening.change', { opening: sentence })}
                onClick={() => setOpen(place)}
              >
                {text('catalogue.change')}
              </Button>
              <Button
                size="small"
                danger
                aria-label={text('catalogue.opening.remove', { opening: sentence })}
                onClick={() => remove(place)}
              >
                {text('catalogue.remove')}
              </Button>
            </li>
          )
        })}
      </ul>
      {open === null ? null : (
        <OpeningForm
          category={category}
          working={working}
          place={open === 'new' ? null : open}
          onClose={() => setOpen(null)}
        />
      )}
    </section>
  )
}
