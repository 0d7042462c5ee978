import { Skeleton } from 'antd'
import { useEffect } from 'react'
import { useDesk } from '../../app/contexts.ts'
import { useRoute } from '../../app/routes.ts'
import { useQuery } from '../../app/use-query.ts'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { EditorPage } from './editor-page.tsx'
import { ProposalPage } from './proposal-page.tsx'
import { ProposePage } from './propose-page.tsx'
import { VersionsPage } from './versions-page.tsx'
import { useWorking } from './working.ts'

/** `#/settings/catalogue/…`: the versions, the working copy (`edit`, `propose`), and the one that waits (`proposal`). */
export function CataloguePage() {
  const { catalogue } = useDesk()
  const [, , part, id] = useRoute((route) => route.parts)
  const versions = useQuery('catalogue.versions', {}, ['control'])
  const { base, open } = useWorking()
  const number = versions.data?.versions[0]?.version ?? null
  useEffect(() => {
    // Should the version in force not be sound, the newest that is comes under its number: a next one puts it right.
    if (number !== null) void open({ ...catalogue, version: number })
  }, [open, catalogue, number])
  if (versions.failure !== null) return <ErrorNotice failure={versions.failure} onRetry={versions.reload} />
  const { data } = versions
  if (data === null || base?.version !== number) return <Skeleton active />
  if (part === 'edit' && data.mayPropose) return <EditorPage chosen={id ?? null} />
  if (part === 'propose' && data.mayPropose) return <ProposePage waiting={data.proposal} />
  if (part === 'proposal' && data.proposal !== null) return <ProposalPage proposal={data.proposal} />
  return <VersionsPage view={data} />
}
