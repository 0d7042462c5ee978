import { DeleteOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import type { KnownProfile } from '../../../src-shared/contract/import.ts'
import { useAction } from '../../app/use-action.ts'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { momentText } from '../../ui/moment.ts'
import { useText } from '../../ui/text.ts'

interface RememberedProfilesProps {
  readonly profiles: readonly KnownProfile[]
  onChanged(): void
}

/** Mappings of earlier deliveries, by department; chosen by themselves for the same headings. */
export function RememberedProfiles({ profiles, onChanged }: RememberedProfilesProps) {
  const text = useText()
  const forget = useAction('import.forget')
  const kept = profiles.filter(({ remembered }) => remembered !== null)
  if (kept.length === 0) return null
  const drop = async (id: string) => {
    const done = await forget.run({ id: Number(id) })
    if (done.ok) onChanged()
  }
  return (
    <details className="card import-extra">
      <summary>{text('import.kept', { count: kept.length })}</summary>
      <table className="grid-table">
        <thead>
          <tr>
            <th scope="col">{text('column.source')}</th>
            <th scope="col">{text('import.name')}</th>
            <th scope="col">{text('column.time')}</th>
            <th scope="col">{text('import.kept.actions')}</th>
          </tr>
        </thead>
        <tbody>
          {kept.map(({ id, profile, remembered }) => (
            <tr key={id}>
              <td>{profile.source}</td>
              <td>{profile.name}</td>
              <td className="nowrap number">{momentText(remembered?.at ?? '')}</td>
              <td>
                <Button
                  size="small"
                  icon={<DeleteOutlined />}
                  aria-label={text('import.kept.forget-one', { source: profile.source, name: profile.name })}
                  onClick={() => void drop(id)}
                >
                  {text('import.kept.forget')}
                </Button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <ErrorNotice failure={forget.failure} />
    </details>
  )
}
