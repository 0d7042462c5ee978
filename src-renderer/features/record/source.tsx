import type { SourceView } from '../../../src-shared/contract/views.ts'
import { useText } from '../../ui/text.ts'
import { Flag } from './flag.tsx'

interface SourceProps {
  readonly source: SourceView
  readonly flags: readonly string[]
}

/** Where the facts come from, and what was noticed about them on the way in. */
export function Source({ source, flags }: SourceProps) {
  const text = useText()
  return (
    <p className="source">
      <span>{text(`source.${source.kind}`)}</span>
      <span>{source.from}</span>
      {source.reference === null ? null : <span>{source.reference}</span>}
      {flags.map((flag) => (
        <Flag key={flag} flag={flag} />
      ))}
    </p>
  )
}
