import { Input, Select, Switch } from 'antd'
import type { ReactNode } from 'react'
import { FormLine } from '../../ui/form-line.tsx'
import { useText } from '../../ui/text.ts'

interface LineProps {
  readonly id: string
  readonly label: string
  readonly hint?: string
  readonly isWrong?: boolean
}

interface TextLineProps extends LineProps {
  readonly value: string
  readonly isLong?: boolean
  readonly isRequired?: boolean
  readonly isFixed?: boolean
  readonly maxLength?: number
  onChange(value: string): void
}

function useWrong(isWrong: boolean | undefined, label: string): string | null {
  const text = useText()
  return isWrong === true ? text('catalogue.issue', { property: label }) : null
}

export function TextLine(props: TextLineProps) {
  const { id, label, hint, isWrong, value, isLong, isRequired, isFixed, maxLength = 60, onChange } = props
  const common = {
    id,
    value,
    maxLength,
    disabled: isFixed === true,
    autoComplete: 'off',
    'aria-describedby': `${id}-notes`,
    'aria-invalid': isWrong === true,
  }
  return (
    <FormLine
      id={id}
      label={label}
      hint={hint}
      isRequired={isRequired === true}
      error={useWrong(isWrong, label)}
    >
      {isLong === true ? (
        <Input.TextArea {...common} rows={3} onChange={(event) => onChange(event.target.value)} />
      ) : (
        <Input {...common} onChange={(event) => onChange(event.target.value)} />
      )}
    </FormLine>
  )
}

interface Option<Value> {
  readonly value: Value
  readonly label: string
}

interface ChoiceLineProps<Value extends string | number> extends LineProps {
  readonly value: Value | undefined
  readonly options: readonly Option<Value>[]
  readonly isFixed?: boolean
  readonly mayBeBlank?: boolean
  onChange(value: Value | undefined): void
}

export function ChoiceLine<Value extends string | number>(props: ChoiceLineProps<Value>) {
  const { id, label, hint, isWrong, value, options, isFixed, mayBeBlank, onChange } = props
  return (
    <FormLine id={id} label={label} hint={hint} error={useWrong(isWrong, label)}>
      <Select<Value>
        id={id}
        className="fill"
        disabled={isFixed === true}
        allowClear={mayBeBlank === true}
        showSearch={{ optionFilterProp: 'label' }}
        aria-describedby={`${id}-notes`}
        {...(value === undefined ? {} : { value })}
        options={[...options]}
        onChange={(chosen: Value | undefined) => onChange(chosen)}
      />
    </FormLine>
  )
}

interface ManyLineProps extends LineProps {
  readonly value: readonly string[]
  readonly options: readonly Option<string>[]
  /** Words of one's own are taken too. */
  readonly isOpen?: boolean
  onChange(value: readonly string[]): void
}

export function ManyLine({ id, label, hint, isWrong, value, options, isOpen, onChange }: ManyLineProps) {
  return (
    <FormLine id={id} label={label} hint={hint} error={useWrong(isWrong, label)}>
      <Select<string[]>
        id={id}
        mode={isOpen === true ? 'tags' : 'multiple'}
        className="fill"
        optionFilterProp="label"
        aria-describedby={`${id}-notes`}
        value={[...value]}
        options={[...options]}
        onChange={onChange}
      />
    </FormLine>
  )
}

interface SwitchLineProps extends LineProps {
  readonly value: boolean
  readonly isFixed?: boolean
  onChange(value: boolean): void
}

export function SwitchLine({ id, label, hint, value, isFixed, onChange }: SwitchLineProps): ReactNode {
  return (
    <div className="catalogue-switch">
      <Switch
        id={id}
        size="small"
        checked={value}
        disabled={isFixed === true}
        aria-describedby={`${id}-notes`}
        onChange={onChange}
      />
      <label htmlFor={id}>{label}</label>
      <span id={`${id}-notes`} className="line-hint">
        {hint}
      </span>
    </div>
  )
}
