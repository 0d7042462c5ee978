import type { MemberTasks } from '../../../src-shared/contract/member-views.ts'
import { hrefOf } from '../../app/routes.ts'
import { useText } from '../../ui/text.ts'
import { useGrantWords } from './grant-words.ts'
import { RevokeButton } from './revoke-button.tsx'

/** Deputies whose days are over: they may do nothing any more, but still hold the keys until they are revoked. */
export function ExpiredCard({ expired }: { readonly expired: MemberTasks['expired'] }) {
  const text = useText()
  const words = useGrantWords()
  return (
    <section className="card" aria-labelledby="expired">
      <h2 id="expired">{text('members.expired')}</h2>
      <p className="prose-line">{text('members.expired.what')}</p>
      <table className="grid-table">
        <tbody>
          {expired.map(({ member, name, grant }) => {
            const { role, days } = words(grant)
            return (
              <tr key={`${member}/${grant.role}/${grant.deputyFor ?? ''}`}>
                <td className="nowrap">
                  <a href={hrefOf('members', member)}>{name}</a>
                </td>
                <td>{role}</td>
                <td className="number nowrap">{days}</td>
                <td className="is-end">
                  <RevokeButton member={{ id: member, name }} grant={grant} />
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </section>
  )
}
