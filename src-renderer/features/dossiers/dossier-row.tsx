import { memo } from 'react'
import type { DossierLine, FactHit } from '../../../src-shared/contract/listing.ts'
import { useDesk } from '../../app/contexts.ts'
import { hrefOf } from '../../app/routes.ts'
import { Mark } from '../../ui/status-tag.tsx'
import { useText } from '../../ui/text.ts'

interface DossierRowProps {
  readonly line: DossierLine
  /** Whether the keyboard is at it: only then its link is on the way of the Tab key. */
  readonly isActive: boolean
}

/** Drawn again only when it says something else: scrolling moves it. */
export const DossierRow = memo(function DossierRow({ line, isActive }: DossierRowProps) {
  const text = useText()
  const [hit] = line.hits
  const place = [line.unit, line.post].filter((one) => one !== null).join(' · ')
  return (
    <div className="dossier-row">
      <div className="who">
        <span className="who-line">
          <span className="who-name">{line.name}</span>
          {line.identityTail === null ? null : (
            <span className="number who-tail">**** {line.identityTail}</span>
          )}
          {line.tags.map((tag) => (
            <span key={tag} className="who-tag">
              {tag}
            </span>
          ))}
          {line.marks.map((mark) => (
            <span key={mark} className="who-tag is-mark" title={text('dossiers.mark.hint')}>
              {mark}
            </span>
          ))}
        </span>
        {hit === undefined ? (
          <span className="who-post">{place === '' ? text('dossiers.no-post') : place}</span>
        ) : (
          <HitLink cadre={line.id} hit={hit} isActive={isActive} />
        )}
      </div>
      <div className="who-state">
        {line.asked === 0 ? (
          <span className="number" title={text('dossiers.archived')}>
            {text('dossiers.archived.count', { count: line.archived })}
          </span>
        ) : (
          <span className="number" title={text('dossiers.filled')}>
            {text('dossiers.filled.count', { filled: line.filled, asked: line.asked })}
          </span>
        )}
        {line.incomplete ? (
          <Mark shape="▲" tone="watch" word={text('dossiers.incomplete')} />
        ) : line.waiting > 0 ? (
          <span className="number who-waiting">
            {text('dossiers.waiting.count', { count: line.waiting })}
          </span>
        ) : null}
      </div>
    </div>
  )
})

interface HitLinkProps {
  readonly cadre: string
  readonly hit: FactHit
  readonly isActive: boolean
}

/** Where a search was found: the link leads to the record. */
function HitLink({ cadre, hit, isActive }: HitLinkProps) {
  const { catalogue } = useDesk()
  const category = catalogue.categories.find(({ id }) => id === hit.category)
  const field = category?.fields.find(({ id }) => id === hit.field)
  const place = [category?.name ?? hit.category, ...(field === undefined ? [] : [field.label])].join(' · ')
  return (
    <a
      className="who-hit"
      href={hrefOf('dossiers', cadre, hit.record)}
      tabIndex={isActive ? 0 : -1}
      onClick={(event) => event.stopPropagation()}
    >
      <span className="who-hit-place">{place}</span>
      {hit.text === '' ? null : (
        <span>
          {hit.text.slice(0, hit.from)}
          <mark>{hit.text.slice(hit.from, hit.to)}</mark>
          {hit.text.slice(hit.to)}
        </span>
      )}
    </a>
  )
}
