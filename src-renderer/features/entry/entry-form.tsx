import { Alert, Button, Radio } from 'antd'
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import type { Finding } from '../../../src-shared/catalogue/findings.ts'
import type { Category } from '../../../src-shared/catalogue/schema.ts'
import type { CategoryDeclaration } from '../../../src-shared/catalogue/values.ts'
import type { Digest, Id } from '../../../src-shared/kernel/ids.ts'
import { useDesk } from '../../app/contexts.ts'
import { useAction } from '../../app/use-action.ts'
import { dropDraft } from '../../drafts/database.ts'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { momentText, today } from '../../ui/moment.ts'
import { useText } from '../../ui/text.ts'
import { askedFields, checkEntry, type EntryCheck } from './entry-check.ts'
import { keepFocus, onEnter, useEntryKeys } from './entry-keys.ts'
import { BesidePreview } from './beside-preview.tsx'
import type { Correction } from './entry-draft.ts'
import { useEntry, type EntryForm as Form } from './entry-state.ts'
import { withKnownPieces } from './entry-pieces.ts'
import { EvidenceField } from './evidence-field.tsx'
import { piecesOf, type PieceId } from './evidence-pieces.ts'
import { FieldControl } from './field-control.tsx'
import { SourceFields } from './source-fields.tsx'
import { findingKey, standingExplanations } from './explanations.ts'
import { useAutosave } from './use-autosave.ts'
import { useRecordCheck } from './use-record-check.ts'
import { WarningNotes } from './warning-notes.tsx'

interface EntryFormProps {
  readonly category: Category
  readonly form: Form
  /** What is corrected; null for a new record. */
  readonly correction: Correction | null
  onSubmitted(row: { readonly record: Id; readonly revision: Digest }): void
}

/** The form of a category, made from the catalogue, usable without a mouse. */
export function EntryForm({ category, form, correction, onSubmitted }: EntryFormProps) {
  const text = useText()
  const { catalogue } = useDesk()
  const { change, setTried, close } = useEntry()
  const submitting = useAction('record.submit')
  const save = useAutosave()
  const [isRefused, setRefused] = useState(false)
  const [isWarned, setWarned] = useState(false)
  const [chosen, setChosen] = useState<PieceId | null>(null)
  const body = useRef<HTMLFormElement>(null)
  const { draft, place, uploads } = form
  useLayoutEffect(() => {
    // The hands are on the keys already: begin at the first field, from the moment that there is one.
    firstField(body.current)?.focus()
  }, [])
  const own = useMemo(() => checkEntry(category, catalogue, draft, today()), [category, catalogue, draft])
  const beside = useRecordCheck(category, place, draft.declaration === 'present' ? own.values : null)
  const check = useMemo(() => withBeside(own, beside.findings), [own, beside.findings])
  const seen = useRef<ReadonlySet<string>>(new Set())
  useEffect(() => {
    // What has been on the screen need not stop anybody again.
    seen.current = new Set([...seen.current, ...check.findings.map(findingKey)])
  }, [check.findings])
  // What was never archived is entered, not corrected, however often it was sent back.
  const isCorrection = draft.parent !== null
  const isSending = uploads.some((upload) => upload.upload === null && upload.failure === null)
  const gaps = gapsOf(category, form, isCorrection)
  const general = check.findings.filter(
    (finding) => finding.field === undefined && finding.severity === 'error',
  )

  const submit = async () => {
    setTried()
    const known = seen.current
    const now = withBeside(own, await beside.now())
    const isComplete = !now.hasErrors && gaps.length === 0
    setRefused(!isComplete)
    const isNew = now.findings.some(
      (finding) => finding.severity === 'warning' && !known.has(findingKey(finding)),
    )
    setWarned(isComplete && isNew)
    if (!isComplete) {
      requestAnimationFrame(() => showFirstError(body.current))
      return
    }
    // What nobody has read yet is read first; asked again, it is submitted as it stands.
    if (isSending || isNew) return
    const result = await submitting.run({
      record: place.record,
      parent: draft.parent,
      settles: [...form.settles],
      cadre: place.cadre,
      category: category.id,
      declaration: draft.declaration,
      values: withKnownPieces(category, draft, uploads, check.values),
      source: {
        kind: draft.source.kind,
        from: draft.source.from.trim(),
        reference: draft.source.reference.trim() === '' ? null : draft.source.reference.trim(),
      },
      reason: draft.reason,
      evidence: [
        ...draft.kept.map((line) => ({ kept: line.hash })),
        ...uploads.flatMap((upload) => (upload.upload === null ? [] : [{ upload: upload.upload }])),
      ],
      explanations: standingExplanations(draft.explanations ?? [], now.findings),
      request: draft.request ?? null,
    })
    if (!result.ok) return
    close()
    await dropDraft(place)
    onSubmitted(result.value)
  }

  const pieces = piecesOf(form)
  const shown = chosen !== null && pieces.includes(chosen) ? chosen : null
  const preview = useRef<HTMLElement>(null)
  const left = useRef<HTMLElement | null>(null)
  const show = (piece: PieceId | null) => {
    const isInside = preview.current?.contains(document.activeElement) === true
    setChosen(piece)
    // Whoever closes it from within goes on where they were.
    if (piece === null && isInside) (left.current ?? firstField(body.current))?.focus()
  }
  const turn = () => {
    const { activeElement } = document
    if (preview.current?.contains(activeElement) === true) {
      ;(left.current ?? firstField(body.current))?.focus()
      return
    }
    left.current = activeElement instanceof HTMLElement ? activeElement : null
    const piece = shown ?? pieces[0]
    if (piece === undefined) return
    // At once: the key that follows, on however slow a machine, is meant for the evidence.
    flushSync(() => setChosen(piece))
    focusWithin(preview.current)
  }
  useEntryKeys({ save: () => void save(), submit: () => void submit(), turn })

  return (
    <form
      ref={body}
      className={shown === null ? 'entry' : 'entry has-preview'}
      aria-label={category.name}
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        void submit()
      }}
      onKeyDown={onEnter}
      onMouseDown={keepFocus}
    >
      <div className="entry-fields">
        {category.declarations.length < 2 ? null : (
          <fieldset className="entry-declaration">
            <legend>{text('fields.declaration')}</legend>
            <Radio.Group
              optionType="button"
              buttonStyle="solid"
              value={draft.declaration}
              options={category.declarations.map((declaration) => ({
                value: declaration,
                label: text(`declaration.${declaration}`),
              }))}
              onChange={(event) => change({ declaration: event.target.value as CategoryDeclaration })}
            />
            {draft.declaration === 'present' ? null : (
              <p className="line-hint">{text(`declaration.${draft.declaration}.hint`)}</p>
            )}
          </fieldset>
        )}
        <div className="entry-grid">
          {askedFields(category, draft).map((field) => (
            <FieldControl
              key={field.id}
              field={field}
              findings={check.findings.filter((finding) => finding.field === field.id)}
            />
          ))}
        </div>
        <WarningNotes category={category} findings={check.findings} />
        {general.map((finding) => (
          <Alert key={finding.code} type="error" title={text(`finding.${finding.code}`)} />
        ))}
      </div>
      <aside className="entry-side" aria-label={text('entry.side')}>
        <details className="guidance" open>
          <summary>{text('entry.guidance')}</summary>
          <p>{category.guidance}</p>
          <p className="legal">{category.legalBasis}</p>
        </details>
        <SourceFields isCorrection={isCorrection} />
        <EvidenceField category={category} shown={shown} onShow={show} />
      </aside>
      {shown === null ? null : (
        <BesidePreview form={form} correction={correction} piece={shown} place={preview} onShow={show} />
      )}
      <div className="entry-foot">
        {isRefused && (check.hasErrors || gaps.length > 0) ? (
          <div className="entry-gaps" role="alert">
            {check.hasErrors ? (
              <span>
                {text('entry.errors', {
                  count: check.findings.filter((finding) => finding.severity === 'error').length,
                })}
              </span>
            ) : null}
            {gaps.map((gap) => (
              <span key={gap}>{text(gap)}</span>
            ))}
          </div>
        ) : null}
        {isWarned && !isRefused ? (
          <div className="entry-gaps is-warning" role="alert">
            <span>{text('entry.warned')}</span>
          </div>
        ) : null}
        <ErrorNotice failure={submitting.failure} onClose={submitting.clear} />
        <div className="entry-actions">
          <Button
            type="primary"
            htmlType="submit"
            data-submit
            loading={submitting.isBusy}
            disabled={isSending}
          >
            {text('entry.submit')}
            <kbd>Ctrl+Enter</kbd>
          </Button>
          <Button onClick={() => void save()}>
            {text('entry.save')}
            <kbd>Ctrl+S</kbd>
          </Button>
          <span className="entry-saved" role="status">
            {isSending
              ? text('entry.sending')
              : form.isDirty
                ? text('entry.unsaved')
                : form.savedAt === null
                  ? text('entry.autosave')
                  : text('entry.saved', { at: momentText(form.savedAt) })}
          </span>
        </div>
      </div>
    </form>
  )
}

/** What the form says of itself, and what the other records say of it. */
function withBeside(own: EntryCheck, beside: readonly Finding[]): EntryCheck {
  const findings = [...own.findings, ...beside]
  return { values: own.values, findings, hasErrors: findings.some(({ severity }) => severity === 'error') }
}

function firstField(form: HTMLFormElement | null): HTMLElement | null {
  return form?.querySelector<HTMLElement>('.entry-grid input, .entry-grid textarea') ?? null
}

/** The frame of the preview, or what stands in its place until the piece is read. */
function focusWithin(preview: HTMLElement | null): void {
  const frame = preview?.querySelector<HTMLElement>('[tabindex="0"]')
  ;(frame ?? preview?.querySelector<HTMLElement>('button:enabled'))?.focus()
}

function showFirstError(form: HTMLFormElement | null): void {
  const field = form?.querySelector<HTMLElement>('[aria-invalid=true]')
  field?.scrollIntoView({ block: 'center' })
  field?.focus({ preventScroll: true })
}

type Gap =
  | 'entry.source.from.missing'
  | 'entry.reason.missing'
  | 'entry.evidence.missing'
  | 'entry.evidence.failed'

/** What the fields do not say: source, reason of a correction, evidence where it is required. */
function gapsOf(category: Category, form: Form, isCorrection: boolean): readonly Gap[] {
  const { draft, uploads } = form
  const gaps: Gap[] = []
  if (draft.source.from.trim() === '') gaps.push('entry.source.from.missing')
  if (isCorrection && draft.reason.trim() === '') gaps.push('entry.reason.missing')
  const pieces = draft.kept.length + uploads.filter((upload) => upload.failure === null).length
  if (category.evidence === 'required' && pieces === 0) gaps.push('entry.evidence.missing')
  // A file that failed would be missed only by the reviewers.
  if (uploads.some((upload) => upload.failure !== null)) gaps.push('entry.evidence.failed')
  return gaps
}
