import { DownOutlined } from '@ant-design/icons'
import { Button, Dropdown } from 'antd'
import { useDesk } from '../../app/contexts.ts'
import { goTo } from '../../app/routes.ts'
import { holdsAny } from '../../app/session.ts'
import { useText } from '../../ui/text.ts'

/** What leaves a dossier, and what the cadre may ask of it. */
export function DossierMenu({ cadre }: { readonly cadre: string }) {
  const text = useText()
  const { session } = useDesk()
  const items = [
    { key: 'copy', label: text('copy.open') },
    { key: 'subject', label: text('subject.open') },
    { type: 'divider' as const },
    { key: 'blank', label: text('paper.blank.open') },
    { key: 'volumes', label: text('volume.open') },
    ...(holdsAny(session, ['collector', 'inspector', 'approver']) ? [{ type: 'divider' as const }] : []),
    ...(holdsAny(session, ['collector', 'inspector'])
      ? [{ key: 'correction', label: text('correction.open') }]
      : []),
    ...(holdsAny(session, ['approver']) ? [{ key: 'transfer', label: text('transfer.open') }] : []),
  ]
  return (
    <Dropdown trigger={['click']} menu={{ items, onClick: ({ key }) => goTo('dossiers', cadre, key) }}>
      <Button icon={<DownOutlined />} iconPlacement="end">
        {text('dossier.more')}
      </Button>
    </Dropdown>
  )
}
