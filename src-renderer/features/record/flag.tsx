import { Mark } from '../../ui/status-tag.tsx'
import { useTextOr } from '../../ui/text.ts'

/** Something that was noticed on the way in and kept with the revision: `repeat-of:12`. */
export function Flag({ flag }: { readonly flag: string }) {
  const textOr = useTextOr()
  const [code = '', row = ''] = flag.split(':')
  return <Mark shape="▲" tone="watch" word={textOr(`finding.${code}`, { row, columns: row })} />
}
