import { Skeleton } from 'antd'
import type { TwinList } from '../../../src-shared/contract/twins.ts'
import { useRoute } from '../../app/routes.ts'
import { useQuery } from '../../app/use-query.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { PlaceTabs } from '../../ui/place-tabs.tsx'
import { useText } from '../../ui/text.ts'
import { useWhilePending } from '../cycles/use-due.ts'
import { TwinComparisonPage } from './twin-comparison.tsx'
import { TwinDecisions } from './twin-decisions.tsx'
import { TwinPairs } from './twin-pairs.tsx'

/** Duplicates: `#/twins`, `#/twins/decided`, `#/twins/pair/<one>/<other>`. */
export function TwinsView() {
  const [, tab, first, second] = useRoute((route) => route.parts)
  if (tab === 'pair' && first !== undefined && second !== undefined)
    return <TwinComparisonPage key={`${first}/${second}`} first={first} second={second} />
  return <TwinLists isDecided={tab === 'decided'} />
}

function TwinLists({ isDecided }: { readonly isDecided: boolean }) {
  const text = useText()
  const list = useQuery('twin.list', {})
  useWhilePending(list)
  const { data } = list
  const waiting = data?.decisions.filter(({ status }) => status === 'proposed').length ?? 0
  return (
    <div className="page">
      <PageHeader title={text('nav.twins')} hint={text('twins.hint')}>
        <PlaceTabs
          label={text('twins.tabs')}
          current={isDecided ? 'decisions' : 'pairs'}
          items={[
            { key: 'pairs', parts: ['twins'], label: text('twins.tab.pairs'), count: data?.total ?? 0 },
            {
              key: 'decisions',
              parts: ['twins', 'decided'],
              label: text('twins.tab.decisions'),
              count: waiting,
            },
          ]}
        />
      </PageHeader>
      {list.failure === null ? null : <ErrorNotice failure={list.failure} onRetry={list.reload} />}
      {data === null ? (
        list.failure === null ? (
          <Skeleton active />
        ) : null
      ) : isDecided ? (
        <TwinDecisions decisions={data.decisions} />
      ) : (
        <Pairs list={data} />
      )}
    </div>
  )
}

function Pairs({ list }: { readonly list: TwinList }) {
  const text = useText()
  const { pairs, total, pending } = list
  return (
    <>
      {pending === 0 ? null : (
        <p className="prose-faint" role="status">
          {text('twins.pending', { count: pending })}
        </p>
      )}
      {total > pairs.length ? <p className="prose-faint">{text('twins.more', { count: total })}</p> : null}
      {pairs.length > 0 ? (
        <TwinPairs pairs={pairs} />
      ) : pending === 0 ? (
        <EmptyState title={text('twins.none')} hint={text('twins.none.hint')} />
      ) : null}
    </>
  )
}
