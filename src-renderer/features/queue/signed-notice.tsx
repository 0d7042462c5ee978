import { Alert } from 'antd'
import type { ReactNode } from 'react'
import type { Signed } from '../../../src-shared/contract/review.ts'
import { useText } from '../../ui/text.ts'

interface SignedNoticeProps {
  readonly title: string
  readonly signed: Signed
  readonly children?: ReactNode
  onClose(): void
}

/** What one signature did: how many rows, and which the rules refused, with the reason of each kind. */
export function SignedNotice({ title, signed, children, onClose }: SignedNoticeProps) {
  const text = useText()
  const byCode = new Map<Signed['refused'][number]['code'], number>()
  for (const row of signed.refused) byCode.set(row.code, (byCode.get(row.code) ?? 0) + 1)
  return (
    <Alert
      type={signed.refused.length === 0 ? 'success' : 'warning'}
      showIcon
      title={title}
      closable={{ onClose, 'aria-label': text('do.close') }}
      description={
        <>
          {children}
          {byCode.size === 0 ? null : (
            <ul className="refused">
              {[...byCode].map(([code, count]) => (
                <li key={code}>
                  {text('signed.refused', { count })} {text(`error.${code}`)}
                </li>
              ))}
            </ul>
          )}
        </>
      }
    />
  )
}
