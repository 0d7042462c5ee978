import { dossierViews, type DossierViewName } from '../../../src-shared/contract/dossier.ts'
import type { DossierView } from '../../../src-shared/contract/views.ts'
import type { Category } from '../../../src-shared/catalogue/schema.ts'
import { hrefOf } from '../../app/routes.ts'

/** What every view of a dossier is given. */
export interface DossierViewProps {
  readonly dossier: DossierView
  /** Those the member sees. */
  readonly categories: readonly Category[]
  /** About to be printed: everything stands in the page, not only what is in view. */
  readonly isOnPaper: boolean
}

export function isDossierView(part: string | undefined): part is DossierViewName {
  return dossierViews.some((view) => view === part)
}

/** The address of a view, or of a record over it. The facts are the dossier itself. */
export function viewHref(cadre: string, view: DossierViewName, record?: string): string {
  const parts = [cadre, ...(view === 'facts' ? [] : [view]), ...(record === undefined ? [] : [record])]
  return hrefOf('dossiers', ...parts)
}
