import { Radio } from 'antd'
import { useText } from '../../ui/text.ts'

const ways = ['stick', 'network'] as const
export type Way = (typeof ways)[number]

interface WayChoiceProps {
  readonly way: Way
  onChange(way: Way): void
}

/** By stick or over the local network: the same files, the same codes. */
export function WayChoice({ way, onChange }: WayChoiceProps) {
  const text = useText()
  return (
    <Radio.Group
      aria-label={text('join.by')}
      value={way}
      optionType="button"
      options={ways.map((one) => ({ value: one, label: text(`join.by.${one}`) }))}
      onChange={(event) => onChange(event.target.value as Way)}
    />
  )
}
