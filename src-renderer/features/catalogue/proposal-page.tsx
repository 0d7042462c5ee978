import { Button, Input, Popconfirm, Select, Skeleton } from 'antd'
import { useMemo, useState } from 'react'
import { compareCatalogues } from '../../../src-shared/catalogue/differences.ts'
import { findCategory } from '../../../src-shared/catalogue/read.ts'
import type { Catalogue } from '../../../src-shared/catalogue/schema.ts'
import type { CatalogueProposalView } from '../../../src-shared/contract/catalogue.ts'
import { useDesk } from '../../app/contexts.ts'
import { goTo, hrefOf } from '../../app/routes.ts'
import { useAction } from '../../app/use-action.ts'
import { useQuery } from '../../app/use-query.ts'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { FormLine } from '../../ui/form-line.tsx'
import { groupedHex, momentText } from '../../ui/moment.ts'
import { useText } from '../../ui/text.ts'
import { ChangeList } from './change-list.tsx'
import { FormPreview } from './form-preview.tsx'
import { Problems } from './problems.tsx'

/** The version that waits: the same differences and the same form that its author saw, and the second signature. */
export function ProposalPage({ proposal }: { readonly proposal: CatalogueProposalView }) {
  const { catalogue: before } = useDesk()
  const after = useQuery('catalogue.version', { proposal: proposal.proposal }, [])
  if (after.failure !== null)
    return (
      <>
        <ErrorNotice failure={after.failure} />
        <Decision proposal={proposal} />
      </>
    )
  if (after.data === null) return <Skeleton active />
  return <Proposal proposal={proposal} before={before} after={after.data} />
}

interface ProposalProps {
  readonly proposal: CatalogueProposalView
  readonly before: Catalogue
  readonly after: Catalogue
}

function Proposal({ proposal, before, after }: ProposalProps) {
  const text = useText()
  const changed = useMemo(() => {
    const ids = new Set(compareCatalogues(before, after).map((change) => change.category))
    return after.categories.filter((category) => ids.has(category.id))
  }, [before, after])
  const [shown, setShown] = useState<string | null>(null)
  const category = findCategory(after, shown ?? changed[0]?.id ?? after.categories[0]?.id ?? '')
  const { proposer, words, version } = proposal
  const ordered = [...changed, ...after.categories.filter((one) => !changed.includes(one))]
  return (
    <>
      <section className="card" aria-labelledby="catalogue-proposal">
        <div className="catalogue-bar">
          <h2 id="catalogue-proposal">{text('catalogue.proposal.title', { version })}</h2>
          <span className="topbar-space" />
          <Button href={hrefOf('settings', 'catalogue')}>{text('catalogue.versions')}</Button>
        </div>
        <p className="prose-line">
          {text('catalogue.proposal.by', { name: proposer.name, at: momentText(proposer.at) })}{' '}
          <span className="prose-faint">
            {text('catalogue.digest')} <code>{groupedHex(proposal.catalogue)}</code>
          </span>
        </p>
        {words === '' ? null : <blockquote className="words">{words}</blockquote>}
        <ChangeList before={before} after={after} />
        {proposal.problems.length === 0 ? null : (
          <Problems problems={{ issues: [], successor: proposal.problems }} versions={[after, before]} />
        )}
        <Decision proposal={proposal} />
      </section>
      {category === null ? null : (
        <section className="card" aria-labelledby="catalogue-preview">
          <div className="catalogue-bar">
            <h2 id="catalogue-preview">{text('catalogue.preview')}</h2>
            <Select<string>
              className="catalogue-preview-choice"
              aria-label={text('catalogue.preview.of')}
              value={category.id}
              options={ordered.map(({ id, name }) => ({ value: id, label: `${id} ${name}` }))}
              onChange={setShown}
            />
          </div>
          <p className="prose-line">{text('catalogue.preview.hint')}</p>
          <FormPreview key={category.id} category={category} catalogue={after} />
        </section>
      )}
    </>
  )
}

function Decision({ proposal }: { readonly proposal: CatalogueProposalView }) {
  const text = useText()
  const confirm = useAction('catalogue.confirm')
  const refuse = useAction('catalogue.refuse')
  const [words, setWords] = useState('')
  const [isTried, setTried] = useState(false)
  const isBlank = words.trim() === ''
  const { may } = proposal
  const leave = () => goTo('settings', 'catalogue')
  const sign = async () => {
    const { proposal: leaf, catalogue } = proposal
    const result = await confirm.run({ proposal: leaf, catalogue })
    if (result.ok) leave()
  }
  const turnDown = async () => {
    setTried(true)
    if (isBlank) return
    const result = await refuse.run({ proposal: proposal.proposal, words })
    if (result.ok) leave()
  }
  if (may.length === 0) return <p className="prose-faint">{text('catalogue.waiting.others')}</p>
  return (
    <div className="catalogue-decision">
      {may.includes('confirm') ? (
        <Popconfirm
          title={text('catalogue.confirm.ask', { version: proposal.version })}
          okText={text('catalogue.confirm')}
          cancelText={text('do.cancel')}
          onConfirm={() => void sign()}
        >
          <Button type="primary" loading={confirm.isBusy}>
            {text('catalogue.confirm')}
          </Button>
        </Popconfirm>
      ) : may.includes('withdraw') ? (
        <p className="prose-line">{text('catalogue.own')}</p>
      ) : (
        <p className="prose-line">{text('catalogue.needs-approver')}</p>
      )}
      <FormLine
        id="catalogue-refusal"
        label={text(may.includes('withdraw') ? 'catalogue.withdraw.why' : 'catalogue.refuse.why')}
        error={isTried && isBlank ? text('catalogue.words.missing') : null}
      >
        <Input
          id="catalogue-refusal"
          maxLength={1000}
          value={words}
          aria-describedby="catalogue-refusal-notes"
          onChange={(event) => setWords(event.target.value)}
        />
      </FormLine>
      <Button danger loading={refuse.isBusy} onClick={() => void turnDown()}>
        {text(may.includes('withdraw') ? 'catalogue.withdraw' : 'catalogue.refuse')}
      </Button>
      <ErrorNotice failure={confirm.failure ?? refuse.failure} />
    </div>
  )
}
