import { Radio } from 'antd'
import { useText } from '../../ui/text.ts'

export const bundleKinds = ['update', 'full'] as const
export type BundleKind = (typeof bundleKinds)[number]

interface KindChoiceProps {
  readonly kind: BundleKind
  onChange(kind: BundleKind): void
}

/** What came since the last receipt, or all from the beginning. */
export function KindChoice({ kind, onChange }: KindChoiceProps) {
  const text = useText()
  return (
    <>
      <Radio.Group
        aria-label={text('sync.kind')}
        value={kind}
        options={bundleKinds.map((one) => ({ value: one, label: text(`sync.kind.${one}`) }))}
        onChange={(event) => onChange(event.target.value as BundleKind)}
      />
      <p className="prose-faint">{text(`sync.kind.${kind}.hint`)}</p>
    </>
  )
}
