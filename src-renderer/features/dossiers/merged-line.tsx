import type { MergedDossier } from '../../../src-shared/contract/twins.ts'
import { twinRoles } from '../../../src-shared/access/permissions.ts'
import { useDesk } from '../../app/contexts.ts'
import { hrefOf } from '../../app/routes.ts'
import { holdsAny } from '../../app/session.ts'
import { Mark } from '../../ui/status-tag.tsx'
import { useList, useText } from '../../ui/text.ts'

/** Which other dossiers are shown as part of this one. */
export function MergedLine({ merged }: { readonly merged: readonly MergedDossier[] }) {
  const text = useText()
  const list = useList()
  const { session } = useDesk()
  if (merged.length === 0) return null
  const names = merged.map(({ name, identityTail, post }) =>
    [name, identityTail === null ? '' : `**** ${identityTail}`, post ?? '']
      .filter((one) => one !== '')
      .join(' '),
  )
  return (
    <p className="dossier-merged">
      <span className="stage-label">{text('twins.dossier.merged')}</span>
      <span>{list(names)}</span>{' '}
      {holdsAny(session, twinRoles) ? (
        <a className="no-print" href={hrefOf('twins', 'decided')}>
          {text('twins.dossier.see')}
        </a>
      ) : null}
    </p>
  )
}

interface OriginMarkProps {
  readonly origin: string | null
  readonly merged: readonly MergedDossier[]
}

/** That a record was entered in a dossier that is shown as part of this one. */
export function OriginMark({ origin, merged }: OriginMarkProps) {
  const text = useText()
  if (origin === null) return null
  const name = merged.find(({ cadre }) => cadre === origin)?.name ?? ''
  return (
    <span title={text('twins.dossier.origin.hint', { name })}>
      <Mark shape="⇢" tone="plain" word={text('twins.dossier.origin')} />
    </span>
  )
}
