import { Button } from 'antd'
import { useState } from 'react'
import type { Failure } from '../../../src-shared/kernel/errors.ts'
import { markChanged } from '../../app/changes.ts'
import { useJob } from '../../app/use-job.ts'
import { call } from '../../bridge/index.ts'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { ProgressBar } from '../../ui/progress-bar.tsx'
import { useText } from '../../ui/text.ts'
import { KindChoice, type BundleKind } from './kind-choice.tsx'
import { useSync } from './sync-state.ts'

/** The same bundles over the network; asked for by a person, never by itself. */
export function DeliverPanel() {
  const text = useText()
  const { open, tellReceipts, tellDirectives } = useSync()
  const [kind, setKind] = useState<BundleKind>('update')
  const [failure, setFailure] = useState<Failure | null>(null)
  const job = useJob()
  const fetchOnly = () => {
    setFailure(null)
    void job.run(async (_, signal) => {
      const result = await call('directive.fetch', {}, { signal })
      if (result.ok) tellDirectives(result.value)
      else if (result.error.code !== 'call/cancelled') setFailure(result.error)
    })
  }
  const run = () => {
    setFailure(null)
    void job.run(async (id, signal) => {
      const result = await call('sync.deliver', { kind, job: id }, { signal })
      if (result.ok) {
        // The same errand: what the level above decided meanwhile. Without it the sending stands all the same.
        const decided = await call('directive.fetch', {}, { signal })
        if (decided.ok && decided.value.length > 0) tellDirectives(decided.value)
        tellReceipts(result.value)
        markChanged('control')
      } else if (result.error.code !== 'call/cancelled') setFailure(result.error)
    })
  }
  return (
    <section className="card panel" aria-label={text('sync.deliver')}>
      <h2>{text('sync.deliver')}</h2>
      <KindChoice kind={kind} onChange={setKind} />
      <div className="panel-actions">
        <Button type="primary" loading={job.progress !== null} onClick={run}>
          {text('sync.deliver.run')}
        </Button>
        <Button disabled={job.progress !== null} onClick={fetchOnly}>
          {text('directives.fetch')}
        </Button>
        <Button onClick={() => open(null)}>{text('do.close')}</Button>
      </div>
      {job.progress === null ? null : (
        <ProgressBar label={text('sync.delivering')} {...job.progress} onCancel={job.cancel} />
      )}
      <ErrorNotice failure={failure} />
    </section>
  )
}
