import { Button } from 'antd'
import { useState } from 'react'
import { compartments, type Compartment, type Keyring } from '../../../src-shared/access/roles.ts'
import type { Failure } from '../../../src-shared/kernel/errors.ts'
import { markChanged } from '../../app/changes.ts'
import { useJob } from '../../app/use-job.ts'
import { call } from '../../bridge/index.ts'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { ProgressBar } from '../../ui/progress-bar.tsx'
import { useText } from '../../ui/text.ts'

interface EpochCardProps {
  readonly epochs: readonly Keyring[]
  readonly rekeys: readonly Compartment[]
}

/** New keys for what somebody can still open who has no right to it any more, one after the other. */
export function EpochCard({ epochs, rekeys }: EpochCardProps) {
  const text = useText()
  const job = useJob()
  const [current, setCurrent] = useState<Keyring | null>(null)
  const [failure, setFailure] = useState<Failure | null>(null)
  const run = async () => {
    setFailure(null)
    await job.run(async (id, signal) => {
      for (const keyring of epochs) {
        if (signal.aborted) return
        setCurrent(keyring)
        const started = await call('epoch.start', { keyring, job: id }, { signal })
        if (!started.ok) return setFailure(started.error)
      }
      if (signal.aborted || (epochs.length > 0 && rekeys.length === 0)) return
      setCurrent(null)
      const finished = await call('epoch.finish', { job: id }, { signal })
      if (!finished.ok) setFailure(finished.error)
    })
    setCurrent(null)
    markChanged(...compartments)
  }
  const isRunning = job.progress !== null
  return (
    <section className="card" aria-labelledby="epochs">
      <h2 id="epochs">{text('members.epochs')}</h2>
      <p className="prose-line">{text(epochs.length > 0 ? 'members.epochs.what' : 'members.epochs.left')}</p>
      <ul className="plain-list">
        {epochs.map((keyring) => (
          <li key={keyring}>{text(`keyring.${keyring}`)}</li>
        ))}
        {rekeys
          .filter((compartment) => !epochs.includes(compartment))
          .map((compartment) => (
            <li key={compartment}>
              {text('members.epochs.rekey', { name: text(`keyring.${compartment}`) })}
            </li>
          ))}
      </ul>
      {job.progress === null ? null : (
        <ProgressBar
          label={
            current === null
              ? text('members.epochs.rekeying')
              : text('members.epochs.starting', { name: text(`keyring.${current}`) })
          }
          {...job.progress}
        />
      )}
      <ErrorNotice failure={failure} />
      <div className="form-actions">
        <Button type="primary" loading={isRunning} onClick={() => void run()}>
          {text(epochs.length > 0 ? 'members.epochs.run' : 'members.epochs.finish')}
        </Button>
        <span className="prose-faint">{text('members.epochs.safe')}</span>
      </div>
    </section>
  )
}
