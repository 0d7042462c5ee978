import { Button, Popconfirm, Skeleton } from 'antd'
import { findCategory } from '../../../src-shared/catalogue/read.ts'
import { useDesk } from '../../app/contexts.ts'
import { hrefOf } from '../../app/routes.ts'
import { useAction } from '../../app/use-action.ts'
import { useQuery } from '../../app/use-query.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { useText } from '../../ui/text.ts'
import { SamplingPlan } from '../queue/sampling-plan.tsx'

/** 抽样复核: what may be sampled of a batch, with which promise; one signature draws. */
export function DrawBatch({ batch }: { readonly batch: string }) {
  const text = useText()
  const { catalogue } = useDesk()
  const lots = useQuery('review.lots', { batch })
  const draw = useAction('review.draw')
  return (
    <div className="page">
      <PageHeader
        title={text('sampling.title')}
        hint={text('sampling.hint')}
        actions={<Button href={hrefOf('signing', 'assign')}>{text('signing.back')}</Button>}
      />
      <ErrorNotice failure={lots.failure} onRetry={lots.reload} />
      <ErrorNotice failure={draw.failure} />
      {lots.data === null ? <Skeleton active /> : null}
      {lots.data?.length === 0 ? (
        <EmptyState title={text('sampling.none')} hint={text('sampling.none.hint')} />
      ) : null}
      {lots.data?.map((lot) => {
        const name = findCategory(catalogue, lot.category)?.name ?? lot.category
        return (
          <section key={lot.drawn?.draw ?? lot.category} aria-label={`${text('sampling.plan')} ${name}`}>
            <h2 className="queue-heading">{name}</h2>
            <SamplingPlan lot={lot} />
            {lot.mayDraw ? (
              <p>
                <Popconfirm
                  title={text('sampling.draw.confirm')}
                  okText={text('sampling.draw.yes')}
                  cancelText={text('do.cancel')}
                  onConfirm={async () => {
                    await draw.run({ batch, category: lot.category })
                  }}
                >
                  <Button type="primary" loading={draw.isBusy}>
                    {text('sampling.draw', { count: lot.size })}
                  </Button>
                </Popconfirm>
              </p>
            ) : null}
          </section>
        )
      })}
    </div>
  )
}
