import { Button, Input, Radio } from 'antd'
import { useState } from 'react'
import type { IncomingView } from '../../../src-shared/contract/transfer.ts'
import { longestReason } from '../../../src-shared/transfer/hand-over-body.ts'
import { hrefOf } from '../../app/routes.ts'
import { useAction } from '../../app/use-action.ts'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { FormLine } from '../../ui/form-line.tsx'
import { momentText } from '../../ui/moment.ts'
import { useText } from '../../ui/text.ts'

/** One dossier of another unit: what it is, whose it is here, and the answer. */
export function IncomingCard({ incoming }: { readonly incoming: IncomingView }) {
  const text = useText()
  const { transfer, cadreName, unitName, identityTail, counts, matched } = incoming
  return (
    <section className="card" aria-label={text('transfer.in.one', { name: cadreName, unit: unitName })}>
      <h3>{text('transfer.in.one', { name: cadreName, unit: unitName })}</h3>
      <dl className="transfer-facts">
        <dt>{text('transfer.person')}</dt>
        <dd>
          {[cadreName, identityTail === null ? null : `****${identityTail}`, incoming.post]
            .filter((part) => part !== null)
            .join('　')}
        </dd>
        <dt>{text('transfer.reason')}</dt>
        <dd>{text('transfer.in.reason', { reason: incoming.reason, since: incoming.since })}</dd>
        <dt>{text('transfer.in.signed')}</dt>
        <dd>
          {incoming.signedBy} {momentText(incoming.signedAt)}
        </dd>
        <dt>{text('transfer.in.content')}</dt>
        <dd>{counts.map(({ name, facts }) => `${name} ${facts}`).join('、')}</dd>
        <dt>{text('transfer.in.verified')}</dt>
        <dd>
          {text('transfer.in.verified.what', {
            commits: incoming.commits,
            files: incoming.files,
            voids: incoming.voids,
          })}
        </dd>
      </dl>
      <ErrorNotice failure={incoming.problem === null ? null : { code: incoming.problem }} />
      {matched === null ? (
        <Match incoming={incoming} />
      ) : (
        <p>
          {text('transfer.in.matched')} <a href={hrefOf('dossiers', matched.cadre)}>{matched.name}</a>{' '}
          <span className="prose-faint">{matched.by}</span>
        </p>
      )}
      {incoming.mayAnswer ? <Answer transfer={transfer} isMatched={matched !== null} /> : null}
    </section>
  )
}

function Match({ incoming }: { readonly incoming: IncomingView }) {
  const text = useText()
  const action = useAction('transfer.match')
  const { transfer, candidates, mayOpen } = incoming
  const [cadre, setCadre] = useState<string | null>(candidates.find((one) => one.isSameNumber)?.cadre ?? null)
  const [isNew, setNew] = useState(mayOpen && cadre === null)
  if (candidates.length === 0 && !mayOpen)
    return <p className="line-warning">{text('transfer.match.clerk')}</p>
  return (
    <fieldset className="copy-part">
      <legend>{text('transfer.match')}</legend>
      <Radio.Group
        className="transfer-choices"
        value={isNew ? 'new' : cadre}
        onChange={(event) => {
          const value = String(event.target.value)
          setNew(value === 'new')
          setCadre(value === 'new' ? null : value)
        }}
        options={[
          ...candidates.map((one) => ({
            value: one.cadre,
            label: text(one.isSameNumber ? 'transfer.match.same' : 'transfer.match.name', {
              name: one.name,
              tail: one.identityTail ?? '－',
              post: one.post ?? '',
            }),
          })),
          ...(mayOpen ? [{ value: 'new', label: text('transfer.match.new') }] : []),
        ]}
      />
      <ErrorNotice failure={action.failure} />
      <Button
        disabled={cadre === null && !isNew}
        loading={action.isBusy}
        onClick={() => void action.run({ transfer, cadre: isNew ? null : cadre })}
      >
        {text('transfer.match.do')}
      </Button>
    </fieldset>
  )
}

interface AnswerProps {
  readonly transfer: string
  readonly isMatched: boolean
}

function Answer({ transfer, isMatched }: AnswerProps) {
  const text = useText()
  const action = useAction('transfer.answer')
  const [words, setWords] = useState('')
  const id = `answer-${transfer}`
  const answer = (outcome: 'accepted' | 'refused') =>
    void action.run({ transfer, outcome, words: words.trim() })
  return (
    <>
      <FormLine id={id} label={text('transfer.answer.words')} hint={text('transfer.answer.hint')}>
        <Input
          id={id}
          maxLength={longestReason}
          value={words}
          onChange={(event) => setWords(event.target.value)}
        />
      </FormLine>
      <ErrorNotice failure={action.failure} />
      <div className="form-actions">
        <Button
          type="primary"
          disabled={!isMatched}
          loading={action.isBusy}
          onClick={() => answer('accepted')}
        >
          {text('transfer.accept')}
        </Button>
        <Button danger disabled={words.trim() === ''} onClick={() => answer('refused')}>
          {text('transfer.refuse')}
        </Button>
      </div>
    </>
  )
}
