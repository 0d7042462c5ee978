import { Alert, Button, Checkbox, Input, Skeleton } from 'antd'
import { useState } from 'react'
import type { DisclosurePolicy } from '../../../src-shared/disclosure/policy.ts'
import type { Sheet } from '../../../src-shared/disclosure/sheet.ts'
import { useDesk, visibleCategories } from '../../app/contexts.ts'
import { hrefOf } from '../../app/routes.ts'
import { useAction } from '../../app/use-action.ts'
import { useQuery } from '../../app/use-query.ts'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { FormLine } from '../../ui/form-line.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { useText } from '../../ui/text.ts'
import { SheetView } from './sheet-view.tsx'

/** The copy for the cadre themself (本人查阅件). */
export function SubjectPage({ cadre }: { readonly cadre: string }) {
  const text = useText()
  const { session } = useDesk()
  const dossier = useQuery('cadre.read', { cadre, at: null })
  const policy = useQuery('disclosure.policy', {}, [])
  const [recipient, setRecipient] = useState('')
  const [isWhole, setWhole] = useState(false)
  const [isTried, setTried] = useState(false)
  const [isAsked, setAsked] = useState(false)
  const [sheet, setSheet] = useState<Sheet | null>(null)
  const issue = useAction('copy.issue')
  const request = useAction('copy.request')
  if (dossier.failure !== null) return <ErrorNotice failure={dossier.failure} onRetry={dossier.reload} />
  if (dossier.data === null || policy.data === null) return <Skeleton active className="page" />
  if (sheet !== null) return <SheetView sheet={sheet} onClose={() => setSheet(null)} />
  const { name } = dossier.data.cadre
  const isMissing = isTried && recipient.trim() === ''
  const make = async () => {
    setTried(true)
    if (recipient.trim() === '') return
    const issued = await issue.run({ cadre, recipient: recipient.trim() })
    if (issued.ok) setSheet(issued.value.sheet)
  }
  const ask = async () => {
    const purpose = { kind: 'subject', words: '' }
    const asked = await request.run({ cadre, categories: null, record: null, form: 'subject', purpose })
    if (asked.ok) setAsked(true)
  }
  return (
    <div className="page copy-page">
      <PageHeader
        title={text('subject.title', { name })}
        hint={text('subject.hint')}
        actions={<Button href={hrefOf('dossiers', cadre)}>{text('copy.back')}</Button>}
      />
      {isAsked ? (
        <Alert
          type="success"
          showIcon
          title={text('copy.asked')}
          description={text('copy.asked.hint')}
          action={<Button href={hrefOf('register')}>{text('nav.register')}</Button>}
        />
      ) : (
        <>
          <Alert
            type="info"
            showIcon
            title={text('subject.withheld')}
            description={<Withheld policy={policy.data} />}
          />
          {session.compartments.includes('discipline') ? (
            <Checkbox checked={isWhole} onChange={(event) => setWhole(event.target.checked)}>
              {text('subject.whole')}
            </Checkbox>
          ) : null}
          {isWhole ? null : (
            <FormLine
              id="subject-recipient"
              label={text('subject.recipient')}
              hint={text('subject.recipient.hint')}
              isRequired
              error={isMissing ? text('subject.recipient.missing') : null}
            >
              <Input
                id="subject-recipient"
                autoFocus
                maxLength={100}
                value={recipient}
                onChange={(event) => setRecipient(event.target.value)}
                onPressEnter={() => void make()}
              />
            </FormLine>
          )}
          <ErrorNotice failure={issue.failure ?? request.failure} />
          <div className="form-actions">
            {isWhole ? (
              <Button type="primary" loading={request.isBusy} onClick={() => void ask()}>
                {text('copy.ask')}
              </Button>
            ) : (
              <Button type="primary" loading={issue.isBusy} onClick={() => void make()}>
                {text('subject.make')}
              </Button>
            )}
          </div>
        </>
      )}
    </div>
  )
}

/** What the policy keeps back, for those who open that compartment: the others need not know which kinds there are. */
function Withheld({ policy }: { readonly policy: DisclosurePolicy }) {
  const text = useText()
  const desk = useDesk()
  const visible = visibleCategories(desk)
  const kept = policy.withheldFromSubject.flatMap(({ category, reason }) => {
    const found = visible.find((one) => one.id === category)
    return found === undefined ? [] : [{ id: category, name: found.name, reason }]
  })
  if (kept.length === 0) return <span>{text('subject.withheld.hint')}</span>
  return (
    <ul>
      {kept.map(({ id, name, reason }) => (
        <li key={id}>
          {id} {name}：{reason}
        </li>
      ))}
    </ul>
  )
}
