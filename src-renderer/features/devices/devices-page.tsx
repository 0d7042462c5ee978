import { Alert, Button, Popconfirm, Skeleton } from 'antd'
import { useState } from 'react'
import { businessRoles } from '../../../src-shared/access/roles.ts'
import type { DeviceView } from '../../../src-shared/contract/device-views.ts'
import { useDesk } from '../../app/contexts.ts'
import { holdsAny } from '../../app/session.ts'
import { useAction } from '../../app/use-action.ts'
import { useQuery } from '../../app/use-query.ts'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { groupedHex, momentText } from '../../ui/moment.ts'
import { Mark } from '../../ui/status-tag.tsx'
import { useText } from '../../ui/text.ts'
import { AdmitPanel } from './admit-panel.tsx'
import { PackagePanel } from './package-panel.tsx'

type Open = { readonly what: 'admit' } | { readonly what: 'package'; readonly device: DeviceView } | null

/** The computers of the unit: admitting one, writing its joining files, removing one. */
export function DevicesPage() {
  const text = useText()
  const { session } = useDesk()
  const devices = useQuery('device.list', {}, ['control'])
  const remove = useAction('device.remove')
  const [open, setOpen] = useState<Open>(null)
  const [isRemoved, setRemoved] = useState(false)
  if (devices.failure !== null) return <ErrorNotice failure={devices.failure} onRetry={devices.reload} />
  if (devices.data === null) return <Skeleton active />
  const mayAdmit = holdsAny(session, ['secadmin'])
  const mayEnrol = holdsAny(session, businessRoles) && session.compartments.includes('archive')
  const takeAway = async (device: DeviceView) => {
    const done = await remove.run({ device: device.id })
    setRemoved(done.ok)
  }
  return (
    <>
      {open?.what === 'admit' ? <AdmitPanel onClose={() => setOpen(null)} /> : null}
      {open?.what === 'package' ? (
        <PackagePanel key={open.device.id} device={open.device} onClose={() => setOpen(null)} />
      ) : null}
      <ErrorNotice failure={remove.failure} onClose={remove.clear} />
      {isRemoved ? <Alert type="warning" showIcon title={text('devices.removed.done')} closable /> : null}
      <section className="card" aria-labelledby="devices-title">
        <div className="card-head">
          <h2 id="devices-title">{text('devices.title')}</h2>
          {mayAdmit ? (
            <Button type="primary" onClick={() => setOpen({ what: 'admit' })}>
              {text('devices.add')}
            </Button>
          ) : null}
        </div>
        <div className="table-scroll">
          <table className="grid-table">
            <thead>
              <tr>
                <th scope="col">{text('devices.name')}</th>
                <th scope="col">{text('devices.state')}</th>
                <th scope="col">{text('devices.fingerprint')}</th>
                <th scope="col">{text('devices.last')}</th>
                <th scope="col">
                  <span className="sr-only">{text('devices.add')}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {devices.data.map((device) => (
                <tr key={device.id}>
                  <th scope="row">{device.name}</th>
                  <td className="nowrap">
                    <State device={device} />
                  </td>
                  <td className="nowrap">
                    <code>{groupedHex(device.fingerprint)}</code>
                  </td>
                  <td className="number nowrap">
                    {device.isThis
                      ? ''
                      : device.lastReceivedAt === null
                        ? text('devices.never')
                        : momentText(device.lastReceivedAt)}
                  </td>
                  <td className="nowrap">
                    <div className="row-actions">
                      {mayEnrol && device.canEnrol ? (
                        <Button size="small" onClick={() => setOpen({ what: 'package', device })}>
                          {text('devices.package')}
                        </Button>
                      ) : null}
                      {mayAdmit && device.inForce && !device.isThis ? (
                        <Popconfirm
                          title={text('devices.remove.ask', { name: device.name })}
                          description={<p className="confirm-words">{text('devices.remove.what')}</p>}
                          onConfirm={() => void takeAway(device)}
                        >
                          <Button size="small" danger>
                            {text('devices.remove')}
                          </Button>
                        </Popconfirm>
                      ) : null}
                    </div>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </section>
    </>
  )
}

function State({ device }: { readonly device: DeviceView }) {
  const text = useText()
  if (!device.inForce) return <Mark shape="✕" tone="risk" word={text('devices.removed')} />
  return device.isThis ? (
    <Mark shape="◆" tone="action" word={text('devices.this')} />
  ) : (
    <Mark shape="○" tone="plain" word={text('devices.in-force')} />
  )
}
