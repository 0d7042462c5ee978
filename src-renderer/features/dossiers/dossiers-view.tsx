import { useDesk } from '../../app/contexts.ts'
import { useRoute } from '../../app/routes.ts'
import { holdsAny } from '../../app/session.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { useText } from '../../ui/text.ts'
import { CopyPage } from '../disclosure/copy-page.tsx'
import { CorrectionRequestPage } from '../disclosure/correction-page.tsx'
import { SubjectPage } from '../disclosure/subject-page.tsx'
import { BlankPage } from '../paper/blank-page.tsx'
import { FormPage } from '../paper/form-page.tsx'
import { VolumesPage } from '../paper/volumes-page.tsx'
import { RivalsList } from '../rivals/rivals-list.tsx'
import { RivalsPage } from '../rivals/rivals-page.tsx'
import { VerificationSheet } from '../record/verification-sheet.tsx'
import { HandOverPage } from '../transfer/hand-over-page.tsx'
import { DossierList } from './dossier-list.tsx'
import { DossierPage } from './dossier-page.tsx'
import { isDossierView } from './dossier-views.ts'
import { ListExport } from './list-export.tsx'
import { NewDossier } from './new-dossier.tsx'

/** Places beside the list that are no dossier. */
const notDossiers = ['new', 'export']

/** The list beside the dossier. */
export function DossiersView() {
  const text = useText()
  const { session } = useDesk()
  const [, cadre, record, copied, revision] = useRoute((route) => route.parts)
  const mayOpen = holdsAny(session, ['collector', 'inspector'])
  // Sides are compared over the whole width.
  if (cadre === 'rivals') return <RivalsList />
  if (cadre !== undefined && record === 'rivals' && copied !== undefined)
    return <RivalsPage key={copied} cadre={cadre} record={copied} />
  return (
    <div className="beside">
      <DossierList
        selected={cadre === undefined || notDossiers.includes(cadre) ? null : cadre}
        mayOpen={mayOpen}
      />
      <div className="beside-detail">
        {cadre === undefined ? (
          <>
            <h1 className="sr-only">{text('nav.dossiers')}</h1>
            <EmptyState title={text('dossiers.choose')} hint={text('dossiers.choose.hint')} />
          </>
        ) : cadre === 'export' ? (
          <ListExport />
        ) : cadre === 'new' && mayOpen ? (
          <NewDossier />
        ) : record === 'copy' ? (
          <CopyPage key={copied ?? cadre} cadre={cadre} record={copied ?? null} />
        ) : record === 'sheet' && copied !== undefined ? (
          <VerificationSheet key={copied} cadre={cadre} record={copied} />
        ) : record === 'form' && copied !== undefined && revision !== undefined ? (
          <FormPage key={revision} cadre={cadre} record={copied} revision={revision} />
        ) : record === 'blank' ? (
          <BlankPage key={cadre} cadre={cadre} />
        ) : record === 'volumes' ? (
          <VolumesPage key={cadre} cadre={cadre} />
        ) : record === 'transfer' ? (
          <HandOverPage key={cadre} cadre={cadre} />
        ) : record === 'subject' ? (
          <SubjectPage key={cadre} cadre={cadre} />
        ) : record === 'correction' && mayOpen ? (
          <CorrectionRequestPage key={copied ?? cadre} cadre={cadre} record={copied ?? null} />
        ) : (
          <DossierPage
            key={cadre}
            cadre={cadre}
            {...(isDossierView(record)
              ? { view: record, record: copied ?? null }
              : { view: 'facts', record: record ?? null })}
          />
        )}
      </div>
    </div>
  )
}
