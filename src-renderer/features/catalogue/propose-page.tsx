import { Alert, Button, Input } from 'antd'
import { useMemo, useState } from 'react'
import { workingCopy, workingProblems } from '../../../src-shared/catalogue/editing.ts'
import type { Catalogue } from '../../../src-shared/catalogue/schema.ts'
import type { CatalogueProposalView } from '../../../src-shared/contract/catalogue.ts'
import { goTo, hrefOf } from '../../app/routes.ts'
import { useAction } from '../../app/use-action.ts'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { FormLine } from '../../ui/form-line.tsx'
import { useText } from '../../ui/text.ts'
import { ChangeList } from './change-list.tsx'
import { Problems } from './problems.tsx'
import { useWorking } from './working.ts'

/** What the working copy changes, and the signature that puts it before another. */
export function ProposePage({ waiting }: { readonly waiting: CatalogueProposalView | null }) {
  const text = useText()
  const { base, edits, discard } = useWorking()
  const [words, setWords] = useState('')
  const [isTried, setTried] = useState(false)
  const propose = useAction('catalogue.propose')
  const before = base as Catalogue
  const after = useMemo(() => workingCopy(before, edits), [before, edits])
  const problems = useMemo(() => workingProblems(before, after), [before, after])
  const isBlank = words.trim() === ''
  const sign = async () => {
    setTried(true)
    if (isBlank) return
    const result = await propose.run({ catalogue: { ...after }, words })
    if (!result.ok) return
    await discard()
    goTo('settings', 'catalogue')
  }
  return (
    <section className="card catalogue-propose" aria-labelledby="catalogue-propose">
      <div className="catalogue-bar">
        <h2 id="catalogue-propose">{text('catalogue.propose.title', { version: after.version })}</h2>
        <span className="topbar-space" />
        <Button href={hrefOf('settings', 'catalogue', 'edit')}>{text('catalogue.edit.go-on')}</Button>
      </div>
      <p className="prose-line">{text('catalogue.propose.hint')}</p>
      {waiting === null ? null : (
        <Alert
          type="warning"
          showIcon
          title={text('catalogue.propose.replaces', { name: waiting.proposer.name })}
        />
      )}
      <ChangeList before={before} after={after} />
      <Problems problems={problems} versions={[after, before]} />
      <FormLine
        id="catalogue-words"
        label={text('catalogue.words')}
        isRequired
        hint={text('catalogue.words.hint')}
        error={isTried && isBlank ? text('catalogue.words.missing') : null}
      >
        <Input.TextArea
          id="catalogue-words"
          rows={2}
          maxLength={1000}
          value={words}
          aria-describedby="catalogue-words-notes"
          onChange={(event) => setWords(event.target.value)}
        />
      </FormLine>
      <div className="form-actions">
        <Button
          type="primary"
          loading={propose.isBusy}
          disabled={problems !== null || edits.length === 0}
          onClick={() => void sign()}
        >
          {text('catalogue.propose')}
        </Button>
      </div>
      <ErrorNotice failure={propose.failure} onClose={propose.clear} />
    </section>
  )
}
