import { useDesk } from '../../app/contexts.ts'
import { useRoute } from '../../app/routes.ts'
import { holdsAny } from '../../app/session.ts'
import { PageHeader } from '../../ui/page-header.tsx'
import { PlaceTabs } from '../../ui/place-tabs.tsx'
import { useText } from '../../ui/text.ts'
import { AboveQueue } from './above-queue.tsx'
import { AdjudicateItem } from './adjudicate-item.tsx'
import { AdjudicateQueue } from './adjudicate-queue.tsx'
import { AssignQueue } from './assign-queue.tsx'
import { DrawBatch } from './draw-batch.tsx'
import { Workload } from '../workload/workload-page.tsx'
import { HandoverPage } from './handover-page.tsx'
import { OpenQueue } from './open-queue.tsx'
import { SignBatch } from './sign-batch.tsx'
import { SignItem } from './sign-item.tsx'
import { SignQueue } from './sign-queue.tsx'

const tabs = ['overdue', 'assign', 'open', 'adjudicate', 'sign', 'above', 'handover', 'workload'] as const
const headTabs = ['adjudicate', 'overdue', 'assign', 'above', 'handover', 'workload'] as const

/**
 * `#/signing/<tab>`, `#/signing/<tab>/<record>`, `#/signing/sign/batch/<batch>`, `#/signing/assign/draw/<batch>`,
 * `#/signing/handover/<member>`.
 */
export function SigningView() {
  const text = useText()
  const { session, workbench } = useDesk()
  const [, first, second, third] = useRoute((route) => route.parts)
  const isApprover = holdsAny(session, ['approver'])
  const isHead = holdsAny(session, ['inspector'])
  const offered = isApprover ? tabs : isHead ? headTabs : (['adjudicate'] as const)
  const tab = offered.find((one) => one === first) ?? (isApprover ? 'open' : 'adjudicate')
  if (tab === 'adjudicate' && second !== undefined) return <AdjudicateItem key={second} record={second} />
  if (tab === 'sign' && second === 'batch' && third !== undefined)
    return <SignBatch key={third} batch={third} />
  if (tab === 'sign' && second !== undefined) return <SignItem key={second} record={second} />
  if (tab === 'assign' && second === 'draw' && third !== undefined)
    return <DrawBatch key={third} batch={third} />
  const count = (kind: string) => workbench?.queues.find((queue) => queue.kind === kind)?.count ?? 0
  return (
    <div className="page">
      <PageHeader
        title={text(isApprover ? 'nav.signing' : 'nav.adjudication')}
        hint={text(`signing.${tab}.hint`)}
      >
        {offered.length === 1 ? null : (
          <PlaceTabs
            label={text('nav.signing')}
            current={tab}
            items={offered.map((one) => ({
              key: one,
              parts: ['signing', one],
              label: text(`signing.${one}`),
              count:
                one === 'handover'
                  ? (workbench?.orphaned ?? 0)
                  : one === 'above'
                    ? count('awaiting-above') + count('referred')
                    : count(one === 'overdue' ? one : `to-${one}`),
            }))}
          />
        )}
      </PageHeader>
      {tab === 'overdue' ? (
        <AssignQueue key={tab} kind="overdue" />
      ) : tab === 'handover' ? (
        <HandoverPage {...(second === undefined ? {} : { member: second })} />
      ) : tab === 'workload' ? (
        <Workload />
      ) : tab === 'assign' ? (
        <AssignQueue key={tab} kind="to-assign" />
      ) : tab === 'open' ? (
        <OpenQueue />
      ) : tab === 'adjudicate' ? (
        <AdjudicateQueue />
      ) : tab === 'above' ? (
        <AboveQueue />
      ) : (
        <SignQueue />
      )}
    </div>
  )
}
