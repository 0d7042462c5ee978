import { Alert } from 'antd'
import { findCategory } from '../../../src-shared/catalogue/read.ts'
import type { DossierView } from '../../../src-shared/contract/views.ts'
import { useDesk } from '../../app/contexts.ts'
import { hrefOf } from '../../app/routes.ts'
import { useText } from '../../ui/text.ts'

/** The entries of a dossier in which somebody has to choose between revisions made apart. */
export function DossierRivals({ dossier }: { readonly dossier: DossierView }) {
  const text = useText()
  const { catalogue } = useDesk()
  const due = dossier.records.filter(({ rivalry }) => rivalry !== null && rivalry.settlement === null)
  if (due.length === 0) return null
  return (
    <Alert
      type="warning"
      showIcon
      title={text('rivals.dossier', { count: due.length })}
      description={
        <ul className="rivals-lines">
          {due.map(({ record, category, head, open }) => (
            <li key={record}>
              <a href={hrefOf('dossiers', dossier.cadre.id, 'rivals', record)}>
                {findCategory(catalogue, category)?.name ?? category} {head?.summary ?? open?.summary ?? ''}
              </a>
            </li>
          ))}
        </ul>
      }
    />
  )
}
