import { Alert } from 'antd'
import type { ReceiptView } from '../../../src-shared/contract/log-views.ts'
import { momentText } from '../../ui/moment.ts'
import { useText, useTextOr } from '../../ui/text.ts'

/** What the hub has acknowledged, and what it holds to be void. */
export function ReceiptNotice({ receipts }: { readonly receipts: readonly ReceiptView[] }) {
  const text = useText()
  const textOr = useTextOr()
  const voids = receipts.flatMap((receipt) => receipt.voids)
  return (
    <Alert
      type={voids.length === 0 ? 'success' : 'warning'}
      showIcon
      title={text('receipt.title', { count: receipts.length })}
      description={
        <>
          <ul className="receipts">
            {receipts.map((receipt) => (
              <li key={receipt.bundle}>
                {text('receipt.line', {
                  compartment: text(`compartment.${receipt.compartment}`),
                  count: receipt.logs.reduce((sum, log) => sum + log.size, 0),
                  at: momentText(receipt.issuedAt),
                })}
              </li>
            ))}
          </ul>
          {voids.length === 0 ? null : (
            <ul className="refused">
              {voids.map((step) => (
                <li key={`${step.log}/${step.seq}`}>
                  <code>
                    {step.log.slice(0, 8)} #{step.seq}
                  </code>{' '}
                  {textOr(`error.${step.code}`)}
                </li>
              ))}
            </ul>
          )}
        </>
      }
    />
  )
}
