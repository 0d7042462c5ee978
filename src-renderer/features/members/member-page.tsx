import { Descriptions, Skeleton } from 'antd'
import type { MemberLine } from '../../../src-shared/contract/member-views.ts'
import type { Id } from '../../../src-shared/kernel/ids.ts'
import { useDesk } from '../../app/contexts.ts'
import { holdsAny } from '../../app/session.ts'
import { useQuery } from '../../app/use-query.ts'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { groupedHex } from '../../ui/moment.ts'
import { PageHeader } from '../../ui/page-header.tsx'
import { useList, useText } from '../../ui/text.ts'
import { GrantsTable } from './grants-table.tsx'
import { History } from './history.tsx'
import { MemberActions } from './member-actions.tsx'
import { Standing } from './member-list.tsx'
import { RevokeButton } from './revoke-button.tsx'

/** One member: what they may do, whose keys they hold, who said so. */
export function MemberPage({ member }: { readonly member: Id }) {
  const text = useText()
  const { session } = useDesk()
  const page = useQuery('member.read', { member }, ['control'])
  if (page.failure !== null) {
    return (
      <div className="page">
        <ErrorNotice failure={page.failure} onRetry={page.reload} />
      </div>
    )
  }
  if (page.data === null) return <Skeleton active className="page" />
  const { member: line, acts } = page.data
  const { details } = line
  const mayChange = holdsAny(session, ['secadmin']) && line.id !== session.member.id
  return (
    <div className="page">
      <PageHeader title={line.name} actions={<Standing standing={line.standing} />} />
      <Facts line={line} />
      {details === null ? null : (
        <section className="card" aria-labelledby="member-grants">
          <h2 id="member-grants">{text('members.grants')}</h2>
          <GrantsTable
            grants={details.grants}
            {...(mayChange
              ? {
                  action: (grant) => (
                    <RevokeButton
                      member={line}
                      grant={grant}
                      {...(details.loss === null ? {} : { reviewersLeft: details.loss.reviewersLeft })}
                    />
                  ),
                }
              : {})}
          />
        </section>
      )}
      {mayChange ? <MemberActions line={line} /> : null}
      {acts.length === 0 ? null : <History acts={acts} />}
    </div>
  )
}

function Facts({ line }: { readonly line: MemberLine }) {
  const text = useText()
  const list = useList()
  const { details } = line
  if (details === null) {
    const roles = line.roles.map((role) => text(`role.${role}`))
    return <p className="prose-line">{roles.length === 0 ? text('members.no-role') : list(roles)}</p>
  }
  const rings = (names: typeof details.keyrings) => list(names.map((ring) => text(`keyring.${ring}`)))
  return (
    <Descriptions
      bordered
      size="small"
      column={2}
      items={[
        { key: 'login', label: text('founding.members.login'), children: details.login },
        {
          key: 'fingerprint',
          label: text('unit.fingerprint'),
          children:
            details.fingerprint === null ? (
              <span className="blank">{text('members.no-key')}</span>
            ) : (
              <code>{groupedHex(details.fingerprint)}</code>
            ),
        },
        {
          key: 'keyrings',
          label: text('members.keyrings'),
          children: (
            <>
              {details.keyrings.length === 0 ? text('members.keyrings.none') : rings(details.keyrings)}
              {details.missing.length === 0 ? null : (
                <div className="is-watched">
                  {text('members.keyrings.missing', { names: rings(details.missing) })}
                </div>
              )}
            </>
          ),
        },
        {
          key: 'dossier',
          label: text('members.dossier'),
          children: text(`members.dossier.${details.dossier}`),
        },
      ]}
    />
  )
}
