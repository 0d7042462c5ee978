import { Descriptions } from 'antd'
import { useList, useText } from '../../ui/text.ts'
import { useFounding } from './founding-state.ts'

/** Everything once more before it is signed into the founding commit. */
export function ReviewStep() {
  const text = useText()
  const list = useList()
  const draft = useFounding((founding) => founding.draft)
  return (
    <div>
      <p className="prose-line">{text('founding.check.what')}</p>
      <Descriptions
        bordered
        size="small"
        column={2}
        items={[
          { key: 'name', label: text('founding.unit.name'), children: draft.unitName },
          {
            key: 'code',
            label: text('founding.unit.credit-code'),
            children: <span className="number">{draft.creditCode.trim() || text('value.blank')}</span>,
          },
          { key: 'device', label: text('founding.unit.device'), children: draft.device },
          {
            key: 'policy',
            label: text('founding.policy'),
            children: text(`founding.policy.${draft.policy}`),
          },
          {
            key: 'recovery',
            label: text('founding.recovery.quorum'),
            children: text('founding.recovery.summary', {
              threshold: draft.threshold,
              total: draft.holders.length,
              holders: list(draft.holders),
            }),
          },
          {
            key: 'hub',
            label: text('founding.recovery.card'),
            children: text(draft.hubCard.trim() === '' ? 'founding.check.no-card' : 'founding.check.card'),
          },
        ]}
      />
      <table className="grid-table">
        <thead>
          <tr>
            <th scope="col">{text('founding.members.name')}</th>
            <th scope="col">{text('founding.members.login')}</th>
            <th scope="col">{text('founding.members.roles')}</th>
            <th scope="col">{text('founding.members.cleared')}</th>
          </tr>
        </thead>
        <tbody>
          {draft.members.map((member) => (
            <tr key={member.key}>
              <td>{member.name}</td>
              <td>{member.login}</td>
              <td>{list(member.roles.map((role) => text(`role.${role}`)))}</td>
              <td>{text(member.cleared || member.roles.includes('inspector') ? 'value.yes' : 'value.no')}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="prose-line">{text('founding.check.above')}</p>
      <p className="prose-line irreversible">{text('founding.check.once')}</p>
    </div>
  )
}
