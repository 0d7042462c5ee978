import { Button, Input, Select } from 'antd'
import { useState } from 'react'
import type { Category } from '../../../src-shared/catalogue/schema.ts'
import type { QueryView, SaidView } from '../../../src-shared/contract/review-views.ts'
import type { RecordView } from '../../../src-shared/contract/views.ts'
import { useAction } from '../../app/use-action.ts'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { momentText } from '../../ui/moment.ts'
import { Mark } from '../../ui/status-tag.tsx'
import { useText } from '../../ui/text.ts'

interface QueriesCardProps {
  readonly record: RecordView
  readonly category: Category
  onChanged(): void
}

/** Questions of reviewers to the author, their answers, and a new one where the member may ask. */
export function QueriesCard({ record, category, onChanged }: QueriesCardProps) {
  const text = useText()
  const mayAsk = record.may.includes('ask')
  if (record.queries.length === 0 && !mayAsk) return null
  return (
    <section className="card queries" aria-label={text('query.title')}>
      <h2>{text('query.title')}</h2>
      {record.queries.length === 0 ? <p className="prose-faint">{text('query.none')}</p> : null}
      <ol className="threads">
        {record.queries.map((query) => (
          <Thread
            key={query.query}
            record={record.record}
            isFormer={query.revision !== record.revisions[0]?.revision}
            query={query}
            category={category}
            onChanged={onChanged}
          />
        ))}
      </ol>
      {mayAsk ? <AskForm record={record} category={category} onChanged={onChanged} /> : null}
    </section>
  )
}

interface ThreadProps {
  readonly record: string
  /** Whether it is about a revision that another has followed. */
  readonly isFormer: boolean
  readonly query: QueryView
  readonly category: Category
  onChanged(): void
}

function Thread({ record, isFormer, query, category, onChanged }: ThreadProps) {
  const text = useText()
  const answer = useAction('query.answer')
  const resolve = useAction('query.resolve')
  const [words, setWords] = useState('')
  const field = category.fields.find((one) => one.id === query.field)?.label ?? text('query.whole')
  const send = async (kind: 'answer' | 'resolve') => {
    const input = { record, query: query.query, words }
    const done = kind === 'answer' ? await answer.run(input) : await resolve.run(input)
    if (!done.ok) return
    setWords('')
    onChanged()
  }
  const { may } = query
  return (
    <li className="thread">
      <p className="thread-head">
        <strong>{field}</strong>
        {isFormer ? <span className="prose-faint">{text('query.former')}</span> : null}
        <Mark
          shape={query.resolved === null ? '◇' : '◆'}
          tone={query.resolved === null ? 'watch' : 'action'}
          word={text(
            query.resolved !== null
              ? 'query.resolved'
              : query.answers.length === 0
                ? 'query.waits-answer'
                : 'query.answered',
          )}
        />
      </p>
      <Said said={{ hand: query.asked, words: query.words }} />
      {query.answers.map((said) => (
        <Said key={said.hand.commit} said={said} />
      ))}
      {query.resolved === null ? null : <Said said={query.resolved} />}
      {may.answer || may.resolve ? (
        <form
          className="thread-reply"
          onSubmit={(event) => {
            event.preventDefault()
            void send(may.answer ? 'answer' : 'resolve')
          }}
        >
          <Input.TextArea
            aria-label={text(may.answer ? 'query.answer-words' : 'query.resolve-words')}
            placeholder={text(may.answer ? 'query.answer-words' : 'query.resolve-words')}
            className="grow"
            rows={1}
            maxLength={2000}
            value={words}
            onChange={(event) => setWords(event.target.value)}
          />
          <Button
            htmlType="submit"
            type={may.answer ? 'primary' : 'default'}
            disabled={may.answer && words.trim() === ''}
            loading={answer.isBusy || resolve.isBusy}
          >
            {text(may.answer ? 'query.answer' : 'query.resolve')}
          </Button>
        </form>
      ) : null}
      <ErrorNotice failure={answer.failure ?? resolve.failure} />
    </li>
  )
}

function Said({ said }: { readonly said: SaidView }) {
  const text = useText()
  return (
    <p className="said">
      <span className="road-who">{said.hand.name}</span>{' '}
      <time className="number" dateTime={said.hand.at}>
        {momentText(said.hand.at)}
      </time>{' '}
      {said.words === null ? (
        <span className="blank">{text('query.not-yours')}</span>
      ) : (
        <span className="many-lines">{said.words}</span>
      )}
    </p>
  )
}

interface AskFormProps {
  readonly record: RecordView
  readonly category: Category
  onChanged(): void
}

const wholeEntry = ''

function AskForm({ record, category, onChanged }: AskFormProps) {
  const text = useText()
  const ask = useAction('query.ask')
  const [field, setField] = useState(wholeEntry)
  const [words, setWords] = useState('')
  const revision = record.revisions.find((one) => one.status === 'submitted' || one.status === 'in-review')
  if (revision === undefined) return null
  const send = async () => {
    const done = await ask.run({
      record: record.record,
      revision: revision.revision,
      field: field === wholeEntry ? null : field,
      words,
    })
    if (!done.ok) return
    setWords('')
    setField(wholeEntry)
    onChanged()
  }
  return (
    <form
      className="thread-reply"
      onSubmit={(event) => {
        event.preventDefault()
        void send()
      }}
    >
      <Select<string>
        className="query-field"
        aria-label={text('query.field')}
        value={field}
        options={[
          { value: wholeEntry, label: text('query.whole') },
          ...category.fields.map((one) => ({ value: one.id, label: one.label })),
        ]}
        onChange={setField}
      />
      <Input.TextArea
        aria-label={text('query.words')}
        placeholder={text('query.words')}
        className="grow"
        rows={1}
        maxLength={2000}
        value={words}
        onChange={(event) => setWords(event.target.value)}
      />
      <Button htmlType="submit" disabled={words.trim() === ''} loading={ask.isBusy}>
        {text('query.ask')}
      </Button>
      <ErrorNotice failure={ask.failure} />
    </form>
  )
}
