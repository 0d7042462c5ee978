import { Alert } from 'antd'
import type { OwnTasks } from '../../../src-shared/contract/member-views.ts'
import { useDesk } from '../../app/contexts.ts'
import { groupedHex } from '../../ui/moment.ts'
import { useList, useText } from '../../ui/text.ts'
import { GrantsTable } from './grants-table.tsx'

/** What the member at work may do, and what of it waits for somebody else. */
export function OwnCard({ own }: { readonly own: OwnTasks }) {
  const text = useText()
  const list = useList()
  const { session } = useDesk()
  const { grants, confirmers } = own
  const waits = grants.some((grant) => grant.standing === 'unconfirmed')
  const isNew = !grants.some((grant) => grant.standing === 'in-force')
  if (!waits && !isNew && !own.isStale) return null
  return (
    <>
      {own.isStale ? <Alert type="info" showIcon title={text('members.own.stale')} /> : null}
      {waits || isNew ? (
        <section className="card" aria-labelledby="own-roles">
          <h2 id="own-roles">
            {text(isNew ? 'members.own.welcome' : 'members.own.waiting', { name: session.member.name })}
          </h2>
          <p className="prose-line">
            {waits
              ? confirmers.length === 0
                ? text('members.own.nobody')
                : text('members.own.confirmers', { names: list(confirmers) })
              : text('members.own.no-role')}
          </p>
          {waits ? (
            <p className="fingerprint-line">
              {text('members.own.fingerprint')}{' '}
              <code className="fingerprint-large">{groupedHex(own.fingerprint)}</code>
            </p>
          ) : null}
          <GrantsTable grants={grants} />
        </section>
      ) : null}
    </>
  )
}
