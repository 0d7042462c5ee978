import { Alert, Button, Skeleton } from 'antd'
import { findCategory } from '../../../src-shared/catalogue/read.ts'
import { useDesk } from '../../app/contexts.ts'
import { goTo, hrefOf } from '../../app/routes.ts'
import { useQuery } from '../../app/use-query.ts'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { StatusTag } from '../../ui/status-tag.tsx'
import { useText } from '../../ui/text.ts'
import { TiesNotice } from '../record/ties-notice.tsx'
import { SideBySide } from '../record/side-by-side.tsx'
import { SignBar } from './sign-bar.tsx'

/** One agreed entry with the opinions about it, to be signed. */
export function SignItem({ record }: { readonly record: string }) {
  const text = useText()
  const { catalogue } = useDesk()
  const view = useQuery('record.read', { record })
  if (view.failure !== null) return <ErrorNotice failure={view.failure} onRetry={view.reload} />
  if (view.data === null) return <Skeleton active className="page" />
  const { data } = view
  const category = findCategory(catalogue, data.category)
  const revision = data.revisions.find((one) => one.status === 'agreed' || one.status === 'adjudicated')
  const back = <Button href={hrefOf('signing', 'sign')}>{text('signing.back')}</Button>
  if (category === null || revision === undefined) {
    return (
      <div className="page">
        <Alert type="info" showIcon title={text('sign.gone')} action={back} />
      </div>
    )
  }
  return (
    <div className="page page-wide">
      <PageHeader
        title={`${data.cadreName} · ${category.name}`}
        actions={
          <>
            <StatusTag status={revision.status} />
            {back}
          </>
        }
      />
      <TiesNotice ties={data.ties} />
      <SideBySide category={category} record={data} revision={revision} />
      {data.may.includes('sign') ? (
        <SignBar
          places={[{ record, revision: revision.revision, compartment: data.compartment }]}
          onSigned={() => goTo('signing', 'sign')}
        />
      ) : (
        <Alert type="info" showIcon title={text('sign.not-yours')} />
      )}
    </div>
  )
}
