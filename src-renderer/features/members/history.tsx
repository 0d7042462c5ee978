import type { AuthorityAct } from '../../../src-shared/contract/member-views.ts'
import { groupedHex, momentText } from '../../ui/moment.ts'
import { useClauses, useText, useTextOr } from '../../ui/text.ts'

/** Who granted, confirmed and took away what, and when: as it was signed. */
export function History({ acts }: { readonly acts: readonly AuthorityAct[] }) {
  const text = useText()
  const textOr = useTextOr()
  const about = useAboutAct()
  return (
    <section className="card" aria-labelledby="member-history">
      <h2 id="member-history">{text('members.history')}</h2>
      <table className="grid-table">
        <thead>
          <tr>
            <th scope="col">{text('column.time')}</th>
            <th scope="col">{text('log.action')}</th>
            <th scope="col">{text('members.history.about')}</th>
            <th scope="col">{text('log.member')}</th>
          </tr>
        </thead>
        <tbody>
          {acts.map((act, index) => (
            // One commit may hold several steps of the same kind.
            // eslint-disable-next-line react/no-array-index-key
            <tr key={`${act.commit}/${index}`}>
              <td className="number nowrap">{momentText(act.at)}</td>
              <td className="nowrap">{textOr(`action.${act.what}`)}</td>
              <td>{about(act)}</td>
              <td className="nowrap">
                {act.by}{' '}
                <span className="prose-faint">
                  {act.isFounding ? text('members.history.founding') : textOr(`role.${act.byRole}`)}
                </span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

function useAboutAct(): (act: AuthorityAct) => string {
  const text = useText()
  const clauses = useClauses()
  return ({ role, level, deputyFor, from, until, cause, fingerprint }) => {
    const said: string[] = []
    if (role !== null) {
      const word = text(`role.${role}`)
      said.push(deputyFor === null ? word : text('members.deputy-of', { role: word, name: deputyFor }))
    }
    if (level !== null && level === 4) said.push(text('members.level.4'))
    if (from !== null && until !== null) said.push(text('members.days', { from, until }))
    if (cause !== null) said.push(text(`members.cause.${cause}`))
    if (fingerprint !== null && fingerprint !== '') said.push(groupedHex(fingerprint))
    return clauses(said)
  }
}
