import { Button } from 'antd'
import { useDesk } from '../../app/contexts.ts'
import { hrefOf } from '../../app/routes.ts'
import { holdsAny } from '../../app/session.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { useText } from '../../ui/text.ts'

/** A unit without dossiers: what to do first, by role. */
export function FirstSteps() {
  const text = useText()
  const { session } = useDesk()
  const isEnterer = holdsAny(session, ['collector', 'inspector'])
  return (
    <EmptyState
      title={text('workbench.empty')}
      hint={text(isEnterer ? 'workbench.empty.enterer' : 'workbench.empty.others')}
    >
      {isEnterer ? (
        <div className="empty-actions">
          <Button type="primary" href={hrefOf('dossiers', 'new')}>
            {text('dossiers.new')}
          </Button>
          <Button href={hrefOf('import')}>{text('workbench.empty.import')}</Button>
        </div>
      ) : null}
    </EmptyState>
  )
}
