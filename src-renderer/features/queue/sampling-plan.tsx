import { Alert } from 'antd'
import type { LotView } from '../../../src-shared/contract/review-views.ts'
import { acceptanceNumber } from '../../../src-shared/review/sampling.ts'
import { momentText } from '../../ui/moment.ts'
import { useText } from '../../ui/text.ts'

/** A sampling plan in plain words, and after the draw what anybody needs to draw again. */
export function SamplingPlan({ lot }: { readonly lot: LotView }) {
  const text = useText()
  const { drawn, plan } = lot
  const rows: readonly (readonly [string, string])[] = [
    [text('sampling.lot'), text('sampling.lot.value', { count: lot.lot })],
    [
      text('sampling.size'),
      text(lot.size < lot.lot ? 'sampling.size.value' : 'sampling.size.all', { count: lot.size }),
    ],
    [text('sampling.acceptance'), text('sampling.acceptance.value', { count: acceptanceNumber })],
    [
      text('sampling.promise'),
      text('sampling.promise.value', {
        wrong: lot.intolerable,
        tolerable: percent(plan.tolerablePermille),
        risk: percent(1000 - plan.confidencePermille),
      }),
    ],
  ]
  const table = (
    <table className="fields-table">
      <tbody>
        {rows.map(([label, value]) => (
          <tr key={label}>
            <th scope="row">{label}</th>
            <td>{value}</td>
          </tr>
        ))}
        <tr>
          <th scope="row">{text('sampling.seed')}</th>
          <td className="vsheet-hash">
            {drawn === null ? text('sampling.seed.before') : <code>{drawn.seed}</code>}
            <p className="prose-faint">{text('sampling.recompute')}</p>
          </td>
        </tr>
        {drawn === null ? null : (
          <>
            <tr>
              <th scope="row">{text('sampling.leaf')}</th>
              <td className="vsheet-hash">
                <code>{drawn.draw}</code>{' '}
                <span className="prose-faint">
                  {text('sampling.done', { name: drawn.by, at: momentText(drawn.at) })}
                </span>
              </td>
            </tr>
            <tr>
              <th scope="row">{text('sampling.submissions')}</th>
              <td className="vsheet-hash">
                {drawn.submissions.map((leaf) => (
                  <code key={leaf}>{leaf}</code>
                ))}
              </td>
            </tr>
          </>
        )}
      </tbody>
    </table>
  )
  if (lot.broken === 0) return table
  return (
    <>
      <Alert type="warning" showIcon title={text('sampling.broken', { count: lot.broken })} />
      {table}
    </>
  )
}

/** Thousandths as per cent, without a tail of zeros. */
function percent(permille: number): string {
  return String(permille / 10)
}
