import { Button, Progress } from 'antd'
import { useText } from './text.ts'

interface ProgressBarProps {
  readonly label: string
  readonly done: number
  /** 0 while it is not known how much there is. */
  readonly total: number
  readonly onCancel?: () => void
}

export function ProgressBar({ label, done, total, onCancel }: ProgressBarProps) {
  const text = useText()
  const percent = total === 0 ? 0 : Math.min(100, Math.floor((done / total) * 100))
  return (
    <div className="progress" role="status">
      <span className="progress-label">{label}</span>
      <Progress percent={percent} aria-label={label} status="active" />
      <span className="number progress-count">
        {total === 0 ? '' : `${done.toLocaleString('en-US')} / ${total.toLocaleString('en-US')}`}
      </span>
      {onCancel === undefined ? null : (
        <Button size="small" onClick={onCancel}>
          {text('do.cancel')}
        </Button>
      )}
    </div>
  )
}
