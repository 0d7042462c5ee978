import { AlertOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useState } from 'react'
import { businessRoles } from '../../../src-shared/access/roles.ts'
import { useDesk } from '../../app/contexts.ts'
import { useRoute } from '../../app/routes.ts'
import { holdsAny } from '../../app/session.ts'
import { PageHeader } from '../../ui/page-header.tsx'
import { PlaceTabs } from '../../ui/place-tabs.tsx'
import { useText } from '../../ui/text.ts'
import { NoAuditor, ReportIncident } from '../audit/report-incident.tsx'
import { DevicesPage } from '../devices/devices-page.tsx'
import { LogList } from './log-list.tsx'
import { Rebuild } from './rebuild.tsx'
import { UnitPage } from './unit-page.tsx'
import { Verify } from './verify.tsx'

const tabs = ['unit', 'devices', 'log', 'verify', 'rebuild'] as const

/** `#/security/<tab>`. */
export function SecurityView() {
  const text = useText()
  const { session } = useDesk()
  const [, first] = useRoute((route) => route.parts)
  const [isReporting, setReporting] = useState(false)
  const offered = tabs.filter((tab) => tab !== 'rebuild' || holdsAny(session, businessRoles))
  const tab = offered.find((one) => one === first) ?? 'unit'
  return (
    <div className={tab === 'log' ? 'page page-full' : 'page'}>
      <PageHeader
        title={text('nav.security')}
        hint={text(`security.${tab}.hint`)}
        actions={
          <Button icon={<AlertOutlined />} onClick={() => setReporting(true)}>
            {text('incident.report')}
          </Button>
        }
      >
        <PlaceTabs
          label={text('nav.security')}
          current={tab}
          items={offered.map((one) => ({
            key: one,
            parts: ['security', one],
            label: text(`security.${one}`),
          }))}
        />
      </PageHeader>
      <ReportIncident isOpen={isReporting} onClose={() => setReporting(false)} />
      {tab === 'unit' || tab === 'log' ? <NoAuditor note="audit.small" /> : null}
      {tab === 'unit' ? <UnitPage /> : null}
      {tab === 'devices' ? <DevicesPage /> : null}
      {tab === 'log' ? <LogList /> : null}
      {tab === 'verify' ? <Verify /> : null}
      {tab === 'rebuild' ? <Rebuild /> : null}
    </div>
  )
}
