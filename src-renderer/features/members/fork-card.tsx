import { Alert, Button, Popconfirm } from 'antd'
import type { ForkSide, MemberTasks } from '../../../src-shared/contract/member-views.ts'
import { useAction } from '../../app/use-action.ts'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { momentText } from '../../ui/moment.ts'
import { useText, useTextOr } from '../../ui/text.ts'

/** Two versions of who may do what: until two people say which holds, neither does. */
export function ForkCard({ fork }: { readonly fork: NonNullable<MemberTasks['fork']> }) {
  const text = useText()
  return (
    <section className="card" aria-labelledby="fork">
      <h2 id="fork">{text('members.fork')}</h2>
      <Alert type="warning" showIcon title={text('members.fork.what')} />
      <p className="prose-line">{text('members.fork.how')}</p>
      <div className="fork-sides">
        {fork.sides.map((side, index) => (
          <Side key={side.first} side={side} number={index + 1} maySettle={fork.maySettle} />
        ))}
      </div>
    </section>
  )
}

interface SideProps {
  readonly side: ForkSide
  readonly number: number
  readonly maySettle: boolean
}

function Side({ side, number, maySettle }: SideProps) {
  const text = useText()
  const textOr = useTextOr()
  const settle = useAction('fork.settle')
  const confirm = useAction('fork.confirm')
  const kept = { kept: side.first }
  const title = `fork-${number}`
  return (
    <section aria-labelledby={title} className="fork-side">
      <h3 id={title}>{text('members.fork.side', { number })}</h3>
      <table className="grid-table">
        <tbody>
          {side.acts.map((act, index) => (
            // One commit may hold several steps of the same kind.
            // eslint-disable-next-line react/no-array-index-key
            <tr key={`${act.commit}/${index}`}>
              <td className="number nowrap">{momentText(act.at)}</td>
              <td>
                {textOr(`action.${act.what}`)} {act.about ?? ''}
              </td>
              <td className="nowrap">{act.by}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {side.proposedBy === null ? null : (
        <p className="is-watched">{text('members.fork.proposed', { name: side.proposedBy })}</p>
      )}
      {maySettle && side.proposedBy === null ? (
        <Popconfirm
          title={text('members.fork.ask', { number })}
          description={<p className="pop-words">{text('members.fork.consequence')}</p>}
          okText={text('members.fork.settle')}
          cancelText={text('do.cancel')}
          onConfirm={() => void settle.run(kept)}
        >
          <Button loading={settle.isBusy}>{text('members.fork.settle')}</Button>
        </Popconfirm>
      ) : null}
      {side.mayConfirm ? (
        <Popconfirm
          title={text('members.fork.confirm.ask', { number })}
          description={<p className="pop-words">{text('members.fork.consequence')}</p>}
          okText={text('members.fork.confirm')}
          cancelText={text('do.cancel')}
          onConfirm={() => void confirm.run(kept)}
        >
          <Button type="primary" loading={confirm.isBusy}>
            {text('members.fork.confirm')}
          </Button>
        </Popconfirm>
      ) : null}
      <ErrorNotice failure={settle.failure ?? confirm.failure} />
    </section>
  )
}
