import { Button, Skeleton } from 'antd'
import { useCallback, useState } from 'react'
import type { FaultView } from '../../../src-shared/contract/review-views.ts'
import { useDesk } from '../../app/contexts.ts'
import { useRoute } from '../../app/routes.ts'
import { holdsAny } from '../../app/session.ts'
import { useAction } from '../../app/use-action.ts'
import { useQuery } from '../../app/use-query.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { PlaceTabs } from '../../ui/place-tabs.tsx'
import { useText } from '../../ui/text.ts'
import { AgreementPage } from './agreement-page.tsx'
import { FaultCard } from './fault-card.tsx'
import { FaultFilterBar, noFilters, questionOf } from './fault-filters.tsx'
import { FaultForm } from './fault-form.tsx'
import { FaultPaper } from './fault-paper.tsx'

const pageSize = 50
const longestPage = 500

/** `#/faults`, `#/faults/agreement`, `#/faults/<record>/<revision>`: how good the work is, and whose errors were found. */
export function FaultsView() {
  const text = useText()
  const { session } = useDesk()
  const [, first, second] = useRoute((route) => route.parts)
  const isHead = holdsAny(session, ['approver', 'inspector'])
  if (!isHead) return <Register isHead={false} />
  if (first !== undefined && second !== undefined)
    return <FaultForm key={second} record={first} revision={second} />
  if (first !== 'agreement') return <Register isHead />
  return (
    <div className="page">
      <PageHeader title={text('nav.faults')} hint={text('agreement.hint')}>
        <Tabs current="agreement" />
      </PageHeader>
      <AgreementPage />
    </div>
  )
}

function Tabs({ current }: { readonly current: 'register' | 'agreement' }) {
  const text = useText()
  return (
    <PlaceTabs
      label={text('nav.faults')}
      current={current}
      items={[
        { key: 'register', parts: ['faults'], label: text('faults.tab.register') },
        { key: 'agreement', parts: ['faults', 'agreement'], label: text('faults.tab.agreement') },
      ]}
    />
  )
}

interface Printed {
  readonly faults: readonly FaultView[]
  readonly at: string
}

/** Errors that were found, whose they are, and what they said to it. */
function Register({ isHead }: { readonly isHead: boolean }) {
  const text = useText()
  const [filters, setFilters] = useState(noFilters)
  const [limit, setLimit] = useState(pageSize)
  const [printed, setPrinted] = useState<Printed | null>(null)
  const question = questionOf(filters)
  const found = useQuery('fault.list', { ...question, mine: !isHead, offset: 0, limit })
  const print = useAction('fault.print')
  const afterPrint = useCallback(() => setPrinted(null), [])
  const startPrint = async () => {
    const entered = await print.run(question)
    if (entered.ok) setPrinted({ faults: entered.value, at: new Date().toISOString() })
  }
  const faults = found.data ?? []
  const isNarrowed = Object.values(filters).some((one) => one !== null)
  const none = isNarrowed ? 'faults.none.here' : isHead ? 'faults.none' : 'faults.none.mine'
  return (
    <div className="page">
      <PageHeader
        title={text('nav.faults')}
        hint={text(isHead ? 'faults.hint' : 'faults.hint.mine')}
        actions={
          isHead && faults.length > 0 ? (
            <Button loading={print.isBusy} onClick={() => void startPrint()}>
              {text('faults.print')}
            </Button>
          ) : null
        }
      >
        {isHead ? <Tabs current="register" /> : null}
      </PageHeader>
      <FaultFilterBar
        filters={filters}
        hasMembers={isHead}
        onChange={(next) => {
          setFilters(next)
          setLimit(pageSize)
        }}
      />
      <ErrorNotice failure={print.failure} />
      {found.failure !== null ? (
        <ErrorNotice failure={found.failure} onRetry={found.reload} />
      ) : found.data === null ? (
        <Skeleton active />
      ) : faults.length === 0 ? (
        <EmptyState
          title={text(none)}
          hint={text(
            isNarrowed ? 'faults.none.here.hint' : isHead ? 'faults.none.hint' : 'faults.none.mine.hint',
          )}
        />
      ) : (
        <ol className="threads no-print">
          {faults.map((fault) => (
            <FaultCard key={fault.fault} fault={fault} onChanged={found.reload} />
          ))}
        </ol>
      )}
      {faults.length < limit || limit >= longestPage ? null : (
        <Button className="no-print" onClick={() => setLimit(limit + pageSize)}>
          {text('do.more')}
        </Button>
      )}
      {printed === null ? null : (
        <FaultPaper faults={printed.faults} at={printed.at} filters={filters} onPrinted={afterPrint} />
      )}
    </div>
  )
}
