import { useState } from 'react'
import { levels } from '../../../src-shared/access/roles.ts'
import type { CategoryHead } from '../../../src-shared/catalogue/editing.ts'
import {
  cycles,
  ownerTable,
  riskClassTable,
  stageTable,
  verifications,
  type Catalogue,
  type Category,
} from '../../../src-shared/catalogue/schema.ts'
import { categoryDeclarations } from '../../../src-shared/catalogue/values.ts'
import { useText } from '../../ui/text.ts'
import { EditDrawer } from './edit-drawer.tsx'
import { ChoiceLine, ManyLine, SwitchLine, TextLine } from './lines.tsx'
import { Problems } from './problems.tsx'
import { ReviewLines } from './review-lines.tsx'
import { useStep, wrongProperties } from './use-step.ts'

interface HeadFormProps {
  readonly category: Category
  /** As it is in the version in force; null for a new one. */
  readonly before: Category | null
  readonly working: Catalogue
  onClose(): void
}

const evidences = ['none', 'optional', 'required'] as const

/** All of a category but its fields and checks. */
export function HeadForm({ category, before, working, onClose }: HeadFormProps) {
  const text = useText()
  const step = useStep()
  const { fields, crossChecks: _checks, retired: _retired, ...begun } = category
  const [head, setHead] = useState<CategoryHead>(begun)
  const [days, setDays] = useState(String(category.reportWithinDays ?? ''))
  const change = (next: Partial<CategoryHead>) => setHead({ ...head, ...next })
  const wrong = wrongProperties(step.problems, { category: category.id })
  const itemsOf = (id: string) =>
    (working.codeTables.find((table) => table.id === id)?.items ?? [])
      .filter((item) => item.retired !== true)
      .map(({ code, label }) => ({ value: code, label }))
  // What is archived stays in its compartment and is not lowered.
  const offered = levels.filter((level) =>
    before === null ? true : level >= before.level && (level === 4) === (before.level === 4),
  )
  const name = (property: string) => ({ id: `head-${property}`, isWrong: wrong.has(property) })
  const { asked } = head
  const setAsked = (next: Partial<NonNullable<CategoryHead['asked']>>) => {
    const entries = Object.entries({ ...asked, ...next }).filter(([, list]) => list.length > 0)
    const { asked: _asked, ...rest } = head
    setHead(entries.length === 0 ? rest : { ...rest, asked: Object.fromEntries(entries) })
  }
  const save = () => {
    const { reportWithinDays: _days, ...rest } = head
    const typed = days.trim() === '' ? {} : { reportWithinDays: Number(days) }
    if (step.take({ edit: 'category.head', category: category.id, head: { ...rest, ...typed } })) onClose()
  }
  const labels = fields.map((field) => `{${field.id}} ${field.label}`).join('　')
  return (
    <EditDrawer title={text('catalogue.category.change')} onSave={save} onClose={onClose}>
      <TextLine
        {...name('name')}
        label={text('catalogue.property.name')}
        isRequired
        value={head.name}
        onChange={(next) => change({ name: next })}
      />
      <ChoiceLine
        {...name('level')}
        label={text('catalogue.property.level')}
        hint={text('catalogue.level.hint')}
        value={head.level}
        options={offered.map((level) => ({ value: level, label: text(`members.level.${level}`) }))}
        onChange={(level = head.level) =>
          change({ level, compartment: level === 4 ? 'discipline' : 'archive' })
        }
      />
      <ChoiceLine
        {...name('verification')}
        label={text('catalogue.property.verification')}
        value={head.verification}
        options={verifications.map((one) => ({ value: one, label: text(`verification.${one}`) }))}
        onChange={(verification = head.verification) => change({ verification })}
      />
      <ReviewLines head={head} onChange={setHead} />
      <ChoiceLine
        {...name('evidence')}
        label={text('catalogue.property.evidence')}
        value={head.evidence}
        options={evidences.map((one) => ({ value: one, label: text(`catalogue.evidence.${one}`) }))}
        onChange={(evidence = head.evidence) => change({ evidence })}
      />
      <ChoiceLine
        {...name('owner')}
        label={text('catalogue.property.owner')}
        value={head.owner}
        options={itemsOf(ownerTable)}
        onChange={(owner = head.owner) => change({ owner })}
      />
      <ChoiceLine
        {...name('cycle')}
        label={text('catalogue.property.cycle')}
        value={head.cycle}
        options={cycles.map((one) => ({ value: one, label: text(`cycle.${one}`) }))}
        onChange={(cycle = head.cycle) => change({ cycle })}
      />
      <TextLine
        {...name('reportWithinDays')}
        label={text('catalogue.property.reportWithinDays')}
        hint={text('catalogue.days.hint')}
        maxLength={3}
        value={days}
        onChange={setDays}
      />
      {itemsOf(stageTable).length === 0 ? null : (
        <ManyLine
          {...name('asked')}
          label={text('catalogue.asked.stages')}
          hint={text('catalogue.asked.hint')}
          value={asked?.stages ?? []}
          options={itemsOf(stageTable)}
          onChange={(stages) => setAsked({ stages })}
        />
      )}
      {itemsOf(riskClassTable).length === 0 ? null : (
        <>
          <ManyLine
            id="head-asked-risk"
            label={text('catalogue.asked.riskClasses')}
            hint={text('catalogue.asked.hint')}
            value={asked?.riskClasses ?? []}
            options={itemsOf(riskClassTable)}
            onChange={(riskClasses) => setAsked({ riskClasses })}
          />
          {itemsOf(riskClassTable).map(({ value: riskClass, label }) => (
            <ChoiceLine
              key={riskClass}
              id={`head-cycle-${riskClass}`}
              label={text('catalogue.asked.cycle', { riskClass: label })}
              mayBeBlank
              value={asked?.cycleByRiskClass?.find((one) => one.riskClass === riskClass)?.cycle}
              options={cycles.map((one) => ({ value: one, label: text(`cycle.${one}`) }))}
              onChange={(cycle) => {
                const others = (asked?.cycleByRiskClass ?? []).filter((one) => one.riskClass !== riskClass)
                setAsked({
                  cycleByRiskClass: cycle === undefined ? others : [...others, { riskClass, cycle }],
                })
              }}
            />
          ))}
        </>
      )}
      <ManyLine
        {...name('declarations')}
        label={text('catalogue.property.declarations')}
        value={head.declarations}
        options={categoryDeclarations.map((one) => ({ value: one, label: text(`declaration.${one}`) }))}
        onChange={(chosen) => change({ declarations: chosen as CategoryHead['declarations'] })}
      />
      <SwitchLine
        id="head-many"
        label={text('catalogue.property.many')}
        hint={text('catalogue.many.hint')}
        value={head.many}
        isFixed={before?.many === true}
        onChange={(many) => change({ many })}
      />
      <TextLine
        {...name('guidance')}
        label={text('catalogue.property.guidance')}
        isLong
        maxLength={2000}
        value={head.guidance}
        onChange={(guidance) => change({ guidance })}
      />
      <TextLine
        {...name('legalBasis')}
        label={text('catalogue.property.legalBasis')}
        isLong
        maxLength={2000}
        value={head.legalBasis}
        onChange={(legalBasis) => change({ legalBasis })}
      />
      <TextLine
        {...name('summary')}
        label={text('catalogue.property.summary')}
        hint={text('catalogue.summary.hint', { fields: labels })}
        maxLength={200}
        value={head.summary}
        onChange={(summary) => change({ summary })}
      />
      <Problems problems={step.problems} versions={[working]} />
    </EditDrawer>
  )
}
