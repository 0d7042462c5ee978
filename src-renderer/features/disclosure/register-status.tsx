import type { CopyStatus, CorrectionStatus } from '../../../src-shared/disclosure/states.ts'
import type { RegisterItem } from '../../../src-shared/contract/disclosure.ts'
import { Mark } from '../../ui/status-tag.tsx'
import { today } from '../../ui/moment.ts'
import { useText, useTextOr } from '../../ui/text.ts'

const shapes: Readonly<
  Record<
    CopyStatus | CorrectionStatus,
    { readonly shape: string; readonly tone: 'plain' | 'action' | 'watch' }
  >
> = {
  requested: { shape: '○', tone: 'watch' },
  approved: { shape: '◆', tone: 'action' },
  refused: { shape: '✕', tone: 'plain' },
  made: { shape: '■', tone: 'plain' },
  open: { shape: '○', tone: 'watch' },
  offered: { shape: '◐', tone: 'action' },
  corrected: { shape: '■', tone: 'plain' },
}

/** A state is a word and a shape; an answer that is late is said as well. */
export function RegisterStatus({ item }: { readonly item: RegisterItem }) {
  const text = useText()
  const textOr = useTextOr()
  const { shape, tone } = shapes[item.status]
  const isLate = item.kind === 'correction' && item.answered === null && item.dueOn < today()
  return (
    <>
      <Mark shape={shape} tone={tone} word={textOr(`register.status.${item.kind}.${item.status}`)} />
      {isLate ? <Mark shape="▲" tone="risk" word={text('register.late')} /> : null}
    </>
  )
}
