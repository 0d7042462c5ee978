import type { GrantLine, GrantStanding } from '../../../src-shared/contract/member-views.ts'
import type { ReactNode } from 'react'
import { Mark } from '../../ui/status-tag.tsx'
import { useText } from '../../ui/text.ts'
import { useGrantWords } from './grant-words.ts'

interface GrantsTableProps {
  readonly grants: readonly GrantLine[]
  /** What can be done with one of them. */
  action?(grant: GrantLine): ReactNode
}

const looks = {
  'in-force': { shape: '◆', tone: 'action' },
  unconfirmed: { shape: '◇', tone: 'watch' },
  'not-yet': { shape: '○', tone: 'plain' },
  over: { shape: '—', tone: 'plain' },
} as const

export function GrantMark({ standing }: { readonly standing: GrantStanding }) {
  const text = useText()
  const { shape, tone } = looks[standing]
  return <Mark shape={shape} tone={tone} word={text(`members.grant.${standing}`)} />
}

export function GrantsTable({ grants, action }: GrantsTableProps) {
  const text = useText()
  const words = useGrantWords()
  if (grants.length === 0) return <p className="prose-faint">{text('members.grants.none')}</p>
  return (
    <table className="grid-table">
      <thead>
        <tr>
          <th scope="col">{text('founding.members.roles')}</th>
          <th scope="col">{text('members.reach.title')}</th>
          <th scope="col">{text('members.days.title')}</th>
          <th scope="col">{text('column.status')}</th>
          {action === undefined ? null : (
            <th scope="col">
              <span className="sr-only">{text('column.action')}</span>
            </th>
          )}
        </tr>
      </thead>
      <tbody>
        {grants.map((grant) => {
          const { role, days, reach } = words(grant)
          return (
            <tr key={`${grant.role}/${grant.deputyFor ?? ''}`}>
              <td>{role}</td>
              <td>{reach ?? <span className="blank">—</span>}</td>
              <td className="number nowrap">{days ?? text('members.days.open')}</td>
              <td className="nowrap">
                <GrantMark standing={grant.standing} />
              </td>
              {action === undefined ? null : <td className="is-end">{action(grant)}</td>}
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}
