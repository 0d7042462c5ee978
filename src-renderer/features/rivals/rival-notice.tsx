import { Alert, Button } from 'antd'
import type { RecordView } from '../../../src-shared/contract/views.ts'
import { hrefOf } from '../../app/routes.ts'
import { useText } from '../../ui/text.ts'
import { isOnTheWay, sidesOf, type Sides } from './settlement.ts'

/** Says that a record has revisions made apart, and leads to where they stand side by side. */
export function RivalNotice({ record }: { readonly record: RecordView }) {
  const text = useText()
  const sides = sidesOf(record)
  if (sides === null) return null
  return (
    <Situation
      sides={sides}
      isRoad={record.rivalry?.over === 'road'}
      action={
        <Button size="small" href={hrefOf('dossiers', record.cadre, 'rivals', record.record)}>
          {text('rivals.compare')}
        </Button>
      }
    />
  )
}

interface SituationProps {
  readonly sides: Sides
  readonly isRoad: boolean
  readonly action?: React.ReactNode
}

/** What stands against what, and what can be done about it now. */
export function Situation({ sides, isRoad, action }: SituationProps) {
  const text = useText()
  const [type, key, hint] = isRoad
    ? (['warning', 'rivals.road', 'rivals.road.hint'] as const)
    : sides.settlement !== null
      ? (['info', 'rivals.settling', 'rivals.settling.hint'] as const)
      : isOnTheWay(sides)
        ? (['warning', 'rivals.late', 'rivals.late.hint'] as const)
        : (['error', 'record.conflict', 'record.conflict.hint'] as const)
  return (
    <Alert
      className="no-print"
      type={type}
      showIcon
      title={text(key, { count: sides.sides.length })}
      description={text(hint)}
      action={action}
    />
  )
}
