import { useState } from 'react'
import { activeFields } from '../../../src-shared/catalogue/read.ts'
import type { Catalogue, Category, Field } from '../../../src-shared/catalogue/schema.ts'
import { useText } from '../../ui/text.ts'
import { ColumnsEditor } from './columns-editor.tsx'
import { ChoiceLine, SwitchLine, TextLine } from './lines.tsx'

interface KindSettingsProps {
  readonly category: Category
  readonly draft: Field
  /** The field as the version in force has it; null for a new one. */
  readonly before: Field | null
  readonly working: Catalogue
  readonly wrong: ReadonlySet<string>
  onChange(field: Field): void
}

/** What periods, organisations, identity numbers and rows are asked beside what every field is. */
export function KindSettings({ category, draft, before, working, wrong, onChange }: KindSettingsProps) {
  const text = useText()
  const [limit, setLimit] = useState(String(draft.maximumRows ?? ''))
  const set = (property: keyof Field, value: Field[keyof Field] | undefined) => {
    const { [property]: _old, ...rest } = draft
    onChange((value === undefined ? rest : { ...rest, [property]: value }) as Field)
  }
  const flag = (property: 'closed' | 'codeRequired' | 'mayBeFuture') => (
    <SwitchLine
      id={`field-form-${property}`}
      label={text(`catalogue.property.${property}`)}
      value={draft[property] === true}
      onChange={(isSet) => set(property, isSet ? true : undefined)}
    />
  )
  switch (draft.kind) {
    case 'period':
      return (
        <>
          {flag('closed')}
          {flag('mayBeFuture')}
        </>
      )
    case 'organisation':
      return flag('codeRequired')
    case 'identityNumber': {
      const offered = {
        birth: activeFields(category).filter(({ kind }) => kind === 'date'),
        sex: activeFields(category).filter(({ kind, table }) => kind === 'code' && table === 'sex'),
        area: activeFields(category).filter(({ kind }) => kind === 'area'),
      }
      return (['birth', 'sex', 'area'] as const).map((target) => (
        <ChoiceLine
          key={target}
          id={`field-form-fills-${target}`}
          isWrong={wrong.has('fills')}
          label={text(`catalogue.fills.${target}`)}
          mayBeBlank
          value={draft.fills?.[target]}
          options={offered[target].map(({ id, label }) => ({ value: id, label }))}
          onChange={(id) => {
            const { [target]: _old, ...others } = draft.fills ?? {}
            const fills = id === undefined ? others : { ...others, [target]: id }
            set('fills', Object.keys(fills).length === 0 ? undefined : fills)
          }}
        />
      ))
    }
    case 'rows':
      return (
        <>
          <ColumnsEditor
            columns={draft.columns ?? []}
            kept={new Set(before?.columns?.map(({ id }) => id))}
            working={working}
            isWrong={wrong.has('columns')}
            onChange={(columns) => set('columns', columns)}
          />
          <TextLine
            id="field-form-maximumRows"
            isWrong={wrong.has('maximumRows')}
            label={text('catalogue.property.maximumRows')}
            maxLength={2}
            value={limit}
            onChange={(typed) => {
              setLimit(typed)
              set('maximumRows', typed.trim() === '' ? undefined : Number(typed))
            }}
          />
        </>
      )
    default:
      return null
  }
}
