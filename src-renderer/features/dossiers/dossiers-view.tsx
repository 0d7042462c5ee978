import { useDesk } from '../../app/contexts.ts'
import { useRoute } from '../../app/routes.ts'
import { holdsAny } from '../../app/session.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { useText } from '../../ui/text.ts'
import { DossierList } from './dossier-list.tsx'
import { DossierPage } from './dossier-page.tsx'
import { NewDossier } from './new-dossier.tsx'

/** The list beside the dossier. */
export function DossiersView() {
  const text = useText()
  const { session } = useDesk()
  const [, cadre, record] = useRoute((route) => route.parts)
  const mayOpen = holdsAny(session, ['collector', 'inspector'])
  return (
    <div className="beside">
      <DossierList selected={cadre === undefined || cadre === 'new' ? null : cadre} mayOpen={mayOpen} />
      <div className="beside-detail">
        {cadre === undefined ? (
          <>
            <h1 className="sr-only">{text('nav.dossiers')}</h1>
            <EmptyState title={text('dossiers.choose')} hint={text('dossiers.choose.hint')} />
          </>
        ) : cadre === 'new' && mayOpen ? (
          <NewDossier />
        ) : (
          <DossierPage key={cadre} cadre={cadre} record={record ?? null} />
        )}
      </div>
    </div>
  )
}
