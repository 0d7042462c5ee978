import { AutoComplete, Input, Select } from 'antd'
import { sourceKinds, type SourceKind } from '../../../src-shared/contract/views.ts'
import { FormLine } from '../../ui/form-line.tsx'
import { useText } from '../../ui/text.ts'
import { onSuggestionEnter } from './entry-keys.ts'
import { useEntry } from './entry-state.ts'

/** A person enters from these; `import` is what the import says of itself. */
const kinds = sourceKinds.filter((kind) => kind !== 'import')
const usualReasons = ['first', 'periodic', 'change', 'correction'] as const

/** Where the facts come from, and why they are entered now. */
export function SourceFields({ isCorrection }: { readonly isCorrection: boolean }) {
  const text = useText()
  const { form, change, touch } = useEntry()
  if (form === null) return null
  const { source, reason } = form.draft
  const isTold = (field: string) => form.touched.has(field) || form.wasTried
  const lacksFrom = source.from.trim() === '' && isTold('source')
  const lacksReason = isCorrection && reason.trim() === '' && isTold('reason')
  return (
    <>
      <FormLine id="source-kind" label={text('entry.source.kind')}>
        <Select<SourceKind>
          id="source-kind"
          className="fill"
          value={source.kind}
          options={kinds.map((kind) => ({ value: kind, label: text(`source.${kind}`) }))}
          onChange={(kind) => change({ source: { ...source, kind } })}
        />
      </FormLine>
      <FormLine
        id="source-from"
        label={text('entry.source.from')}
        isRequired
        hint={text('entry.source.from.hint')}
        error={lacksFrom ? text('entry.source.from.missing') : null}
      >
        <Input
          id="source-from"
          aria-required
          aria-invalid={lacksFrom}
          aria-describedby="source-from-notes"
          {...(lacksFrom ? { status: 'error' as const } : {})}
          maxLength={100}
          value={source.from}
          onChange={(event) => change({ source: { ...source, from: event.target.value } })}
          onBlur={() => touch('source')}
        />
      </FormLine>
      <FormLine
        id="source-reference"
        label={text('entry.source.reference')}
        hint={text('entry.source.reference.hint')}
      >
        <Input
          id="source-reference"
          maxLength={200}
          value={source.reference}
          onChange={(event) => change({ source: { ...source, reference: event.target.value } })}
        />
      </FormLine>
      <FormLine
        id="entry-reason"
        label={text('entry.reason')}
        isRequired={isCorrection}
        error={lacksReason ? text('entry.reason.missing') : null}
      >
        <AutoComplete
          id="entry-reason"
          className="fill"
          aria-required={isCorrection}
          aria-invalid={lacksReason}
          aria-describedby="entry-reason-notes"
          {...(lacksReason ? { status: 'error' as const } : {})}
          maxLength={500}
          value={reason}
          options={usualReasons.map((usual) => ({ value: text(`entry.reason.${usual}`) }))}
          onChange={(typed: string) => change({ reason: typed })}
          onKeyDown={onSuggestionEnter}
          onBlur={() => touch('reason')}
        />
      </FormLine>
    </>
  )
}
