import { Input } from 'antd'
import { FormLine } from '../../ui/form-line.tsx'

interface CodeFieldProps {
  readonly id: string
  readonly label: string
  readonly isRequired?: boolean
  readonly value: string
  onChange(value: string): void
  onEnter(): void
}

/** Where a code is typed that stands on another screen: large as there, in the same groups. */
export function CodeField({ id, label, isRequired = false, value, onChange, onEnter }: CodeFieldProps) {
  return (
    <FormLine id={id} label={label} isRequired={isRequired}>
      <Input
        id={id}
        className="code-field"
        size="large"
        autoComplete="off"
        spellCheck={false}
        maxLength={20}
        placeholder="XXXX XXXX XXXX"
        value={value}
        onChange={(event) => onChange(grouped(event.target.value))}
        onPressEnter={onEnter}
      />
    </FormLine>
  )
}

/** Groups of four, as they are shown. */
function grouped(typed: string): string {
  const symbols = typed
    .normalize('NFKC')
    .toUpperCase()
    .replaceAll(/[^0-9A-Z]/g, '')
    .slice(0, 12)
  return (symbols.match(/.{1,4}/g) ?? []).join(' ')
}

/** Whether as much was typed as a code has. */
export function isWholeCode(value: string): boolean {
  return value.replaceAll(' ', '').length === 12
}
