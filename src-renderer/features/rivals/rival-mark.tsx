import { hrefOf } from '../../app/routes.ts'
import { Mark } from '../../ui/status-tag.tsx'
import { useText } from '../../ui/text.ts'

/** Beside the state of a revision that has a rival: leads to both. */
export function RivalMark({ cadre, record }: { readonly cadre: string; readonly record: string }) {
  const text = useText()
  return (
    <a
      className="rival-mark"
      href={hrefOf('dossiers', cadre, 'rivals', record)}
      title={text('rivals.mark.hint')}
      onClick={(event) => event.stopPropagation()}
    >
      <Mark shape="✕" tone="risk" word={text('rivals.mark')} />
    </a>
  )
}
