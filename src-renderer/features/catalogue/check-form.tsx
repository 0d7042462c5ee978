import { useState } from 'react'
import { activeCategories, activeFields, findCategory } from '../../../src-shared/catalogue/read.ts'
import { documentFormats } from '../../../src-shared/catalogue/document-number.ts'
import {
  severities,
  type Catalogue,
  type Category,
  type CrossCheck,
} from '../../../src-shared/catalogue/schema.ts'
import { useText } from '../../ui/text.ts'
import {
  checkNames,
  checkOf,
  checkParts,
  draftOf,
  newDraft,
  type CheckDraft,
  type CheckName,
  type CheckPart,
} from './check-parts.ts'
import { EditDrawer } from './edit-drawer.tsx'
import { ChoiceLine, ManyLine, TextLine } from './lines.tsx'
import { Problems } from './problems.tsx'
import { useStep } from './use-step.ts'
import { useCheckWords } from './words.ts'

interface CheckFormProps {
  readonly category: Category
  readonly working: Catalogue
  /** Its place in the list; null for a new one. */
  readonly place: number | null
  onClose(): void
}

/** One check: what is compared, of which fields, and what comes of it, told in one sentence as it is filled in. */
export function CheckForm({ category, working, place, onClose }: CheckFormProps) {
  const text = useText()
  const words = useCheckWords()
  const step = useStep()
  const before = place === null ? undefined : category.crossChecks[place]
  const [name, setName] = useState<CheckName>(before?.check ?? 'order')
  const [draft, setDraft] = useState<CheckDraft>(before === undefined ? newDraft : draftOf(before))
  const [severity, setSeverity] = useState<CrossCheck['severity']>(before?.severity ?? 'warning')
  const check = checkOf(name, draft, severity)
  const set = (part: string, value: string | readonly string[] | undefined) => {
    const { [part]: _old, ...rest } = draft
    setDraft(value === undefined || value === '' ? rest : { ...rest, [part]: value })
  }
  const save = () => {
    const { crossChecks } = category
    const next = place === null ? [...crossChecks, check] : crossChecks.with(place, check)
    if (step.take({ edit: 'checks', category: category.id, crossChecks: next })) onClose()
  }
  return (
    <EditDrawer
      title={text(place === null ? 'catalogue.check.add' : 'catalogue.check.change.title')}
      onSave={save}
      onClose={onClose}
    >
      <ChoiceLine<CheckName>
        id="check-kind"
        label={text('catalogue.check.kind')}
        value={name}
        options={checkNames.map((one) => ({ value: one, label: text(`catalogue.check.${one}`) }))}
        onChange={(next = name) => {
          setName(next)
          setDraft(newDraft)
        }}
      />
      {checkParts[name].map((part) => (
        <PartLine
          key={`${name}/${part.name}`}
          part={part}
          draft={draft}
          category={category}
          working={working}
          onChange={(value) => set(part.name, value)}
        />
      ))}
      <ChoiceLine<CrossCheck['severity']>
        id="check-severity"
        label={text('catalogue.check.severity')}
        value={severity}
        options={severities.map((one) => ({ value: one, label: text(`catalogue.severity.${one}`) }))}
        onChange={(next = severity) => setSeverity(next)}
      />
      <p className="line-hint" role="status">
        {isSaid(name, draft) ? words(check, category, working) : ''}
      </p>
      <Problems problems={step.problems} versions={[working]} />
    </EditDrawer>
  )
}

/** Whether the places that the sentence names are chosen: before that it would quote nothing. */
function isSaid(name: CheckName, draft: CheckDraft): boolean {
  return checkParts[name].every(
    (part) => part.kind === 'codes' || 'isOptional' in part || draft[part.name] !== undefined,
  )
}

interface PartLineProps {
  readonly part: CheckPart
  readonly draft: CheckDraft
  readonly category: Category
  readonly working: Catalogue
  onChange(value: string | readonly string[] | undefined): void
}

function PartLine({ part, draft, category, working, onChange }: PartLineProps) {
  const text = useText()
  const value = draft[part.name]
  const one = typeof value === 'string' ? value : undefined
  const many = Array.isArray(value) ? (value as readonly string[]) : []
  const line = { id: `check-${part.name}`, label: useLabel(part.name) }
  const other = findCategory(working, typeof draft['category'] === 'string' ? draft['category'] : '')
  switch (part.kind) {
    case 'own':
    case 'other':
    case 'owns': {
      const place = part.kind === 'other' ? other : category
      const options = (place === null ? [] : activeFields(place))
        .filter(({ kind }) => part.kinds === undefined || part.kinds.includes(kind))
        .map(({ id, label }) => ({ value: id, label }))
      if (part.kind === 'owns')
        return <ManyLine {...line} value={many} options={options} onChange={onChange} />
      return (
        <ChoiceLine<string>
          {...line}
          mayBeBlank={part.isOptional === true}
          value={one}
          options={options}
          onChange={onChange}
        />
      )
    }
    case 'codes': {
      const id = draft[part.of]
      const place = part.of === 'whereField' ? other : category
      const table = place?.fields.find((field) => field.id === id)?.table
      const items = working.codeTables.find((one) => one.id === table)?.items ?? []
      // Without a field to look at there is nothing to choose.
      if (items.length === 0 && part.of !== 'when') return null
      const options = items.map(({ code, label }) => ({ value: code, label }))
      return <ManyLine {...line} value={many} options={options} onChange={onChange} />
    }
    case 'number':
      return <TextLine {...line} maxLength={16} value={one ?? ''} onChange={onChange} />
    case 'category': {
      // What is kept apart is looked into only from there: an outcome would tell of it.
      const offered = activeCategories(working).filter(
        ({ compartment }) => compartment === 'archive' || category.compartment === 'discipline',
      )
      const options = offered.map(({ id, name }) => ({ value: id, label: `${id} ${name}` }))
      return <ChoiceLine<string> {...line} value={one} options={options} onChange={onChange} />
    }
    case 'direction': {
      const options = (['not-before', 'not-after'] as const).map((way) => ({
        value: way,
        label: text(`catalogue.check.${way}`),
      }))
      return <ChoiceLine<string> {...line} value={one} options={options} onChange={onChange} />
    }
  }
}

/** Parts that the first checks had keep their words. */
function useLabel(name: string): string {
  const text = useText()
  if (name === 'is') return text('catalogue.check.is')
  const format = documentFormats.find((one) => one === name)
  if (format !== undefined) return text(`catalogue.format.${format}`)
  if (name === 'tolerancePermille') return text('catalogue.check.tolerance')
  return text(`catalogue.check.role.${name as 'from'}`)
}
