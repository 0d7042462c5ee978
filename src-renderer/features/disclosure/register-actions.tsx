import { Button, Input, Radio } from 'antd'
import { useState } from 'react'
import type { CopyItem, CorrectionItem } from '../../../src-shared/contract/disclosure.ts'
import type { Sheet } from '../../../src-shared/disclosure/sheet.ts'
import { useAction } from '../../app/use-action.ts'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { useText } from '../../ui/text.ts'
import { FolderBrowser } from '../sync/folder-browser.tsx'

interface ApproveProps {
  readonly item: CopyItem
  onDone(): void
}

/** The second signature: yes, or no with a reason. */
export function Approve({ item, onDone }: ApproveProps) {
  const text = useText()
  const approve = useAction('copy.approve')
  const refuse = useAction('copy.refuse')
  const [words, setWords] = useState('')
  const [isTried, setTried] = useState(false)
  const say = async (isYes: boolean) => {
    setTried(!isYes)
    if (!isYes && words.trim() === '') return
    const result = await (isYes ? approve : refuse).run({ request: item.id, words: words.trim() })
    if (result.ok) onDone()
  }
  return (
    <div className="inline-form">
      <Input
        autoFocus
        aria-label={text('register.words')}
        placeholder={text('register.words')}
        maxLength={1000}
        status={isTried && words.trim() === '' ? 'error' : ''}
        value={words}
        onChange={(event) => setWords(event.target.value)}
      />
      <Button type="primary" loading={approve.isBusy} onClick={() => void say(true)}>
        {text('register.approve')}
      </Button>
      <Button loading={refuse.isBusy} onClick={() => void say(false)}>
        {text('register.refuse')}
      </Button>
      {isTried && words.trim() === '' ? (
        <p className="line-error" role="alert">
          {text('register.refuse.words')}
        </p>
      ) : null}
      <ErrorNotice failure={approve.failure ?? refuse.failure} />
    </div>
  )
}

interface MakeProps {
  readonly item: CopyItem
  onSheet(sheet: Sheet): void
}

/** Makes what was approved, once. */
export function Make({ item, onSheet }: MakeProps) {
  const text = useText()
  const make = useAction('copy.make')
  const issue = useAction('copy.issue')
  const [recipient, setRecipient] = useState('')
  const [path, setPath] = useState<string | null>(null)
  const [file, setFile] = useState<string | null>(null)
  const failure = make.failure ?? issue.failure
  if (file !== null) {
    return (
      <p role="status">
        {text('copy.written')} <code>{file}</code>
      </p>
    )
  }
  if (item.form === 'subject') {
    const run = async () => {
      if (recipient.trim() === '') return
      const result = await issue.run({ request: item.id, recipient: recipient.trim() })
      if (result.ok && result.value.sheet !== null) onSheet(result.value.sheet)
    }
    return (
      <div className="inline-form">
        <Input
          autoFocus
          aria-label={text('subject.recipient')}
          placeholder={text('subject.recipient')}
          maxLength={100}
          value={recipient}
          onChange={(event) => setRecipient(event.target.value)}
          onPressEnter={() => void run()}
        />
        <Button type="primary" loading={issue.isBusy} onClick={() => void run()}>
          {text('subject.make')}
        </Button>
        <ErrorNotice failure={failure} />
      </div>
    )
  }
  const run = async (folder: string | null) => {
    const result = await make.run({ request: item.id, folder })
    if (!result.ok) return
    if (result.value.sheet !== null) onSheet(result.value.sheet)
    setFile(result.value.file)
  }
  return (
    <div className="register-make">
      {item.form === 'print' ? (
        <Button type="primary" loading={make.isBusy} onClick={() => void run(null)}>
          {text('copy.preview')}
        </Button>
      ) : (
        <>
          <p className="prose-faint">{text('copy.in-the-clear')}</p>
          <FolderBrowser path={path} onPath={setPath}>
            {(folder) => (
              <div className="panel-actions">
                <Button type="primary" loading={make.isBusy} onClick={() => void run(folder.path)}>
                  {text('copy.write')}
                </Button>
              </div>
            )}
          </FolderBrowser>
        </>
      )}
      <ErrorNotice failure={failure} />
    </div>
  )
}

interface AnswerProps {
  readonly item: CorrectionItem
  onDone(): void
}

/** What the cadre is answered, signed. */
export function Answer({ item, onDone }: AnswerProps) {
  const text = useText()
  const answer = useAction('correction.answer')
  const isReady = item.offered?.isArchived === true
  // No refusal by default: without a correction in the archive the member chooses it by hand.
  const [chosen, setChosen] = useState<'corrected' | 'refused' | null>(null)
  const outcome = chosen ?? (isReady ? 'corrected' : null)
  const [words, setWords] = useState('')
  const [isTried, setTried] = useState(false)
  const run = async () => {
    setTried(true)
    if (outcome === null || words.trim() === '') return
    const revision = outcome === 'corrected' ? (item.offered?.revision ?? null) : null
    const result = await answer.run({ request: item.id, outcome, revision, words: words.trim() })
    if (result.ok) onDone()
  }
  return (
    <div className="inline-form">
      <Radio.Group
        aria-label={text('register.outcome')}
        value={outcome}
        onChange={(event) => setChosen(event.target.value as 'corrected' | 'refused')}
        options={[
          { value: 'corrected', label: text('register.outcome.corrected'), disabled: !isReady },
          { value: 'refused', label: text('register.outcome.refused') },
        ]}
      />
      <Input
        autoFocus
        aria-label={text('register.answer.words')}
        placeholder={text('register.answer.words')}
        maxLength={1000}
        status={isTried && words.trim() === '' ? 'error' : ''}
        value={words}
        onChange={(event) => setWords(event.target.value)}
        onPressEnter={() => void run()}
      />
      <Button type="primary" loading={answer.isBusy} onClick={() => void run()}>
        {text('register.answer')}
      </Button>
      {isTried && (outcome === null || words.trim() === '') ? (
        <p className="line-error" role="alert">
          {text('register.answer.missing')}
        </p>
      ) : null}
      <ErrorNotice failure={answer.failure} />
    </div>
  )
}
