import { Button, Input, Radio, Skeleton } from 'antd'
import { useState, type ReactNode } from 'react'
import { findCategory } from '../../../src-shared/catalogue/read.ts'
import {
  longestTwinReason,
  type TwinCategory,
  type TwinComparison,
  type TwinSide,
} from '../../../src-shared/contract/twins.ts'
import { useDesk } from '../../app/contexts.ts'
import { goTo, hrefOf } from '../../app/routes.ts'
import { useAction } from '../../app/use-action.ts'
import { useQuery } from '../../app/use-query.ts'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { FormLine } from '../../ui/form-line.tsx'
import { momentText } from '../../ui/moment.ts'
import { PageHeader } from '../../ui/page-header.tsx'
import { Mark } from '../../ui/status-tag.tsx'
import { useList, useText } from '../../ui/text.ts'
import { TwinDecisionCard } from './twin-decisions.tsx'
import { strengthMarks } from './use-twins.ts'

interface TwinComparisonProps {
  readonly first: string
  readonly second: string
}

/** Two dossiers side by side, and what is decided about them. */
export function TwinComparisonPage({ first, second }: TwinComparisonProps) {
  const text = useText()
  const list = useList()
  const found = useQuery('twin.compare', { first, second })
  if (found.failure !== null) return <ErrorNotice failure={found.failure} onRetry={found.reload} />
  if (found.data === null) return <Skeleton active className="page" />
  const { weighed, decided, may } = found.data
  const title = text('twins.pair.title', {
    first: found.data.first.name,
    second: found.data.second.name,
  })
  return (
    <div className="page">
      <PageHeader title={title} actions={<Button href={hrefOf('twins')}>{text('twins.pair.back')}</Button>} />
      <p className="twins-weighed">
        {weighed === null ? (
          text('twins.pair.none')
        ) : (
          <>
            <Mark {...strengthMarks[weighed.strength]} word={text(`twins.strength.${weighed.strength}`)} />
            {list(weighed.reasons.map((one) => text(`twins.reason.${one}`)))}
          </>
        )}
      </p>
      <SideBySide comparison={found.data} />
      {decided === null ? null : <TwinDecisionCard decision={decided} />}
      {may ? (
        <ProposeForm first={found.data.first.cadre} second={found.data.second.cadre} />
      ) : decided === null ? (
        <p className="prose-faint">{text('twins.may-not')}</p>
      ) : null}
    </div>
  )
}

function SideBySide({ comparison }: { readonly comparison: TwinComparison }) {
  const text = useText()
  const { catalogue } = useDesk()
  const { first, second } = comparison
  const ids = [...new Set([...first.categories, ...second.categories].map(({ category }) => category))].sort()
  const counts = (side: TwinSide, id: string) => {
    const found: TwinCategory | undefined = side.categories.find(({ category }) => category === id)
    return found === undefined
      ? text('twins.counts.none')
      : text('twins.counts', { archived: found.archived, waiting: found.waiting })
  }
  const merged = (side: TwinSide) => side.merged.map(({ name }) => name).join('、')
  const opened = (side: TwinSide) =>
    text('twins.opened', { at: momentText(side.openedAt), name: side.openedBy })
  const lines: readonly (readonly [string, string | null, string | null])[] = [
    [text('twins.field.name'), first.name, second.name],
    [text('twins.field.identity'), first.identityTail, second.identityTail],
    [text('twins.field.birth'), first.birth, second.birth],
    [text('twins.field.post'), first.post, second.post],
    [text('twins.field.unit'), first.unit, second.unit],
  ]
  return (
    <div className="table-scroll">
      <table className="grid-table twins-sides" aria-label={text('twins.pair.table')}>
        <thead>
          <tr>
            <th scope="col">{text('twins.pair.item')}</th>
            <th scope="col">
              <a href={hrefOf('dossiers', first.cadre)}>{text('twins.column.first')}</a>
            </th>
            <th scope="col">
              <a href={hrefOf('dossiers', second.cadre)}>{text('twins.column.second')}</a>
            </th>
            <th scope="col">{text('twins.pair.compared')}</th>
          </tr>
        </thead>
        <tbody>
          {lines.map(([label, one, other]) => (
            <Line key={label} label={label} one={one} other={other}>
              {one === null || other === null ? null : one === other ? (
                <Mark shape="=" tone="plain" word={text('twins.pair.same')} />
              ) : (
                <Mark shape="≠" tone="watch" word={text('twins.pair.differs')} />
              )}
            </Line>
          ))}
          <Line label={text('twins.field.opened')} one={opened(first)} other={opened(second)} />
          {first.merged.length + second.merged.length === 0 ? null : (
            <Line label={text('twins.field.merged')} one={merged(first)} other={merged(second)} />
          )}
          {ids.map((id) => (
            <Line
              key={id}
              label={`${id} ${findCategory(catalogue, id)?.name ?? ''}`}
              one={counts(first, id)}
              other={counts(second, id)}
            />
          ))}
        </tbody>
      </table>
    </div>
  )
}

interface LineProps {
  readonly label: string
  readonly one: string | null
  readonly other: string | null
  readonly children?: ReactNode
}

function Line({ label, one, other, children }: LineProps) {
  const text = useText()
  const shown = (value: string | null) =>
    value === null || value === '' ? <span className="prose-faint">{text('twins.missing')}</span> : value
  return (
    <tr>
      <th scope="row">{label}</th>
      <td>{shown(one)}</td>
      <td>{shown(other)}</td>
      <td className="nowrap">{children}</td>
    </tr>
  )
}

type Choice = 'first' | 'second' | 'apart'
const choices: readonly Choice[] = ['first', 'second', 'apart']

function ProposeForm({ first, second }: TwinComparisonProps) {
  const text = useText()
  const action = useAction('twin.propose')
  const [choice, setChoice] = useState<Choice | null>(null)
  const [reason, setReason] = useState('')
  const save = async () => {
    if (choice === null) return
    const [kept, other] = choice === 'second' ? [second, first] : [first, second]
    const outcome = choice === 'apart' ? 'apart' : 'merge'
    const done = await action.run({ outcome, kept, other, reason: reason.trim() })
    if (done.ok) goTo('twins', 'decided')
  }
  return (
    <form
      className="card twins-form"
      aria-labelledby="twins-form-title"
      onSubmit={(event) => {
        event.preventDefault()
        void save()
      }}
    >
      <h2 id="twins-form-title">{text('twins.decide')}</h2>
      <p className="prose-line">{text('twins.decide.what')}</p>
      <Radio.Group
        className="twins-choices"
        name="twins-choice"
        aria-label={text('twins.decide.choice')}
        value={choice}
        options={choices.map((value) => ({ value, label: text(`twins.decide.${value}`) }))}
        onChange={(event) => setChoice(event.target.value as Choice)}
      />
      <FormLine id="twins-reason" label={text('twins.reason')} isRequired>
        <Input
          id="twins-reason"
          maxLength={longestTwinReason}
          placeholder={text('twins.reason.hint')}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
      </FormLine>
      <ErrorNotice failure={action.failure} />
      <div className="form-actions">
        <Button
          type="primary"
          htmlType="submit"
          loading={action.isBusy}
          disabled={choice === null || reason.trim() === ''}
        >
          {text('twins.propose')}
        </Button>
      </div>
    </form>
  )
}
