import { PrinterOutlined } from '@ant-design/icons'
import { Button, Descriptions } from 'antd'
import type { IncidentView } from '../../../src-shared/contract/audit.ts'
import { useDesk } from '../../app/contexts.ts'
import { useAction } from '../../app/use-action.ts'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { momentText } from '../../ui/moment.ts'
import { Mark } from '../../ui/status-tag.tsx'
import { useText } from '../../ui/text.ts'
import { FollowUpForm } from './follow-up-form.tsx'
import { IncidentStatus } from './incident-status.tsx'

/** One incident: what was reported, each step since, and the next one. It prints as the office form. */
export function IncidentDetail({ incident }: { readonly incident: IncidentView }) {
  const text = useText()
  const { session } = useDesk()
  const enter = useAction('incident.print')
  const { report, followUps, status, state } = incident
  const print = async () => {
    const entered = await enter.run({ incident: incident.incident })
    if (entered.ok) window.print()
  }
  return (
    <article className="incident paper-form" aria-label={text('incident.form')}>
      <header className="paper-head">
        <h2>{text('incident.form')}</h2>
        <p className="paper-only">{session.unit.name}</p>
      </header>
      {state === 'good' ? null : (
        <p>
          <Mark shape="✕" tone="risk" word={text(`audit.state.${state}`)} />
        </p>
      )}
      <Descriptions
        bordered
        size="small"
        column={2}
        items={[
          {
            key: 'number',
            label: text('incident.number'),
            children: <code>{incident.incident.slice(0, 8).toUpperCase()}</code>,
          },
          { key: 'status', label: text('incident.status'), children: <IncidentStatus status={status} /> },
          { key: 'by', label: text('incident.by'), children: incident.memberName },
          {
            key: 'at',
            label: text('incident.at'),
            children: <span className="number">{momentText(incident.at)}</span>,
          },
          ...(report === null
            ? [{ key: 'none', label: text('incident.what'), span: 2, children: text('incident.unreadable') }]
            : [
                {
                  key: 'found',
                  label: text('incident.found'),
                  children: <span className="number">{momentText(report.foundAt)}</span>,
                },
                {
                  key: 'carrier',
                  label: text('incident.carrier'),
                  children: text(`incident.carrier.${report.carrier}`),
                },
                ...(['what', 'who', 'course', 'measures'] as const).map((field) => ({
                  key: field,
                  label: text(`incident.${field}`),
                  span: 2,
                  children: (
                    <span className="many-lines">
                      {report[field] === '' ? <span className="blank">—</span> : report[field]}
                    </span>
                  ),
                })),
              ]),
        ]}
      />
      {followUps.length === 0 ? null : (
        <>
          <h3>{text('incident.follow-up')}</h3>
          <ol className="follow-ups">
            {followUps.map((step) => (
              <li key={step.at}>
                <p className="many-lines">{step.measures}</p>
                <p className="follow-up-foot">
                  <span className="number">{momentText(step.at)}</span> {step.memberName}
                  {step.reportedUpward === null ? null : (
                    <Mark
                      shape="◐"
                      tone="watch"
                      word={text('incident.upward.line', {
                        at: momentText(step.reportedUpward.at),
                        to: step.reportedUpward.to,
                      })}
                    />
                  )}
                  {step.closes ? (
                    <Mark shape="◆" tone="action" word={text('incident.status.closed')} />
                  ) : null}
                </p>
              </li>
            ))}
          </ol>
        </>
      )}
      <footer className="paper-only paper-foot">
        <span>{text('incident.form.signature')}：</span>
        <span>{text('incident.form.head')}：</span>
        <span>{text('audit.report.day')}：</span>
      </footer>
      <div className="no-print incident-actions">
        <Button icon={<PrinterOutlined />} loading={enter.isBusy} onClick={() => void print()}>
          {text('incident.print')}
        </Button>
        <ErrorNotice failure={enter.failure} />
      </div>
      {status === 'closed' || state !== 'good' ? null : <FollowUpForm incident={incident.incident} />}
    </article>
  )
}
