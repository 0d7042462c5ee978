import { findCategory } from '../../../src-shared/catalogue/read.ts'
import type { TieFinding } from '../../../src-shared/contract/log-views.ts'
import { useDesk } from '../../app/contexts.ts'
import { hrefOf } from '../../app/routes.ts'
import { useText } from '../../ui/text.ts'

const shownTies = 50

/** Whose record, and who took part in it although they should have kept out. */
export function TieList({ ties }: { readonly ties: readonly TieFinding[] }) {
  const text = useText()
  const { catalogue } = useDesk()
  return (
    <ul className="plain-list">
      {ties.slice(0, shownTies).map((one) => (
        <li key={`${one.revision}/${one.member}/${one.as}`}>
          <a href={hrefOf('dossiers', one.cadre, one.record)}>{one.cadreName}</a>{' '}
          {findCategory(catalogue, one.category)?.name ?? one.category} ·{' '}
          {text(`ties.${one.tie}`, { name: one.name, as: text(`fault.as.${one.as}`) })}
        </li>
      ))}
      {ties.length > shownTies ? <li>{text('ties.more', { count: ties.length - shownTies })}</li> : null}
    </ul>
  )
}
