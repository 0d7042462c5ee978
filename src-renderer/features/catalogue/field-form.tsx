import { useState } from 'react'
import {
  fieldKinds,
  type Catalogue,
  type Category,
  type Field,
  type FieldKind,
} from '../../../src-shared/catalogue/schema.ts'
import { useText } from '../../ui/text.ts'
import { EditDrawer } from './edit-drawer.tsx'
import { newColumn } from './columns-editor.tsx'
import { KindSettings } from './kind-settings.tsx'
import { ChoiceLine, ManyLine, SwitchLine, TextLine } from './lines.tsx'
import { Problems } from './problems.tsx'
import { tableName } from './words.ts'
import { useStep, wrongProperties } from './use-step.ts'

interface FieldFormProps {
  readonly category: Category
  /** Null for a new one. */
  readonly field: Field | null
  /** Whether it is in the version in force: then its kind stays. */
  readonly isKept: boolean
  readonly working: Catalogue
  onClose(): void
}

/** One field. */
export function FieldForm({ category, field, isKept, working, onClose }: FieldFormProps) {
  const text = useText()
  const step = useStep()
  const [draft, setDraft] = useState<Field>(
    field ?? { id: freeId(category), label: '', kind: 'text' as const },
  )
  const [length, setLength] = useState(String(field?.maximumLength ?? ''))
  const wrong = wrongProperties(step.problems, { category: category.id, field: draft.id })
  const name = (property: string) => ({ id: `field-form-${property}`, isWrong: wrong.has(property) })
  const set = (property: keyof Field, value: Field[keyof Field] | undefined) => {
    const { [property]: _old, ...rest } = draft
    setDraft((value === undefined || value === '' ? rest : { ...rest, [property]: value }) as Field)
  }
  const flag = (property: keyof Field) => (isSet: boolean) => set(property, isSet ? true : undefined)
  const { kind } = draft
  const isText = kind === 'text' || kind === 'longText'
  const save = () => {
    const { maximumLength: _length, ...rest } = draft
    const typed = isText && length.trim() !== '' ? { maximumLength: Number(length) } : {}
    const whole: Field = { ...rest, label: rest.label.trim(), ...typed }
    if (step.take({ edit: 'field', category: category.id, field: whole })) onClose()
  }
  return (
    <EditDrawer
      title={text(field === null ? 'catalogue.field.add' : 'catalogue.field.change')}
      onSave={save}
      onClose={onClose}
    >
      <TextLine
        {...name('label')}
        label={text('catalogue.property.label')}
        isRequired
        value={draft.label}
        onChange={(label) => setDraft({ ...draft, label })}
      />
      <ChoiceLine<FieldKind>
        {...name('kind')}
        label={text('catalogue.property.kind')}
        hint={isKept ? text('catalogue.kind.fixed') : ''}
        isFixed={isKept}
        value={kind}
        options={fieldKinds.map((one) => ({ value: one, label: text(`catalogue.kind.${one}`) }))}
        onChange={(chosen = kind) =>
          setDraft({
            ...plain(draft, chosen),
            ...(chosen === 'rows' ? { columns: [newColumn([])] } : {}),
          })
        }
      />
      {kind === 'code' || kind === 'area' ? (
        <ChoiceLine
          {...name('table')}
          label={text('catalogue.property.table')}
          isFixed={isKept}
          value={draft.table}
          options={offeredTables(working, kind).map(({ id, source }) => ({
            value: id,
            label: `${tableName(working, id) ?? id}（${source}）`,
          }))}
          onChange={(table) => set('table', table)}
        />
      ) : null}
      {draft.retired === true ? null : (
        <>
          <SwitchLine
            id="field-form-required"
            label={text('catalogue.property.required')}
            value={draft.required === true}
            onChange={flag('required')}
          />
          <SwitchLine
            id="field-form-critical"
            label={text('catalogue.property.critical')}
            hint={text('fields.critical.hint')}
            value={draft.critical === true}
            onChange={flag('critical')}
          />
        </>
      )}
      <SwitchLine
        id="field-form-identifying"
        label={text('catalogue.property.identifying')}
        hint={text('catalogue.identifying.hint')}
        value={draft.identifying === true}
        onChange={flag('identifying')}
      />
      <KindSettings
        category={category}
        draft={draft}
        before={isKept ? field : null}
        working={working}
        wrong={wrong}
        onChange={setDraft}
      />
      {kind === 'date' ? (
        <SwitchLine
          id="field-form-future"
          label={text('catalogue.property.mayBeFuture')}
          value={draft.mayBeFuture === true}
          onChange={flag('mayBeFuture')}
        />
      ) : null}
      <TextLine
        {...name('guidance')}
        label={text('catalogue.property.guidance')}
        isLong
        maxLength={2000}
        value={draft.guidance ?? ''}
        onChange={(guidance) => set('guidance', guidance)}
      />
      {kind === 'number' ? (
        <TextLine
          {...name('unit')}
          label={text('catalogue.property.unit')}
          maxLength={10}
          value={draft.unit ?? ''}
          onChange={(unit) => set('unit', unit)}
        />
      ) : null}
      {isText ? (
        <TextLine
          {...name('maximumLength')}
          label={text('catalogue.property.maximumLength')}
          maxLength={5}
          value={length}
          onChange={setLength}
        />
      ) : null}
      {kind === 'number' || kind === 'money'
        ? (['minimum', 'maximum'] as const).map((property) => (
            <TextLine
              key={property}
              {...name(property)}
              isWrong={wrong.has(property) || wrong.has('bounds')}
              label={text(`catalogue.property.${property}`)}
              maxLength={30}
              value={draft[property] ?? ''}
              onChange={(bound) => set(property, bound)}
            />
          ))
        : null}
      <ManyLine
        {...name('synonyms')}
        label={text('catalogue.property.synonyms')}
        hint={text('catalogue.synonyms.hint')}
        isOpen
        value={draft.synonyms ?? []}
        options={[]}
        onChange={(synonyms) => set('synonyms', synonyms.length === 0 ? undefined : synonyms)}
      />
      <Problems problems={step.problems} versions={[working]} />
    </EditDrawer>
  )
}

/** A table of areas is one whose codes are all those of GB/T 2260. */
function offeredTables(working: Catalogue, kind: FieldKind) {
  if (kind !== 'area') return working.codeTables
  return working.codeTables.filter(({ items }) => items.every(({ code }) => /^\d{6}$/.test(code)))
}

/** A new field has no name of its own before it is labelled; its id is never shown and never changes. */
function freeId(category: Category): string {
  const taken = new Set(category.fields.map(({ id }) => id))
  let number = category.fields.length + 1
  while (taken.has(`item${number}`)) number += 1
  return `item${number}`
}

/** What every kind of field has. */
function plain(
  { id, label, identifying, required, critical, guidance, synonyms }: Field,
  kind: FieldKind,
): Field {
  const kept = { identifying, required, critical, guidance, synonyms }
  const set = Object.entries(kept).filter(([, value]) => value !== undefined)
  return { id, label, kind, ...Object.fromEntries(set) }
}
