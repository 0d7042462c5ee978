import { Alert, Button, Skeleton } from 'antd'
import { useEffect, useState } from 'react'
import type { Category } from '../../../src-shared/catalogue/schema.ts'
import { entryPurpose } from '../../../src-shared/disclosure/purpose.ts'
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
import { EntryForm } from './entry-form.tsx'
import { samePlace, useEntry } from './entry-state.ts'
import { Submitted } from './submitted.tsx'

interface FormPageProps {
  readonly category: Category
  readonly place: DraftPlace
  readonly cadreName: string
}

/** A new record. */
export function NewRecordPage({ category, place, cadreName }: FormPageProps) {
  return <FormPage category={category} place={place} cadreName={cadreName} correction={null} />
}

interface CorrectionPageProps {
  readonly category: Category
  readonly place: DraftPlace & { readonly record: string }
}

/** A new revision of a record that is archived, or was sent back. */
export function CorrectionPage({ category, place }: CorrectionPageProps) {
  const text = useText()
  const record = useQuery('record.read', { record: place.record, purpose: entryPurpose }, [])
  if (record.failure !== null) return <ErrorNotice failure={record.failure} onRetry={record.reload} />
  if (record.data === null) return <Skeleton active />
  const correction = correctionOf(record.data)
  if (correction === null || !record.data.may.includes('correct')) {
    return <Alert type="warning" showIcon title={text('entry.not-correctable')} />
  }
  return (
    <FormPage category={category} place={place} cadreName={record.data.cadreName} correction={correction} />
  )
}

interface FormPageInnerProps extends FormPageProps {
  readonly correction: Correction | null
}

function FormPage({ category, place, cadreName, correction }: FormPageInnerProps) {
  const text = useText()
  const list = useList()
  const { form, open } = useEntry()
  // Undefined while the store is asked: the form must not be typed into before an older draft was offered.
  const [found, setFound] = useState<Draft<EntryDraft> | null | undefined>(undefined)
  const [isDone, setDone] = useState(false)
  const [forgotten, setForgotten] = useState<readonly string[]>([])
  const key = JSON.stringify(place)
  useEffect(() => {
    const here = JSON.parse(key) as DraftPlace
    const { form: already } = useEntry.getState()
    if (already !== null && samePlace(already.place, here)) {
      setFound(null)
      return
    }
    open(
      here,
      correction === null ? emptyDraft(category, cadreName) : draftOfCorrection(correction),
      correction === null ? [] : settledBy(correction),
    )
    void readDraft<EntryDraft>(here).then(setFound)
    // The form is opened once for its place; later answers of the core must not overwrite what is being typed.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [key])
  const takeUp = (draft: EntryDraft) => {
    setForgotten(draft.uploaded)
    open(place, { ...draft, uploaded: [] }, correction === null ? [] : settledBy(correction))
    setFound(null)
  }
  const discard = async () => {
    await dropDraft(place)
    setFound(null)
  }
  const title = text(correction === null ? 'entry.new' : 'entry.correction', { category: category.name })
  if (isDone) {
    return (
      <Submitted
        category={category}
        cadre={place.cadre}
        cadreName={cadreName}
        onAgain={() => {
          setDone(false)
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
        <EntryForm category={category} form={form} onSubmitted={() => setDone(true)} />
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
