import { ReloadOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useCallback, useEffect, useState } from 'react'
import type { Failure } from '../../../src-shared/kernel/errors.ts'
import { markChanged } from '../../app/changes.ts'
import { useRoute } from '../../app/routes.ts'
import { useJob } from '../../app/use-job.ts'
import { call } from '../../bridge/index.ts'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { PlaceTabs } from '../../ui/place-tabs.tsx'
import { ProgressBar } from '../../ui/progress-bar.tsx'
import { useText } from '../../ui/text.ts'
import { useAudit } from './audit-state.ts'
import { Entries } from './entries.tsx'
import { Incidents } from './incidents.tsx'
import { Unusual } from './unusual.tsx'

const tabs = ['entries', 'unusual', 'incidents'] as const

/** `#/audit/<tab>`: the auditor's work. */
export function AuditView() {
  const text = useText()
  const [, first, second] = useRoute((route) => route.parts)
  const tab = tabs.find((one) => one === first) ?? 'entries'
  const { failure, job, refresh } = useIndex()
  const report = useAudit((audit) => audit.report)
  return (
    <div className={tab === 'entries' ? 'page page-full page-wide' : 'page'}>
      <PageHeader
        title={text('nav.audit')}
        hint={text(`audit.${tab}.hint`)}
        actions={
          <Button icon={<ReloadOutlined />} disabled={job.progress !== null} onClick={refresh}>
            {text('audit.refresh')}
          </Button>
        }
      >
        <PlaceTabs
          label={text('nav.audit')}
          current={tab}
          items={tabs.map((one) => ({ key: one, parts: ['audit', one], label: text(`audit.${one}`) }))}
        />
      </PageHeader>
      {job.progress === null ? null : (
        <ProgressBar label={text('audit.indexing')} {...job.progress} onCancel={job.cancel} />
      )}
      <ErrorNotice failure={failure} onRetry={refresh} />
      {report === null ? null : (
        <>
          {tab === 'entries' ? <Entries /> : null}
          {tab === 'unusual' ? <Unusual /> : null}
          {tab === 'incidents' ? <Incidents selected={second ?? null} /> : null}
        </>
      )}
    </div>
  )
}

/** Reads what is new in the log when the screen is opened, and when it is asked to. */
function useIndex() {
  const [failure, setFailure] = useState<Failure | null>(null)
  const job = useJob()
  const { run } = job
  const tell = useAudit((audit) => audit.tell)
  const refresh = useCallback(() => {
    setFailure(null)
    void run(async (id, signal) => {
      const result = await call('access.index', { job: id }, { signal })
      if (result.ok) {
        tell(result.value)
        markChanged('control')
      } else if (result.error.code !== 'call/core-ended') setFailure(result.error)
    })
  }, [run, tell])
  useEffect(refresh, [refresh])
  return { failure, job, refresh }
}
