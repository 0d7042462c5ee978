import { useState } from 'react'
import { activeCategories, activeFields, findCategory } from '../../../src-shared/catalogue/read.ts'
import { stageTable, type Catalogue, type Category } from '../../../src-shared/catalogue/schema.ts'
import { useClauses, useList, useText } from '../../ui/text.ts'
import { EditDrawer } from './edit-drawer.tsx'
import { ChoiceLine, ManyLine, TextLine } from './lines.tsx'
import {
  draftOfOpening,
  missingLines,
  mostDays,
  newOpening,
  openingNames,
  openingOf,
  type OpeningDraft,
  type OpeningName,
} from './opening-draft.ts'
import { openingWords } from './opening-words.ts'
import { Problems } from './problems.tsx'
import { useStep } from './use-step.ts'

interface OpeningFormProps {
  readonly category: Category
  readonly working: Catalogue
  /** Its place in the list; null for a new one. */
  readonly place: number | null
  onClose(): void
}

/** One opening: what happens, where it is seen, and how long one has, told in one sentence as it is filled in. */
export function OpeningForm({ category, working, place, onClose }: OpeningFormProps) {
  const text = useText()
  const speech = { text, list: useList(), clauses: useClauses() }
  const step = useStep()
  const { openedBy = [] } = category
  const begun = place === null ? undefined : openedBy[place]
  const [draft, setDraft] = useState<OpeningDraft>(
    begun === undefined ? newOpening('recorded') : draftOfOpening(begun),
  )
  const { when } = draft
  const missing = missingLines(draft)
  const opening = openingOf(draft)
  const change = (next: Partial<OpeningDraft>) => setDraft({ ...draft, ...next })
  const line = (name: keyof OpeningDraft) => ({
    id: `opening-${name}`,
    isWrong: step.problems !== null && missing.has(name),
  })
  const save = () => {
    const next = place === null ? [...openedBy, opening] : openedBy.with(place, opening)
    if (step.take({ edit: 'openings', category: category.id, openedBy: next })) onClose()
  }
  const stages = working.codeTables.find(({ id }) => id === stageTable)?.items ?? []
  const daysName = when === 'before' ? 'days' : 'withinWorkingDays'
  return (
    <EditDrawer
      title={text(place === null ? 'catalogue.opening.add' : 'catalogue.opening.change.title')}
      onSave={save}
      onClose={onClose}
    >
      <ChoiceLine<OpeningName>
        id="opening-when"
        label={text('catalogue.opening.when')}
        value={when}
        options={openingNames.map((one) => ({ value: one, label: text(`catalogue.opening.${one}`) }))}
        onChange={(next = when) => setDraft(newOpening(next))}
      />
      {when === 'stage' ? (
        <ManyLine
          {...line('stages')}
          label={text('catalogue.opening.stages')}
          value={draft.stages}
          options={offered(stages, draft.stages)}
          onChange={(next) => change({ stages: next })}
        />
      ) : null}
      {when === 'opened' || when === 'stage' ? null : (
        <WatchedLines category={category} working={working} draft={draft} line={line} onChange={change} />
      )}
      <TextLine
        {...line('days')}
        label={text(`catalogue.opening.${daysName}`)}
        hint={text(`catalogue.opening.${daysName}.hint`, { most: mostDays(when) })}
        isRequired
        maxLength={3}
        value={draft.days}
        onChange={(days) => change({ days })}
      />
      <p className="line-hint" role="status">
        {missing.size === 0 ? openingWords(opening, working, speech) : ''}
      </p>
      <Problems problems={step.problems} versions={[working]} />
    </EditDrawer>
  )
}

interface WatchedLinesProps {
  readonly category: Category
  readonly working: Catalogue
  readonly draft: OpeningDraft
  line(name: keyof OpeningDraft): { readonly id: string; readonly isWrong: boolean }
  onChange(next: Partial<OpeningDraft>): void
}

/** Which records are watched, and which of their days counts. */
function WatchedLines({ category, working, draft, line, onChange }: WatchedLinesProps) {
  const text = useText()
  const { when, on, whereField, whereIs, unless } = draft
  const watched = findCategory(working, draft.category)
  // What is due here would tell what stands in another compartment; and a category does not open itself.
  const categories = activeCategories(working)
    .filter(({ compartment }) => compartment === category.compartment)
    .filter(({ id }) => when !== 'recorded' || id !== category.id)
  const fields = watched === null ? [] : activeFields(watched)
  const choices = (kind?: string) =>
    fields
      .filter((field) => kind === undefined || field.kind === kind)
      .map(({ id, label }) => ({ value: id, label }))
  const table = watched?.fields.find(({ id }) => id === whereField)?.table
  const items = working.codeTables.find(({ id }) => id === table)?.items ?? []
  return (
    <>
      <ChoiceLine<string>
        {...line('category')}
        label={text('catalogue.opening.category')}
        value={blankOr(draft.category)}
        options={categories.map(({ id, name }) => ({ value: id, label: `${id} ${name}` }))}
        onChange={(next = '') => onChange({ ...newOpening(when), category: next, days: draft.days })}
      />
      <ChoiceLine<string>
        {...line('on')}
        label={text('catalogue.opening.on')}
        {...(when === 'recorded' ? { hint: text('catalogue.opening.on.hint') } : {})}
        mayBeBlank={when === 'recorded'}
        value={blankOr(on)}
        options={choices('date')}
        onChange={(next = '') => onChange({ on: next })}
      />
      <ChoiceLine<string>
        {...line('whereField')}
        label={text('catalogue.opening.whereField')}
        hint={text('catalogue.opening.whereField.hint')}
        mayBeBlank
        value={blankOr(whereField)}
        options={choices('code')}
        onChange={(next = '') => onChange({ whereField: next, whereIs: [] })}
      />
      {whereField === '' ? null : (
        <ManyLine
          {...line('whereIs')}
          label={text('catalogue.opening.whereIs')}
          value={whereIs}
          options={offered(items, whereIs)}
          onChange={(next) => onChange({ whereIs: next })}
        />
      )}
      <ChoiceLine<string>
        {...line('unless')}
        label={text('catalogue.opening.unless')}
        mayBeBlank
        value={blankOr(unless)}
        options={choices()}
        onChange={(next = '') => onChange({ unless: next })}
      />
    </>
  )
}

function blankOr(value: string): string | undefined {
  return value === '' ? undefined : value
}

interface Item {
  readonly code: string
  readonly label: string
  readonly retired?: boolean
}

/** What may be chosen: what is in use, and what was chosen before it went out of use. */
function offered(items: readonly Item[], chosen: readonly string[]) {
  return items
    .filter(({ code, retired }) => retired !== true || chosen.includes(code))
    .map(({ code, label }) => ({ value: code, label }))
}
