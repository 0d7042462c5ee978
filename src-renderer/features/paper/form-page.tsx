import { Button, Skeleton } from 'antd'
import { useMemo, useState } from 'react'
import { findCategory } from '../../../src-shared/catalogue/read.ts'
import type { PrintedPaper } from '../../../src-shared/contract/paper-views.ts'
import type { CopyItem } from '../../../src-shared/contract/disclosure.ts'
import type { RecordView } from '../../../src-shared/contract/views.ts'
import { formDocument } from '../../../src-shared/paper/form-document.ts'
import { useDesk } from '../../app/contexts.ts'
import { pageNonce } from '../../app/page-nonce.ts'
import { goTo, hrefOf } from '../../app/routes.ts'
import { UnderVersion } from '../../app/under-version.tsx'
import { useAction } from '../../app/use-action.ts'
import { useQuery } from '../../app/use-query.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { useLooks } from '../../ui/looks.ts'
import { momentText } from '../../ui/moment.ts'
import { PageHeader } from '../../ui/page-header.tsx'
import { StatusTag } from '../../ui/status-tag.tsx'
import { useText } from '../../ui/text.ts'
import { PrintFrame } from '../disclosure/print-frame.tsx'
import { squaresOf } from './squares.ts'

interface FormPageProps {
  readonly cadre: string
  readonly record: string
  readonly revision: string
}

/** 采集表 of a revision: it is signed for before it is shown as it will be printed. */
export function FormPage({ cadre, record, revision }: FormPageProps) {
  const text = useText()
  const view = useQuery('record.read', { record })
  const print = useAction('paper.print')
  const [paper, setPaper] = useState<PrintedPaper | null>(null)
  if (view.failure !== null) return <ErrorNotice failure={view.failure} onRetry={view.reload} />
  if (view.data === null) return <Skeleton active className="page" />
  const shown = view.data.revisions.find((one) => one.revision === revision)
  if (shown === undefined) return <EmptyState title={text('record.category-unknown')} />
  const back = () => goTo('dossiers', cadre, record)
  if (paper !== null)
    return (
      <UnderVersion version={paper.catalogueVersion}>
        <FilledForm paper={paper} onClose={back} />
      </UnderVersion>
    )
  const make = async (request: string | null) => {
    const made = await print.run({ record, revision, request })
    if (made.ok) setPaper(made.value)
  }
  return (
    <div className="page">
      <PageHeader
        title={text('paper.print.title')}
        hint={text('paper.print.hint')}
        actions={<Button href={hrefOf('dossiers', cadre, record)}>{text('paper.print.back')}</Button>}
      />
      <p className="paper-which">
        <strong>{view.data.cadreName}</strong>
        <CategoryName category={view.data.category} />
        <StatusTag status={shown.status} />
        <span className="prose-faint">
          {text('scans.entered', { at: momentText(shown.author.at), name: shown.author.name })}
        </span>
      </p>
      <ErrorNotice failure={print.failure} />
      {view.data.compartment === 'discipline' ? (
        <Requests record={view.data} onUse={(request) => void make(request)} />
      ) : (
        <Button type="primary" autoFocus loading={print.isBusy} onClick={() => void make(null)}>
          {text('paper.print.make')}
        </Button>
      )}
    </div>
  )
}

function CategoryName({ category }: { readonly category: string }) {
  const { catalogue } = useDesk()
  return (
    <span>
      {category} {findCategory(catalogue, category)?.name ?? ''}
    </span>
  )
}

interface RequestsProps {
  readonly record: RecordView
  onUse(request: string): void
}

/** What of discipline goes on paper somebody else has approved. */
function Requests({ record, onUse }: RequestsProps) {
  const text = useText()
  const page = { id: null, kind: 'copy', cadre: record.cadre, after: null, limit: 100 } as const
  const register = useQuery('register.list', page)
  const approved = (register.data?.items ?? []).filter(
    (item): item is CopyItem =>
      item.kind === 'copy' &&
      item.form === 'print' &&
      item.status === 'approved' &&
      item.records === 1 &&
      item.categories.includes(record.category),
  )
  return (
    <section className="paper-requests">
      <p>{text('paper.print.request')}</p>
      <ErrorNotice failure={register.failure} onRetry={register.reload} />
      {register.data !== null && approved.length === 0 ? (
        <p className="prose-faint">{text('paper.print.request.none')}</p>
      ) : null}
      {approved.map((item) => (
        <Button key={item.id} type="primary" onClick={() => onUse(item.id)}>
          {text('paper.print.request.use', { at: momentText(item.answered?.at ?? item.at) })}
        </Button>
      ))}
      <Button href={hrefOf('dossiers', record.cadre, 'copy', record.record)}>
        {text('paper.print.request.open')}
      </Button>
    </section>
  )
}

function FilledForm({ paper, onClose }: { readonly paper: PrintedPaper; onClose(): void }) {
  const text = useText()
  const { session, catalogue } = useDesk()
  const locale = useLooks((looks) => looks.locale)
  const category = findCategory(catalogue, paper.category)
  const status = text(`status.${paper.status}`)
  const printedBy = text('paper.form.printed', { name: session.member.name, at: momentText(paper.printedAt) })
  const html = useMemo(() => {
    if (category === null) return null
    const { declaration, values, period, number, cadreName, post } = paper
    const hands = {
      entered: [paper.entered],
      reviewed: paper.reviewed,
      approved: paper.approved === null ? [] : [paper.approved],
    }
    const content = { declaration, values, period }
    const code = squaresOf(paper.code)
    const sheet = { category, catalogue, code, number, cadreName, post, content, status, hands }
    return formDocument({ unit: session.unit.name, printedBy, sheets: [sheet] }, locale, pageNonce())
  }, [paper, category, catalogue, session, status, printedBy, locale])
  if (html === null) return <EmptyState title={text('record.category-unknown')} />
  return (
    <PrintFrame
      title={text('paper.print.title')}
      html={html}
      hint={text('paper.print.hint')}
      onClose={onClose}
    />
  )
}
