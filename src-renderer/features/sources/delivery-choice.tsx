import { Select } from 'antd'
import { useQuery } from '../../app/use-query.ts'
import { FormLine } from '../../ui/form-line.tsx'
import { useText } from '../../ui/text.ts'

/** The delivery of a source that a table is. */
export interface ChosenDelivery {
  readonly source: string
  readonly period: string | null
}

interface DeliveryChoiceProps {
  readonly value: ChosenDelivery | null
  onChange(value: ChosenDelivery | null): void
}

/** As which delivery a table is imported; nothing where no department is expected to deliver. */
export function DeliveryChoice({ value, onChange }: DeliveryChoiceProps) {
  const text = useText()
  const { data } = useQuery('source.list', {}, ['control', 'archive'])
  const sources = (data?.sources ?? []).filter(({ profile }) => !profile.ended)
  if (sources.length === 0) return null
  const chosen = sources.find(({ source }) => source === value?.source)
  return (
    <div className="delivery-choice">
      <FormLine id="delivery-source" label={text('import.delivery')}>
        <Select<string>
          id="delivery-source"
          className="fill"
          value={value?.source ?? ''}
          options={[
            { value: '', label: text('import.delivery.none') },
            ...sources.map(({ source, profile }) => ({ value: source, label: profile.name })),
          ]}
          onChange={(source) => {
            const found = sources.find((one) => one.source === source)
            onChange(found === undefined ? null : { source, period: found.expected })
          }}
        />
      </FormLine>
      {value === null || chosen === undefined || chosen.lines.length === 0 ? null : (
        <FormLine id="delivery-period" label={text('import.delivery.period')}>
          <Select<string>
            id="delivery-period"
            className="fill"
            value={value.period ?? ''}
            options={chosen.lines.map(({ period, state }) => ({
              value: period,
              label: `${period} ${text(`delivery.state.${state}`)}`,
            }))}
            onChange={(period) => onChange({ source: value.source, period })}
          />
        </FormLine>
      )}
    </div>
  )
}
