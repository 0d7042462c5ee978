import { Button } from 'antd'
import { useState } from 'react'
import type { CompartmentReport, VerificationReport } from '../../../src-shared/contract/log-views.ts'
import type { Failure } from '../../../src-shared/kernel/errors.ts'
import { useJob } from '../../app/use-job.ts'
import { call } from '../../bridge/index.ts'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { groupedHex, momentText } from '../../ui/moment.ts'
import { ProgressBar } from '../../ui/progress-bar.tsx'
import { Mark } from '../../ui/status-tag.tsx'
import { useText } from '../../ui/text.ts'
import { TieList } from '../record/tie-list.tsx'
import { useSecurity } from './security-state.ts'

/** Everything recomputed from the stored bytes; the answer is a report, never a bare yes. */
export function Verify() {
  const text = useText()
  const { report, tellReport } = useSecurity()
  const [failure, setFailure] = useState<Failure | null>(null)
  const job = useJob()
  const run = () => {
    setFailure(null)
    tellReport(null)
    void job.run(async (id, signal) => {
      const result = await call('log.verify', { job: id }, { signal })
      if (result.ok) tellReport(result.value)
      else if (result.error.code !== 'call/cancelled') setFailure(result.error)
    })
  }
  return (
    <>
      <p className="prose-line">{text('verify.what')}</p>
      <Button type="primary" loading={job.progress !== null} onClick={run}>
        {text('verify.run')}
      </Button>
      {job.progress === null ? null : (
        <ProgressBar label={text('verify.running')} {...job.progress} onCancel={job.cancel} />
      )}
      <ErrorNotice failure={failure} />
      {report === null ? null : <Report report={report} />}
    </>
  )
}

function Report({ report }: { readonly report: VerificationReport }) {
  const text = useText()
  return (
    <section className="report" aria-label={text('verify.report')} role="status">
      <h2 className={report.verified ? 'report-good' : 'report-bad'}>
        <span aria-hidden="true">{report.verified ? '◆' : '✕'}</span>{' '}
        {text(report.verified ? 'verify.good' : 'verify.bad')}
        <time className="number" dateTime={report.at}>
          {momentText(report.at)}
        </time>
      </h2>
      {report.compartments.map((one) => (
        <OneCompartment key={one.compartment} report={one} names={report.names} />
      ))}
      <Ties ties={report.ties} />
    </section>
  )
}

/** What a person has to weigh: it changes nothing about what the bytes say. */
function Ties({ ties }: { readonly ties: VerificationReport['ties'] }) {
  const text = useText()
  if (ties.sought.length === 0) return null
  return (
    <section className="card" aria-label={text('verify.ties')}>
      <h3>{text('verify.ties')}</h3>
      {ties.found.length === 0 ? (
        <p>
          <Mark shape="◆" tone="action" word={text('verify.ties.none')} />
        </p>
      ) : (
        <>
          <p>
            <Mark shape="▲" tone="watch" word={text('ties.found', { count: ties.found.length })} />
          </p>
          <TieList ties={ties.found} />
        </>
      )}
      {ties.sought.includes('kin') ? null : <p className="prose-faint">{text('verify.ties.line-only')}</p>}
    </section>
  )
}

type Names = VerificationReport['names']

/** What became of an objection that a signature had not seen. */
function Answers(props: {
  readonly answers: NonNullable<CompartmentReport['voids'][number]['answers']>
  readonly names: Names
}) {
  const text = useText()
  const { answers, names } = props
  if (answers.length === 0) return <p>{text('late.open')}</p>
  return answers.map(({ member, at, outcome }) => (
    <p key={`${member}/${at}`}>
      {text(outcome === 'unfounded' ? 'late.outcome.unfounded' : 'late.outcome.founded')}{' '}
      {text('late.answered', { name: names[member] ?? member, at: momentText(at) })}
    </p>
  ))
}

function OneCompartment(props: { readonly report: CompartmentReport; readonly names: Names }) {
  const text = useText()
  const { report, names } = props
  const { fault } = report
  return (
    <section className="card" aria-label={text(`compartment.${report.compartment}`)}>
      <h3>{text(`compartment.${report.compartment}`)}</h3>
      <dl className="figures">
        {(['logs', 'commits', 'bodies', 'evidence', 'rows'] as const).map((what) => (
          <div key={what} className="figure">
            <dt>{text(`verify.${what}`)}</dt>
            <dd>
              <span className="number">{report[what].toLocaleString('en-US')}</span>
            </dd>
          </div>
        ))}
      </dl>
      {fault === null ? (
        <p>
          <Mark shape="◆" tone="action" word={text('verify.no-fault')} />
        </p>
      ) : (
        <div className="fault">
          <p>
            <Mark shape="✕" tone="risk" word={text('verify.fault')} />{' '}
            <code>
              {fault.log === null ? '' : fault.log.slice(0, 8)} {fault.seq === null ? '' : `#${fault.seq}`}{' '}
              {fault.what}
            </code>
          </p>
          <p>{text(`error.${fault.code}`)}</p>
        </div>
      )}
      {report.differences.length === 0 ? null : (
        <>
          <h4>{text('verify.differences', { count: report.differences.length })}</h4>
          <table className="grid-table">
            <thead>
              <tr>
                <th scope="col">{text('verify.table')}</th>
                <th scope="col">{text('verify.key')}</th>
                <th scope="col">{text('verify.how')}</th>
              </tr>
            </thead>
            <tbody>
              {report.differences.map((row) => (
                <tr key={`${row.table}/${row.key}`}>
                  <td>{row.table}</td>
                  <td>
                    <code>{row.key}</code>
                  </td>
                  <td>
                    <Mark shape="✕" tone="risk" word={text(`verify.how.${row.how}`)} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </>
      )}
      {report.voids.length === 0 ? null : (
        <>
          <h4>{text('verify.voids', { count: report.voids.length })}</h4>
          <ul className="refused">
            {report.voids.map((step) => (
              <li key={`${step.log}/${step.seq}/${step.code}`}>
                <code>
                  {step.log.slice(0, 8)} #{step.seq}
                </code>{' '}
                {text(`error.${step.code}`)}
                {step.answers === undefined ? null : <Answers answers={step.answers} names={names} />}
              </li>
            ))}
          </ul>
        </>
      )}
      <details>
        <summary>{text('verify.heads')}</summary>
        <table className="grid-table">
          <thead>
            <tr>
              <th scope="col">{text('log.log')}</th>
              <th scope="col" className="is-end">
                {text('sync.commits')}
              </th>
              <th scope="col" className="is-end">
                {text('sync.acknowledged')}
              </th>
              <th scope="col">{text('verify.root')}</th>
            </tr>
          </thead>
          <tbody>
            {report.heads.map((head) => (
              <tr key={head.log}>
                <td>
                  <code>{head.log.slice(0, 8)}</code>
                </td>
                <td className="is-end number">{head.size.toLocaleString('en-US')}</td>
                <td className="is-end number">{head.acknowledged.toLocaleString('en-US')}</td>
                <td>
                  <code>{groupedHex(head.root, 64)}</code>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </section>
  )
}
