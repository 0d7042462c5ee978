import { Alert, Button, Checkbox, Radio, Skeleton } from 'antd'
import { useState } from 'react'
import type { DisclosurePolicy } from '../../../src-shared/disclosure/policy.ts'
import { isComplete, type Purpose } from '../../../src-shared/disclosure/purpose.ts'
import type { Sheet } from '../../../src-shared/disclosure/sheet.ts'
import type { DossierView } from '../../../src-shared/contract/views.ts'
import { useDesk, visibleCategories } from '../../app/contexts.ts'
import { hrefOf } from '../../app/routes.ts'
import { useAction } from '../../app/use-action.ts'
import { useQuery } from '../../app/use-query.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { Mark } from '../../ui/status-tag.tsx'
import { useText } from '../../ui/text.ts'
import { FolderBrowser } from '../sync/folder-browser.tsx'
import { filledCategories, needsApproval } from './copied-categories.ts'
import { PurposeFields } from './purpose-fields.tsx'
import { SheetView } from './sheet-view.tsx'

interface CopyPageProps {
  readonly cadre: string
  /** One record only, or null for categories to choose from. */
  readonly record: string | null
}

/** Prints a dossier or writes it into a folder: what for is always said, and what is of level 4 waits for a signature. */
export function CopyPage({ cadre, record }: CopyPageProps) {
  const dossier = useQuery('cadre.read', { cadre, at: null })
  const policy = useQuery('disclosure.policy', {}, [])
  const failed = dossier.failure === null ? policy : dossier
  if (failed.failure !== null) return <ErrorNotice failure={failed.failure} onRetry={failed.reload} />
  if (dossier.data === null || policy.data === null) return <Skeleton active className="page" />
  return <CopyForm dossier={dossier.data} record={record} policy={policy.data} />
}

interface CopyFormProps {
  readonly dossier: DossierView
  readonly record: string | null
  readonly policy: DisclosurePolicy
}

function CopyForm({ dossier, record, policy }: CopyFormProps) {
  const text = useText()
  const desk = useDesk()
  const { cadre } = dossier
  const only = dossier.records.find((one) => one.record === record)
  const filled = filledCategories(dossier, visibleCategories(desk)).filter(
    ({ category }) => record === null || category.id === only?.category,
  )
  const [chosen, setChosen] = useState<readonly string[]>(() => filled.map(({ category }) => category.id))
  const [form, setForm] = useState<'print' | 'file'>('print')
  const [purpose, setPurpose] = useState<Purpose>({ kind: '', words: '' })
  const [isTried, setTried] = useState(false)
  const [path, setPath] = useState<string | null>(null)
  const [sheet, setSheet] = useState<Sheet | null>(null)
  const [file, setFile] = useState<string | null>(null)
  const [isAsked, setAsked] = useState(false)
  const make = useAction('copy.make')
  const request = useAction('copy.request')
  const waits = needsApproval(chosen, filled)
  const content = {
    cadre: cadre.id,
    categories: record === null ? [...chosen] : null,
    record,
    purpose: { ...purpose, words: purpose.words.trim() },
  }

  const begin = (): boolean => {
    setTried(true)
    setFile(null)
    return chosen.length > 0 && isComplete(policy, purpose)
  }
  const print = async () => {
    if (!begin()) return
    const made = await make.run({ ...content, folder: null })
    if (made.ok) setSheet(made.value.sheet)
  }
  const write = async (folder: string) => {
    if (!begin()) return
    const made = await make.run({ ...content, folder })
    if (made.ok) setFile(made.value.file)
  }
  const ask = async () => {
    if (!begin()) return
    const asked = await request.run({ ...content, form })
    if (asked.ok) setAsked(true)
  }

  if (sheet !== null) return <SheetView sheet={sheet} onClose={() => setSheet(null)} />
  const back = <Button href={hrefOf('dossiers', cadre.id)}>{text('copy.back')}</Button>
  return (
    <div className="page copy-page">
      <PageHeader title={text('copy.title', { name: cadre.name })} actions={back} />
      {filled.length === 0 ? (
        <EmptyState title={text('copy.empty')} hint={text('copy.empty.hint')} />
      ) : isAsked ? (
        <Alert
          type="success"
          showIcon
          title={text('copy.asked')}
          description={text('copy.asked.hint')}
          action={<Button href={hrefOf('register')}>{text('nav.register')}</Button>}
        />
      ) : (
        <>
          <fieldset className="copy-part">
            <legend>{text('copy.content')}</legend>
            {record === null ? (
              <Checkbox.Group
                value={[...chosen]}
                onChange={(values) => setChosen(values.map(String))}
                options={filled.map(({ category, archived }) => ({
                  value: category.id,
                  label: (
                    <span className="copy-category">
                      <span className="category-id">{category.id}</span>
                      {category.name}
                      <span className="number">{text('dossier.records', { count: archived })}</span>
                      {category.level === 4 ? (
                        <Mark shape="▲" tone="watch" word={text('copy.waits')} />
                      ) : null}
                    </span>
                  ),
                }))}
              />
            ) : (
              <p>{only?.head?.summary ?? filled[0]?.category.name}</p>
            )}
            {isTried && chosen.length === 0 ? (
              <p className="line-error" role="alert">
                {text('copy.content.none')}
              </p>
            ) : null}
          </fieldset>
          <fieldset className="copy-part">
            <legend>{text('copy.purpose')}</legend>
            <PurposeFields policy={policy} purpose={purpose} isTried={isTried} onChange={setPurpose} />
          </fieldset>
          <fieldset className="copy-part">
            <legend>{text('copy.form')}</legend>
            <Radio.Group
              aria-label={text('copy.form')}
              value={form}
              onChange={(event) => setForm(event.target.value as 'print' | 'file')}
              options={(['print', 'file'] as const).map((one) => ({
                value: one,
                label: text(`copy.form.${one}`),
              }))}
            />
            {form === 'file' ? (
              <Alert
                type="warning"
                showIcon
                title={text('copy.in-the-clear')}
                description={text('copy.in-the-clear.hint')}
              />
            ) : null}
          </fieldset>
          {waits ? <Alert type="info" showIcon title={text('copy.waits.hint')} /> : null}
          <ErrorNotice failure={make.failure ?? request.failure} />
          {file === null ? null : (
            <Alert type="success" showIcon title={text('copy.written')} description={<code>{file}</code>} />
          )}
          {waits ? (
            <div className="form-actions">
              <Button type="primary" loading={request.isBusy} onClick={() => void ask()}>
                {text('copy.ask')}
              </Button>
            </div>
          ) : form === 'print' ? (
            <div className="form-actions">
              <Button type="primary" loading={make.isBusy} onClick={() => void print()}>
                {text('copy.preview')}
              </Button>
            </div>
          ) : (
            <FolderBrowser path={path} onPath={setPath}>
              {(folder) => (
                <div className="panel-actions">
                  <Button type="primary" loading={make.isBusy} onClick={() => void write(folder.path)}>
                    {text('copy.write')}
                  </Button>
                </div>
              )}
            </FolderBrowser>
          )}
        </>
      )}
    </div>
  )
}
