import { Alert, Button, Skeleton } from 'antd'
import { useEffect, useState } from 'react'
import type { Category } from '../../../src-shared/catalogue/schema.ts'
import type { RevisionFact } from '../../../src-shared/contract/views.ts'
import type { CorrectionItem } from '../../../src-shared/contract/disclosure.ts'
import { copyNumber } from '../../../src-shared/disclosure/sheet-document.ts'
import type { Id } from '../../../src-shared/kernel/ids.ts'
import { entryPurpose } from '../../../src-shared/disclosure/purpose.ts'
import { useDesk } from '../../app/contexts.ts'
import { goTo, hrefOf } from '../../app/routes.ts'
import { useQuery } from '../../app/use-query.ts'
import { dropDraft, readDraft, type Draft, type DraftPlace } from '../../drafts/database.ts'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { momentText } from '../../ui/moment.ts'
import { PageHeader } from '../../ui/page-header.tsx'
import { useList, useText } from '../../ui/text.ts'
import {
  correctionOf,
  draftOfCorrection,
  emptyDraft,
  settledBy,
  type Correction,
  type EntryDraft,
} from './entry-draft.ts'
import { RivalNotice } from '../rivals/rival-notice.tsx'
import { CatalogueNotice } from './catalogue-notice.tsx'
import { EntryForm } from './entry-form.tsx'
import { samePlace, useEntry } from './entry-state.ts'
import { CopyLast } from './copy-last.tsx'
import { Submitted, type SubmittedRow } from './submitted.tsx'

/** A reason holds 500 characters; what the cadre said may be longer. */
const longestQuote = 480

interface FormPageProps {
  readonly category: Category
  readonly place: DraftPlace
  readonly cadreName: string
}

interface NewRecordPageProps extends FormPageProps {
  /** The correction request that the entry is for, or null. */
  readonly request: Id | null
  /** The archived entry of the category that was made last, or null. */
  readonly last: RevisionFact | null
}

/** A new record. */
export function NewRecordPage({ category, place, cadreName, request, last }: NewRecordPageProps) {
  const asked = useAsked(request)
  if (asked === undefined) return <Skeleton active />
  return (
    <FormPage
      category={category}
      place={place}
      cadreName={cadreName}
      correction={null}
      asked={asked}
      last={last}
    />
  )
}

/** What the cadre asked to have corrected: null without a request, undefined while it is read. */
function useAsked(request: Id | null): CorrectionItem | null | undefined {
  const input = { id: request, kind: null, cadre: null, after: null, limit: 1 }
  const register = useQuery('register.list', request === null ? null : input, [])
  if (request === null || register.failure !== null) return null
  if (register.data === null) return undefined
  const [item] = register.data.items
  return item?.kind === 'correction' && item.may.includes('correct') ? item : null
}

interface CorrectionPageProps {
  readonly category: Category
  readonly place: DraftPlace & { readonly record: string }
  readonly request: Id | null
}

/** A new revision of a record that is archived, or was sent back. */
export function CorrectionPage({ category, place, request }: CorrectionPageProps) {
  const text = useText()
  const asked = useAsked(request)
  const record = useQuery('record.read', { record: place.record, purpose: entryPurpose }, [])
  if (record.failure !== null) return <ErrorNotice failure={record.failure} onRetry={record.reload} />
  if (record.data === null || asked === undefined) return <Skeleton active />
  const correction = correctionOf(record.data)
  if (correction === null || !record.data.may.includes('correct')) {
    return <Alert type="warning" showIcon title={text('entry.not-correctable')} />
  }
  return (
    <FormPage
      category={category}
      place={place}
      cadreName={record.data.cadreName}
      correction={correction}
      asked={asked}
      last={null}
    />
  )
}

interface FormPageInnerProps extends FormPageProps {
  readonly correction: Correction | null
  readonly asked: CorrectionItem | null
  readonly last: RevisionFact | null
}

function FormPage({ category, place, cadreName, correction, asked, last }: FormPageInnerProps) {
  const text = useText()
  const list = useList()
  const { form, open, change } = useEntry()
  const { catalogue } = useDesk()
  // Undefined while the store is asked: the form must not be typed into before an older draft was offered.
  const [found, setFound] = useState<Draft<EntryDraft> | null | undefined>(undefined)
  const [done, setDone] = useState<SubmittedRow | null>(null)
  const [forgotten, setForgotten] = useState<readonly string[]>([])
  const key = JSON.stringify(place)
  useEffect(() => {
    const here = JSON.parse(key) as DraftPlace
    const { form: already } = useEntry.getState()
    if (already !== null && samePlace(already.place, here)) {
      if (asked !== null && already.draft.request !== asked.id) change({ request: asked.id })
      setFound(null)
      return
    }
    const fresh = correction === null ? emptyDraft(category, cadreName) : draftOfCorrection(correction)
    const begun = { ...fresh, catalogueVersion: catalogue.version }
    open(
      here,
      asked === null ? begun : { ...begun, request: asked.id, reason: reasonOf(asked) },
      correction === null ? [] : settledBy(correction),
    )
    void readDraft<EntryDraft>(here).then(setFound)
    // The form is opened once for its place; later answers of the core must not overwrite what is being typed.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [key])
  const takeUp = (draft: EntryDraft) => {
    setForgotten(draft.uploaded)
    const request = asked === null ? {} : { request: asked.id }
    open(place, { ...draft, ...request, uploaded: [] }, correction === null ? [] : settledBy(correction))
    setFound(null)
  }
  const reasonOf = ({ words }: CorrectionItem) =>
    text('entry.for-request.reason', { words: words.slice(0, longestQuote) })
  const discard = async () => {
    await dropDraft(place)
    setFound(null)
  }
  const title = text(correction === null ? 'entry.new' : 'entry.correction', { category: category.name })
  if (done !== null) {
    return (
      <Submitted
        category={category}
        cadre={place.cadre}
        cadreName={cadreName}
        row={done}
        onAgain={() => {
          setDone(null)
          if (place.record === null) open(place, emptyDraft(category, cadreName), [])
          else goTo('entry', place.cadre, category.id)
        }}
      />
    )
  }
  return (
    <div className="page entry-page">
      <PageHeader
        title={title}
        actions={<Button href={hrefOf('entry', place.cadre)}>{text('entry.other-category')}</Button>}
      >
        <p className="entry-cadre">
          <strong>{cadreName}</strong>
          <span className="category-id">{category.id}</span>
          <span>{text(`verification.${category.verification}`)}</span>
        </p>
      </PageHeader>
      {asked === null ? null : (
        <Alert
          type="info"
          showIcon
          title={text('entry.for-request', { number: copyNumber(asked.id), day: asked.dueOn })}
          description={asked.field === '' ? asked.words : `${asked.field}：${asked.words}`}
        />
      )}
      {correction === null ? null : <RivalNotice record={correction.record} />}
      <CatalogueNotice category={category} correction={correction} />
      {forgotten.length === 0 ? null : (
        <Alert
          type="warning"
          showIcon
          title={text('drafts.evidence', { names: list(forgotten) })}
          closable={{ onClose: () => setForgotten([]), 'aria-label': text('do.close') }}
        />
      )}
      {form === null || found === undefined || !samePlace(form.place, place) ? (
        <Skeleton active />
      ) : found !== null ? (
        <DraftOffer
          found={found}
          isStale={found.content.parent !== (correction?.record.head ?? null)}
          onContinue={() => takeUp(found.content)}
          onDiscard={() => void discard()}
        />
      ) : (
        <>
          {last === null ? null : <CopyLast category={category} last={last} />}
          <EntryForm category={category} form={form} correction={correction} onSubmitted={setDone} />
        </>
      )}
    </div>
  )
}

interface DraftOfferProps {
  readonly found: Draft<EntryDraft>
  readonly isStale: boolean
  onContinue(): void
  onDiscard(): void
}

/** Work that was begun earlier: taken up or given up before anything else is typed over it. */
function DraftOffer({ found, isStale, onContinue, onDiscard }: DraftOfferProps) {
  const text = useText()
  return (
    <Alert
      type={isStale ? 'warning' : 'info'}
      showIcon
      title={text('drafts.found', { at: momentText(found.savedAt) })}
      description={isStale ? text('drafts.stale') : null}
      action={
        <span className="alert-actions">
          <Button autoFocus type="primary" onClick={onContinue}>
            {text('drafts.continue')}
          </Button>
          <Button onClick={onDiscard}>{text('drafts.discard')}</Button>
        </span>
      }
    />
  )
}
