import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { Alert, Button, Checkbox, Input, Select } from 'antd'
import { businessRoles, roles, type Role } from '../../../src-shared/access/roles.ts'
import { useText } from '../../ui/text.ts'
import { handlesDiscipline } from './founding-checks.ts'
import { useFounding } from './founding-state.ts'

/** External supervisors get sample bundles only; nobody founds a unit as one. */
const offered = roles.filter((role) => role !== 'supervisor')

export function MembersStep() {
  const text = useText()
  const { draft, changeMember, addMember, removeMember } = useFounding()
  return (
    <div>
      <p className="prose-line">{text(`founding.members.${draft.policy}`)}</p>
      <table className="grid-table members">
        <thead>
          <tr>
            <th scope="col">{text('founding.members.number')}</th>
            <th scope="col">{text('founding.members.name')}</th>
            <th scope="col">{text('founding.members.login')}</th>
            <th scope="col">{text('founding.members.roles')}</th>
            <th scope="col">{text('founding.members.cleared')}</th>
            <th scope="col">
              <span className="sr-only">{text('do.remove')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {draft.members.map((member, index) => {
            const who = text('founding.members.row', { number: index + 1 })
            const isInspector = member.roles.includes('inspector')
            const isBusiness = member.roles.some((role) => businessRoles.includes(role))
            return (
              <tr key={member.key}>
                <td className="number">{index + 1}</td>
                <td>
                  <Input
                    aria-label={`${who} ${text('founding.members.name')}`}
                    value={member.name}
                    maxLength={100}
                    onChange={(event) => changeMember(member.key, { name: event.target.value })}
                  />
                </td>
                <td>
                  <Input
                    aria-label={`${who} ${text('founding.members.login')}`}
                    value={member.login}
                    maxLength={40}
                    autoComplete="off"
                    onChange={(event) => changeMember(member.key, { login: event.target.value })}
                  />
                </td>
                <td>
                  <Select<Role[]>
                    mode="multiple"
                    className="fill"
                    aria-label={`${who} ${text('founding.members.roles')}`}
                    value={[...member.roles]}
                    options={offered.map((role) => ({
                      value: role,
                      label: text(`role.${role}`),
                      title: text(`role.${role}.hint`),
                    }))}
                    onChange={(chosen) => changeMember(member.key, { roles: chosen })}
                  />
                </td>
                <td>
                  <Checkbox
                    aria-label={`${who} ${text('founding.members.cleared')}`}
                    checked={isInspector || (member.cleared && isBusiness)}
                    disabled={isInspector || !isBusiness}
                    onChange={(event) => changeMember(member.key, { cleared: event.target.checked })}
                  />
                </td>
                <td>
                  <Button
                    type="text"
                    size="small"
                    icon={<DeleteOutlined />}
                    aria-label={`${who} ${text('do.remove')}`}
                    onClick={() => removeMember(member.key)}
                  />
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
      <Button type="dashed" icon={<PlusOutlined />} disabled={draft.members.length >= 50} onClick={addMember}>
        {text('founding.members.add')}
      </Button>
      <p className="prose-line prose-faint">{text('founding.members.cleared.hint')}</p>
      {handlesDiscipline(draft.members) ? null : (
        <Alert type="warning" showIcon title={text('founding.members.no-discipline')} />
      )}
    </div>
  )
}
