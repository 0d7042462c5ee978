import { Alert, Button } from 'antd'
import { catalogueRoles } from '../../../src-shared/access/permissions.ts'
import type { CatalogueProposalView } from '../../../src-shared/contract/catalogue.ts'
import { useDesk } from '../../app/contexts.ts'
import { hrefOf } from '../../app/routes.ts'
import { holdsAny } from '../../app/session.ts'
import { useQuery } from '../../app/use-query.ts'
import { momentText } from '../../ui/moment.ts'
import { useText } from '../../ui/text.ts'

/** On the workbench: a version of the catalogue that waits for this member's word. */
export function BenchProposal() {
  const { session } = useDesk()
  const versions = useQuery('catalogue.versions', holdsAny(session, catalogueRoles) ? {} : null, ['control'])
  const proposal = versions.data?.proposal ?? null
  return proposal?.may.includes('confirm') ? <Waiting proposal={proposal} /> : null
}

/** The version that waits, and the way to it. */
export function Waiting({ proposal }: { readonly proposal: CatalogueProposalView }) {
  const text = useText()
  const { name, at } = proposal.proposer
  return (
    <Alert
      type="warning"
      showIcon
      title={text('catalogue.waiting', { version: proposal.version, name, at: momentText(at) })}
      description={text(
        proposal.may.includes('confirm') ? 'catalogue.waiting.yours' : 'catalogue.waiting.others',
      )}
      action={
        <Button type="primary" href={hrefOf('settings', 'catalogue', 'proposal')}>
          {text('catalogue.look')}
        </Button>
      }
    />
  )
}
