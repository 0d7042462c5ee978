import { Button, Skeleton } from 'antd'
import { useState } from 'react'
import { hrefOf } from '../../app/routes.ts'
import { useQuery } from '../../app/use-query.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { momentText } from '../../ui/moment.ts'
import { useText } from '../../ui/text.ts'
import { IncidentDetail } from './incident-detail.tsx'
import { IncidentStatus } from './incident-status.tsx'
import { ReportIncident } from './report-incident.tsx'

/** `#/audit/incidents/<id>`: the register, and one of it. */
export function Incidents({ selected }: { readonly selected: string | null }) {
  const text = useText()
  const register = useQuery('incident.list', {}, ['control'])
  const [isReporting, setReporting] = useState(false)
  const incidents = register.data ?? []
  const shown = incidents.find(({ incident }) => incident === selected) ?? incidents[0]
  return (
    <>
      <Button onClick={() => setReporting(true)}>{text('incident.report')}</Button>
      <ReportIncident isOpen={isReporting} onClose={() => setReporting(false)} />
      <ErrorNotice failure={register.failure} onRetry={register.reload} />
      {register.isLoading ? <Skeleton active /> : null}
      {register.data !== null && incidents.length === 0 ? (
        <EmptyState title={text('incident.none')} hint={text('incident.none.hint')} />
      ) : null}
      {incidents.length === 0 ? null : (
        <div className="incidents">
          <ul className="incident-list" aria-label={text('incident.list')}>
            {incidents.map((one) => (
              <li key={one.incident}>
                <a
                  className="incident-line"
                  href={hrefOf('audit', 'incidents', one.incident)}
                  {...(one === shown ? { 'aria-current': 'true' as const } : {})}
                >
                  <span className="incident-what">{one.report?.what ?? text('incident.unreadable')}</span>
                  <span className="incident-foot">
                    <IncidentStatus status={one.status} />
                    <span className="number">{momentText(one.at)}</span>
                    <span>{one.memberName}</span>
                  </span>
                </a>
              </li>
            ))}
          </ul>
          {shown === undefined ? null : <IncidentDetail key={shown.incident} incident={shown} />}
        </div>
      )}
    </>
  )
}
