import { Alert } from 'antd'
import type { RecordView } from '../../../src-shared/contract/views.ts'
import { momentText } from '../../ui/moment.ts'
import { useText } from '../../ui/text.ts'

/** Objections that a signature had not seen. They undo nothing; whoever answers for the entry weighs them. */
export function LateNotice({ record }: { readonly record: RecordView }) {
  const text = useText()
  const late = record.revisions.flatMap((revision, index) =>
    revision.late.map((objection) => ({ ...objection, number: record.revisions.length - index })),
  )
  if (late.length === 0) return null
  return (
    <Alert
      type="warning"
      showIcon
      title={text('late.title')}
      description={
        <>
          <p>{text('late.hint')}</p>
          <ul className="plain-list">
            {late.map((one) => (
              <li key={`${one.number}/${one.hand.commit}`}>
                {text('late.line', {
                  name: one.hand.name,
                  at: momentText(one.hand.at),
                  act: text(`late.${one.act}`),
                  number: one.number,
                })}
                {one.words === '' ? null : <p className="many-lines">{one.words}</p>}
              </li>
            ))}
          </ul>
        </>
      }
    />
  )
}
