import { Button, Select } from 'antd'
import { useState } from 'react'
import {
  severities,
  type Catalogue,
  type Category,
  type CrossCheck,
} from '../../../src-shared/catalogue/schema.ts'
import { useText } from '../../ui/text.ts'
import { CheckForm } from './check-form.tsx'
import { Problems } from './problems.tsx'
import { useStep } from './use-step.ts'
import { useCheckWords } from './words.ts'

interface CheckListProps {
  readonly category: Category
  readonly working: Catalogue
  readonly base: Catalogue
}

/** What is checked between the fields of a category, and against other records. */
export function CheckList({ category, working, base }: CheckListProps) {
  const text = useText()
  const words = useCheckWords()
  const step = useStep()
  const [open, setOpen] = useState<'new' | number | null>(null)
  const { crossChecks } = category
  const put = (checks: readonly CrossCheck[]) =>
    step.take({ edit: 'checks', category: category.id, crossChecks: checks })
  return (
    <section className="card" aria-labelledby="catalogue-checks">
      <div className="catalogue-bar">
        <h2 id="catalogue-checks">{text('catalogue.property.crossChecks')}</h2>
        <span className="topbar-space" />
        <Button onClick={() => setOpen('new')}>{text('catalogue.check.add')}</Button>
      </div>
      <Problems problems={step.problems} versions={[working, base]} />
      {crossChecks.length === 0 ? <p className="prose-faint">{text('catalogue.check.none')}</p> : null}
      <ul className="catalogue-checks">
        {crossChecks.map((check, place) => {
          const sentence = words(check, category, working)
          const replace = (next: CrossCheck) => put(crossChecks.with(place, next))
          return (
            <li key={JSON.stringify(check)}>
              <span>{sentence}</span>
              <Select<CrossCheck['severity']>
                size="small"
                aria-label={text('catalogue.severity.of', { check: sentence })}
                value={check.severity}
                options={severities.map((one) => ({ value: one, label: text(`catalogue.severity.${one}`) }))}
                onChange={(severity) => void replace({ ...check, severity })}
              />
              <Button
                size="small"
                aria-label={text('catalogue.check.change', { check: sentence })}
                onClick={() => setOpen(place)}
              >
                {text('catalogue.change')}
              </Button>
              <Button
                size="small"
                danger
                aria-label={text('catalogue.check.remove', { check: sentence })}
                onClick={() => put(crossChecks.toSpliced(place, 1))}
              >
                {text('catalogue.remove')}
              </Button>
            </li>
          )
        })}
      </ul>
      {open === null ? null : (
        <CheckForm
          category={category}
          working={working}
          place={open === 'new' ? null : open}
          onClose={() => setOpen(null)}
        />
      )}
    </section>
  )
}
