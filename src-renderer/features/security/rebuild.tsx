import { Button, Popconfirm } from 'antd'
import { useState } from 'react'
import { compartments } from '../../../src-shared/access/roles.ts'
import type { Failure } from '../../../src-shared/kernel/errors.ts'
import { markChanged } from '../../app/changes.ts'
import { useJob } from '../../app/use-job.ts'
import { call } from '../../bridge/index.ts'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { ProgressBar } from '../../ui/progress-bar.tsx'
import { Mark } from '../../ui/status-tag.tsx'
import { useText, useTextOr } from '../../ui/text.ts'
import { useSecurity } from './security-state.ts'

/** The tables derived anew from the log, and how many rows were not as it says. */
export function Rebuild() {
  const text = useText()
  const textOr = useTextOr()
  const { rebuilt, tellRebuilt } = useSecurity()
  const [failure, setFailure] = useState<Failure | null>(null)
  const job = useJob()
  const run = () => {
    setFailure(null)
    tellRebuilt(null)
    void job.run(async (id, signal) => {
      const result = await call('log.rebuild', { job: id }, { signal })
      if (result.ok) {
        tellRebuilt(result.value)
        markChanged(...compartments)
      } else if (result.error.code !== 'call/cancelled') setFailure(result.error)
    })
  }
  return (
    <>
      <p className="prose-line">{text('rebuild.what')}</p>
      <Popconfirm
        title={text('rebuild.ask')}
        description={text('rebuild.ask.hint')}
        okText={text('rebuild.run')}
        cancelText={text('do.cancel')}
        onConfirm={run}
      >
        <Button loading={job.progress !== null}>{text('rebuild.run')}</Button>
      </Popconfirm>
      {job.progress === null ? null : (
        <ProgressBar label={text('rebuild.running')} {...job.progress} onCancel={job.cancel} />
      )}
      <ErrorNotice failure={failure} />
      {rebuilt === null ? null : (
        <table className="grid-table rebuilt">
          <thead>
            <tr>
              <th scope="col">{text('sync.compartment')}</th>
              <th scope="col" className="is-end">
                {text('verify.rows')}
              </th>
              <th scope="col">{text('rebuild.changed')}</th>
            </tr>
          </thead>
          <tbody>
            {rebuilt.map((one) => (
              <tr key={one.compartment}>
                <td>{textOr(`compartment.${one.compartment}`)}</td>
                <td className="is-end number">{one.rows.toLocaleString('en-US')}</td>
                <td>
                  {one.changed === 0 ? (
                    <Mark shape="◆" tone="action" word={text('rebuild.same')} />
                  ) : (
                    <Mark shape="✕" tone="risk" word={text('rebuild.differed', { count: one.changed })} />
                  )}
                  {one.stopped.map(({ log, seq, code }) => (
                    <p key={log}>
                      <Mark shape="✕" tone="risk" word={text('rebuild.stopped', { seq: seq + 1, code })} />
                    </p>
                  ))}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  )
}
