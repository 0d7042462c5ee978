import { Select, Skeleton } from 'antd'
import { useQuery } from '../../app/use-query.ts'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { FormLine } from '../../ui/form-line.tsx'
import { useText } from '../../ui/text.ts'

interface InterfaceChoiceProps {
  readonly address: string | null
  onChange(address: string): void
}

/** On which address of this computer it waits; never on all of them. */
export function InterfaceChoice({ address, onChange }: InterfaceChoiceProps) {
  const text = useText()
  const found = useQuery('device.interfaces', {}, [])
  if (found.failure !== null) return <ErrorNotice failure={found.failure} onRetry={found.reload} />
  if (found.data === null) return <Skeleton active paragraph={{ rows: 1 }} />
  const isLocal = (one: string) => one.startsWith('127.') || one === '::1'
  return (
    <div className="form">
      <FormLine id="device-interface" label={text('devices.interface')} hint={text('devices.interface.hint')}>
        <Select
          id="device-interface"
          aria-describedby="device-interface-notes"
          value={address}
          options={found.data.map((one) => ({
            value: one.address,
            label: isLocal(one.address)
              ? text('devices.interface.local', { address: one.address })
              : `${one.address} · ${one.name}`,
          }))}
          onChange={onChange}
        />
      </FormLine>
    </div>
  )
}
