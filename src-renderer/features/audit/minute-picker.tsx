import { DatePicker } from 'antd'
import dayjs from 'dayjs'

interface MinutePickerProps {
  readonly id: string
  /** ISO 8601 UTC. */
  readonly value: string
  readonly isWrong: boolean
  onChange(value: string): void
}

/** A day and a minute that has passed, typed or chosen. */
export function MinutePicker({ id, value, isWrong, onChange }: MinutePickerProps) {
  return (
    <DatePicker
      id={id}
      className="fill"
      showTime={{ format: 'HH:mm' }}
      format="YYYY-MM-DD HH:mm"
      allowClear={false}
      aria-required
      aria-invalid={isWrong}
      aria-describedby={`${id}-notes`}
      value={dayjs(value)}
      disabledDate={(day) => day.isAfter(dayjs(), 'day')}
      onChange={(day) => {
        if (day !== null) onChange(day.toISOString())
      }}
    />
  )
}
