import { Radio } from 'antd'
import { useEffect, useMemo } from 'react'
import type { Catalogue, Category } from '../../../src-shared/catalogue/schema.ts'
import type { CategoryDeclaration } from '../../../src-shared/catalogue/values.ts'
import { DeskContext, useDesk } from '../../app/contexts.ts'
import { today } from '../../ui/moment.ts'
import { useClauses, useList, useText } from '../../ui/text.ts'
import { askedFields, checkEntry } from '../entry/entry-check.ts'
import { emptyDraft } from '../entry/entry-draft.ts'
import { useEntry } from '../entry/entry-state.ts'
import { FieldControl } from '../entry/field-control.tsx'
import { openingWords } from './opening-words.ts'

interface FormPreviewProps {
  readonly category: Category
  readonly catalogue: Catalogue
}

/** The form as a clerk will see it, to be tried out; nothing that is typed here is kept. */
export function FormPreview({ category, catalogue }: FormPreviewProps) {
  const text = useText()
  const speech = { text, list: useList(), clauses: useClauses() }
  const desk = useDesk()
  const under = useMemo(() => ({ ...desk, catalogue }), [desk, catalogue])
  const { form, change } = useEntry()
  useEffect(() => {
    // An entry that is open elsewhere is put aside, and taken up again when one leaves.
    const aside = useEntry.getState().form
    const place = { cadre: 'preview', category: category.id, record: null }
    useEntry.getState().open(place, emptyDraft(category, ''), [])
    return () => useEntry.setState({ form: aside })
  }, [category])
  const check = useMemo(
    () => (form === null ? null : checkEntry(category, catalogue, form.draft, today())),
    [category, catalogue, form],
  )
  if (form === null || check === null || form.place.cadre !== 'preview') return null
  return (
    <DeskContext value={under}>
      <div className="catalogue-preview" role="group" aria-label={text('catalogue.preview')}>
        {category.declarations.length < 2 ? null : (
          <fieldset className="entry-declaration">
            <legend>{text('fields.declaration')}</legend>
            <Radio.Group
              optionType="button"
              value={form.draft.declaration}
              options={category.declarations.map((declaration) => ({
                value: declaration,
                label: text(`declaration.${declaration}`),
              }))}
              onChange={(event) => change({ declaration: event.target.value as CategoryDeclaration })}
            />
          </fieldset>
        )}
        <div className="entry-grid">
          {askedFields(category, form.draft).map((field) => (
            <FieldControl
              key={field.id}
              field={field}
              findings={check.findings.filter((finding) => finding.field === field.id)}
            />
          ))}
        </div>
        {category.openedBy === undefined ? null : (
          <p className="prose-faint">
            {text('catalogue.opening.preview', {
              openings: speech.clauses(category.openedBy.map((one) => openingWords(one, catalogue, speech))),
            })}
          </p>
        )}
        <p className="prose-faint">{category.guidance}</p>
        <p className="prose-faint">{category.legalBasis}</p>
      </div>
    </DeskContext>
  )
}
