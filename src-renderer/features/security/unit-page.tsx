import { Descriptions, Skeleton } from 'antd'
import { findCategory } from '../../../src-shared/catalogue/read.ts'
import type { Keyring } from '../../../src-shared/access/roles.ts'
import type { MemberView, UnitView } from '../../../src-shared/contract/views.ts'
import { useDesk } from '../../app/contexts.ts'
import { useQuery } from '../../app/use-query.ts'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { groupedHex, momentText } from '../../ui/moment.ts'
import { Mark } from '../../ui/status-tag.tsx'
import { useList, useText } from '../../ui/text.ts'

/** The unit, its members with their roles and keys, and who holds the key of which compartment. */
export function UnitPage() {
  const unit = useQuery('unit.read', {}, ['control'])
  if (unit.failure !== null) return <ErrorNotice failure={unit.failure} onRetry={unit.reload} />
  if (unit.data === null) return <Skeleton active />
  return (
    <>
      <UnitFacts unit={unit.data} />
      <Members unit={unit.data} />
    </>
  )
}

function UnitFacts({ unit }: { readonly unit: UnitView }) {
  const text = useText()
  const list = useList()
  return (
    <Descriptions
      bordered
      size="small"
      column={2}
      items={[
        { key: 'name', label: text('founding.unit.name'), children: unit.name },
        {
          key: 'code',
          label: text('founding.unit.credit-code'),
          children: <span className="number">{unit.creditCode ?? text('value.blank')}</span>,
        },
        { key: 'policy', label: text('founding.policy'), children: text(`founding.policy.${unit.policy}`) },
        {
          key: 'founded',
          label: text('unit.founded'),
          children: <span className="number">{momentText(unit.foundedAt)}</span>,
        },
        {
          key: 'catalogue',
          label: text('unit.catalogue'),
          children: text('unit.catalogue.version', { version: unit.catalogueVersion }),
        },
        {
          key: 'devices',
          label: text('unit.devices'),
          children: unit.devices.map((device) => (
            <div key={device.id}>
              {device.name} <code>{groupedHex(device.fingerprint)}</code>
            </div>
          )),
        },
        {
          key: 'recovery',
          label: text('founding.recovery.quorum'),
          span: 2,
          children: text('founding.recovery.summary', {
            threshold: unit.recovery.threshold,
            total: unit.recovery.holders.length,
            holders: list(unit.recovery.holders),
          }),
        },
        {
          key: 'id',
          label: text('unit.id'),
          span: 2,
          children: <code>{unit.id}</code>,
        },
        {
          key: 'root',
          label: text('unit.root'),
          span: 2,
          children: <code className="fingerprint">{groupedHex(unit.unitRootPublicKey, 64)}</code>,
        },
      ]}
    />
  )
}

function Members({ unit }: { readonly unit: UnitView }) {
  const text = useText()
  const { session } = useDesk()
  // A compartment that the member cannot open is not shown, not even as a column.
  const shown = unit.keyrings
    .map((one) => one.keyring)
    .filter((keyring) => !isCompartment(keyring) || session.compartments.includes(keyring))
  return (
    <section className="card" aria-labelledby="unit-members">
      <h2 id="unit-members">{text('unit.members')}</h2>
      <div className="table-scroll">
        <table className="grid-table">
          <thead>
            <tr>
              <th scope="col">{text('founding.members.name')}</th>
              <th scope="col">{text('founding.members.login')}</th>
              <th scope="col">{text('founding.members.roles')}</th>
              <th scope="col">{text('unit.grant')}</th>
              <th scope="col">{text('unit.fingerprint')}</th>
              {shown.map((keyring) => (
                <th key={keyring} scope="col" className="is-center">
                  {text(`keyring.${keyring}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {unit.members.map((member) => (
              <tr key={member.id}>
                <td className="nowrap">{member.name}</td>
                <td className="nowrap">{member.login}</td>
                <td>
                  <Roles member={member} />
                </td>
                <td>
                  <Grants member={member} />
                </td>
                <td className="nowrap">
                  <code>{groupedHex(member.fingerprint)}</code>
                </td>
                {shown.map((keyring) => (
                  <td key={keyring} className="is-center">
                    {member.keyrings.includes(keyring) ? (
                      <Mark shape="◆" tone="action" word={text('unit.holds')} />
                    ) : (
                      <span className="blank">—</span>
                    )}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row" colSpan={5}>
                {text('unit.epochs')}
              </th>
              {unit.keyrings
                .filter((one) => shown.includes(one.keyring))
                .map((one) => (
                  <td key={one.keyring} className="is-center number nowrap">
                    {text('unit.epoch', { epoch: one.epoch, holders: one.holders })}
                  </td>
                ))}
            </tr>
          </tfoot>
        </table>
      </div>
    </section>
  )
}

function isCompartment(keyring: Keyring): keyring is 'control' | 'archive' | 'discipline' {
  return keyring !== 'seal' && keyring !== 'audit'
}

function Roles({ member }: { readonly member: MemberView }) {
  const text = useText()
  return (
    <span className="roles">
      {member.roles.map((grant) => (
        <Mark
          key={grant.role}
          shape={grant.inForce ? '◆' : '◇'}
          tone={grant.inForce ? 'action' : 'watch'}
          word={
            grant.inForce
              ? text(`role.${grant.role}`)
              : text('unit.not-in-force', { role: text(`role.${grant.role}`) })
          }
        />
      ))}
    </span>
  )
}

function Grants({ member }: { readonly member: MemberView }) {
  const text = useText()
  const { catalogue } = useDesk()
  const list = useList()
  const categories = new Set(member.roles.flatMap((grant) => grant.categories))
  if (categories.has('*')) return <span>{text('unit.grant.all')}</span>
  return <span>{list([...categories].map((id) => findCategory(catalogue, id)?.name ?? id))}</span>
}
