import { Alert } from 'antd'
import type { TieView } from '../../../src-shared/contract/views.ts'
import { useText } from '../../ui/text.ts'

/** Who took part although something ties them to the cadre. It voids nothing: a person weighs it. */
export function TiesNotice({ ties }: { readonly ties: readonly TieView[] }) {
  const text = useText()
  if (ties.length === 0) return null
  return (
    <Alert
      type="warning"
      showIcon
      title={text('ties.title')}
      description={
        <ul className="plain-list">
          {ties.map((one) => (
            <li key={`${one.revision}/${one.member}/${one.as}`}>
              {text(`ties.${one.tie}`, { name: one.name, as: text(`fault.as.${one.as}`) })}
            </li>
          ))}
        </ul>
      }
    />
  )
}
