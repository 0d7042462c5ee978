import { Button, Input } from 'antd'
import { useState } from 'react'
import { findCategory } from '../../../src-shared/catalogue/read.ts'
import type { FaultView } from '../../../src-shared/contract/review-views.ts'
import { useDesk } from '../../app/contexts.ts'
import { hrefOf } from '../../app/routes.ts'
import { useAction } from '../../app/use-action.ts'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { momentText } from '../../ui/moment.ts'
import { Mark } from '../../ui/status-tag.tsx'
import { useList, useText } from '../../ui/text.ts'

/** One error: its class, what was found, whose it is and what they said to it. */
export function FaultCard({ fault, onChanged }: { readonly fault: FaultView; onChanged(): void }) {
  const text = useText()
  const list = useList()
  const { catalogue } = useDesk()
  const answer = useAction('fault.answer')
  const [words, setWords] = useState('')
  const category = findCategory(catalogue, fault.category)
  const label = (id: string) => category?.fields.find((field) => field.id === id)?.label ?? id
  const send = async () => {
    const done = await answer.run({ record: fault.record, fault: fault.fault, words })
    if (!done.ok) return
    setWords('')
    onChanged()
  }
  return (
    <li className="card fault-card">
      <p className="thread-head">
        <Mark shape="▲" tone="watch" word={text(`fault.${fault.kind}`)} />
        <a href={hrefOf('dossiers', fault.cadre, fault.record)}>
          {fault.cadreName} · {category?.name ?? fault.category}
        </a>
        {fault.fields.length === 0 ? null : <span>{list(fault.fields.map(label))}</span>}
        <span className="prose-faint">
          {text('faults.found-by', {
            place: text(`fault.found.${fault.found}`),
            name: fault.finder.name,
            at: momentText(fault.finder.at),
          })}
        </span>
      </p>
      <p className="many-lines">{fault.words}</p>
      <ul className="fault-hands">
        {fault.traced.map((hand) => (
          <li key={hand.member}>
            <strong>{hand.name}</strong> <span className="prose-faint">{text(`fault.as.${hand.as}`)}</span>{' '}
            {hand.answers.length === 0 ? (
              <Mark shape="○" tone="plain" word={text('faults.unanswered')} />
            ) : (
              hand.answers.map((said) => (
                <p key={said.at} className="said">
                  <time className="number" dateTime={said.at}>
                    {momentText(said.at)}
                  </time>{' '}
                  <span className="many-lines">{said.words}</span>
                </p>
              ))
            )}
          </li>
        ))}
      </ul>
      {fault.mayAnswer ? (
        <form
          className="thread-reply no-print"
          onSubmit={(event) => {
            event.preventDefault()
            void send()
          }}
        >
          <Input.TextArea
            aria-label={text('faults.answer-words')}
            placeholder={text('faults.answer-words')}
            className="grow"
            rows={1}
            maxLength={2000}
            value={words}
            onChange={(event) => setWords(event.target.value)}
          />
          <Button htmlType="submit" disabled={words.trim() === ''} loading={answer.isBusy}>
            {text('faults.answer')}
          </Button>
        </form>
      ) : null}
      <ErrorNotice failure={answer.failure} />
    </li>
  )
}
