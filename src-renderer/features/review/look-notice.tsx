import { Button } from 'antd'
import type { Category } from '../../../src-shared/catalogue/schema.ts'
import type { ComparisonView } from '../../../src-shared/contract/review-views.ts'
import type { RecordView, RevisionView } from '../../../src-shared/contract/views.ts'
import { useClauses, useText } from '../../ui/text.ts'
import type { Look } from '../record/look.ts'
import {
  changesLook,
  checksLook,
  evidenceLook,
  fieldLook,
  othersLook,
  rekeyLook,
} from '../record/look-ids.ts'
import { returnedBefore } from '../record/returned.ts'

interface Required {
  readonly category: Category
  readonly record: RecordView
  readonly revision: RevisionView
  /** Null while it is asked for; what cannot be had is not waited for. */
  readonly comparison: ComparisonView | 'failed' | null
}

/** What a reviewer has to have had on the screen before they sign that it is right or wrong, in the order of the page. */
export function requiredLooks({ category, record, revision, comparison }: Required): readonly string[] {
  const hasOthers = comparison === null || (comparison !== 'failed' && comparison.others.length > 0)
  return [
    ...(revision.rekey?.lines == null ? [] : [rekeyLook]),
    ...['', ...category.fields.map(({ id }) => id)].map(fieldLook),
    ...(returnedBefore(record, revision) === null ? [] : [changesLook]),
    ...(hasOthers ? [othersLook] : []),
    checksLook,
    ...revision.evidence.map(({ hash }) => evidenceLook(hash)),
  ]
}

/** Of what is required, what has not been seen yet. */
export function unseen(seen: Look['seen'], required: readonly string[]): readonly string[] {
  return required.filter((id) => !seen.has(id))
}

/** What is still to be looked at before an opinion can be signed, with a way to the next of it. */
export function LookNotice({ missing }: { readonly missing: readonly string[] }) {
  const text = useText()
  const clauses = useClauses()
  if (missing.length === 0) return null
  const count = (start: string) => missing.filter((id) => id.startsWith(start)).length
  const fields = count('field:')
  const evidence = count('evidence:')
  const words = [
    ...(evidence === 0 ? [] : [text('look.evidence', { count: evidence })]),
    ...(fields === 0 ? [] : [text('look.fields', { count: fields })]),
    ...(missing.includes(rekeyLook) ? [text('rekey.title')] : []),
    ...(missing.includes(changesLook) ? [text('changes.title')] : []),
    ...(missing.includes(othersLook) ? [text('sources.title')] : []),
    ...(missing.includes(checksLook) ? [text('record.findings')] : []),
  ]
  return (
    <p className="look-notice" role="status">
      <span>{text('look.missing', { what: clauses(words) })}</span>
      <Button size="small" onClick={() => showNext(missing)}>
        {text('look.next')}
      </Button>
      <span className="prose-faint">{text('look.why')}</span>
    </p>
  )
}

/** Brings the first of them into sight; a piece of evidence is opened. */
function showNext(missing: readonly string[]): void {
  for (const id of missing) {
    const [kind = '', name = ''] = id.split(':')
    if (kind === 'evidence') {
      const button = document.querySelector<HTMLElement>(`[data-evidence="${name}"]`)
      if (button === null) continue
      button.scrollIntoView({ block: 'center' })
      if (button.getAttribute('aria-expanded') !== 'true') button.click()
      return
    }
    const element = document.querySelector<HTMLElement>(`[data-look="${id}"]`)
    if (element === null) continue
    element.scrollIntoView({ block: kind === 'card' ? 'start' : 'center' })
    return
  }
}
