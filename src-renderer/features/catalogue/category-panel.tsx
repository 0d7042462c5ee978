import { Button, Collapse } from 'antd'
import { useState } from 'react'
import { codeItem } from '../../../src-shared/catalogue/fields.ts'
import { findCategory } from '../../../src-shared/catalogue/read.ts'
import {
  ownerTable,
  type Catalogue,
  type Category,
  type Field,
} from '../../../src-shared/catalogue/schema.ts'
import type { SamplingPlan } from '../../../src-shared/log/category-rule.ts'
import { useText } from '../../ui/text.ts'
import { CheckList } from './check-list.tsx'
import { FieldForm } from './field-form.tsx'
import { FormPreview } from './form-preview.tsx'
import { HeadForm } from './head-form.tsx'
import { OpeningList } from './opening-list.tsx'
import { Problems } from './problems.tsx'
import { useStep } from './use-step.ts'

interface CategoryPanelProps {
  readonly category: Category
  readonly working: Catalogue
  /** The version in force. */
  readonly base: Catalogue
}

/** One category: what holds for it, its fields in order, its checks, and the form that comes of it. */
export function CategoryPanel({ category, working, base }: CategoryPanelProps) {
  const text = useText()
  const step = useStep()
  const [open, setOpen] = useState<'head' | 'new-field' | Field | null>(null)
  const before = findCategory(base, category.id)
  const isRetired = category.retired === true
  return (
    <>
      <section className="card" aria-labelledby="catalogue-category">
        <div className="catalogue-bar">
          <h2 id="catalogue-category">
            <span className="category-id">{category.id}</span> {category.name}
            {isRetired ? <span className="prose-faint"> {text('catalogue.retired')}</span> : null}
          </h2>
          <span className="topbar-space" />
          <Button onClick={() => setOpen('head')}>{text('catalogue.category.change')}</Button>
          {before === null ? (
            <Button danger onClick={() => step.take({ edit: 'category.remove', category: category.id })}>
              {text('catalogue.remove')}
            </Button>
          ) : (
            <Button
              onClick={() =>
                step.take({ edit: 'category.retire', category: category.id, retired: !isRetired })
              }
            >
              {text(isRetired ? 'catalogue.restore' : 'catalogue.retire')}
            </Button>
          )}
        </div>
        <Problems problems={step.problems} versions={[working, base]} />
        <HeadFacts category={category} catalogue={working} />
      </section>
      <section className="card" aria-labelledby="catalogue-fields">
        <div className="catalogue-bar">
          <h2 id="catalogue-fields">{text('catalogue.fields')}</h2>
          <span className="topbar-space" />
          <Button type="primary" onClick={() => setOpen('new-field')}>
            {text('catalogue.field.add')}
          </Button>
        </div>
        <FieldsTable category={category} before={before} onChange={setOpen} take={step.take} />
      </section>
      <OpeningList category={category} working={working} base={base} />
      <CheckList category={category} working={working} base={base} />
      <section className="card catalogue-preview-card">
        <Collapse
          size="small"
          ghost
          destroyOnHidden
          items={[
            {
              key: 'preview',
              label: text('catalogue.preview.open'),
              children: <FormPreview category={category} catalogue={working} />,
            },
          ]}
        />
      </section>
      {open === 'head' ? (
        <HeadForm category={category} before={before} working={working} onClose={() => setOpen(null)} />
      ) : null}
      {open !== null && open !== 'head' ? (
        <FieldForm
          category={category}
          field={open === 'new-field' ? null : open}
          isKept={open !== 'new-field' && before?.fields.some(({ id }) => id === open.id) === true}
          working={working}
          onClose={() => setOpen(null)}
        />
      ) : null}
    </>
  )
}

function HeadFacts({ category, catalogue }: { readonly category: Category; readonly catalogue: Catalogue }) {
  const text = useText()
  const planText = ({ tolerablePermille, confidencePermille }: SamplingPlan) =>
    text('catalogue.sampling.plan', {
      tolerable: tolerablePermille / 10,
      confidence: confidencePermille / 10,
    })
  const facts = [
    ['level', text(`members.level.${category.level}`)],
    ['verification', text(`verification.${category.verification}`)],
    ['signer', text(`signer.${category.signer}`)],
    ['owner', codeItem(catalogue, ownerTable, category.owner)?.label ?? category.owner],
    ['cycle', text(`cycle.${category.cycle}`)],
    ['evidence', text(`catalogue.evidence.${category.evidence}`)],
    [
      'reportWithinDays',
      category.reportWithinDays === undefined
        ? text('catalogue.unset')
        : text('catalogue.days', { days: category.reportWithinDays }),
    ],
    ...(category.sampling === undefined ? [] : [['sampling', planText(category.sampling)] as const]),
    ...(category.apartFromReportingLine === true
      ? [['apartFromReportingLine', text('catalogue.yes')] as const]
      : []),
  ] as const
  return (
    <dl className="catalogue-facts">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{text(`catalogue.property.${name}`)}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}

interface FieldsTableProps {
  readonly category: Category
  readonly before: Category | null
  onChange(field: Field): void
  readonly take: ReturnType<typeof useStep>['take']
}

function FieldsTable({ category, before, onChange, take }: FieldsTableProps) {
  const text = useText()
  const kept = new Set(before?.fields.map(({ id }) => id))
  const last = category.fields.length - 1
  return (
    <table className="fields-table catalogue-fields">
      <thead>
        <tr>
          <th scope="col">{text('catalogue.property.label')}</th>
          <th scope="col">{text('catalogue.property.kind')}</th>
          <th scope="col">{text('catalogue.asks')}</th>
          <th scope="col">{text('catalogue.property.guidance')}</th>
          <th scope="col">{text('catalogue.actions')}</th>
        </tr>
      </thead>
      <tbody>
        {category.fields.map((field, place) => {
          const isRetired = field.retired === true
          const at = { category: category.id, field: field.id }
          const of = (what: string) => ({ 'aria-label': `${what} ${field.label}` })
          return (
            <tr key={field.id} className={isRetired ? 'is-retired' : ''}>
              <th scope="row">{field.label}</th>
              <td className="nowrap">{text(`catalogue.kind.${field.kind}`)}</td>
              <td className="nowrap">
                {[
                  ...(isRetired ? [text('catalogue.retired')] : []),
                  ...(field.required === true ? [text('catalogue.property.required')] : []),
                  ...(field.critical === true ? [text('fields.critical')] : []),
                ].join(' ')}
              </td>
              <td>
                <span className="two-lines">{field.guidance}</span>
              </td>
              <td className="nowrap">
                <Button
                  size="small"
                  type="text"
                  disabled={place === 0}
                  {...of(text('catalogue.up'))}
                  onClick={() => take({ edit: 'field.move', ...at, by: -1 })}
                >
                  ↑
                </Button>
                <Button
                  size="small"
                  type="text"
                  disabled={place === last}
                  {...of(text('catalogue.down'))}
                  onClick={() => take({ edit: 'field.move', ...at, by: 1 })}
                >
                  ↓
                </Button>
                <Button size="small" {...of(text('catalogue.change'))} onClick={() => onChange(field)}>
                  {text('catalogue.change')}
                </Button>
                {kept.has(field.id) ? (
                  <Button
                    size="small"
                    {...of(text(isRetired ? 'catalogue.restore' : 'catalogue.retire'))}
                    onClick={() => take({ edit: 'field.retire', ...at, retired: !isRetired })}
                  >
                    {text(isRetired ? 'catalogue.restore' : 'catalogue.retire')}
                  </Button>
                ) : (
                  <Button
                    size="small"
                    danger
                    {...of(text('catalogue.remove'))}
                    onClick={() => take({ edit: 'field.remove', ...at })}
                  >
                    {text('catalogue.remove')}
                  </Button>
                )}
              </td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}
