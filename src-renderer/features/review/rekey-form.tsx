import { Button, Input, Select } from 'antd'
import { useState, type ReactNode } from 'react'
import { formatFieldInput, parseFieldInput } from '../../../src-shared/catalogue/fields.ts'
import type { Catalogue, Category, Field } from '../../../src-shared/catalogue/schema.ts'
import type { FieldValue } from '../../../src-shared/catalogue/values.ts'
import { isMessageKey } from '../../../src-shared/i18n/index.ts'
import { useDesk } from '../../app/contexts.ts'
import { FormLine } from '../../ui/form-line.tsx'
import { today } from '../../ui/moment.ts'
import { useText, useTextOr } from '../../ui/text.ts'

interface RekeyFormProps {
  readonly category: Category
  readonly fields: readonly string[]
  readonly isBusy: boolean
  readonly notice: ReactNode
  onType(values: Record<string, FieldValue>): void
}

/** The fields a reviewer reads off the evidence before they are shown what was entered (双录比对). */
export function RekeyForm({ category, fields, isBusy, notice, onType }: RekeyFormProps) {
  const text = useText()
  const textOr = useTextOr()
  const { catalogue } = useDesk()
  const [typed, setTyped] = useState<Readonly<Record<string, string>>>({})
  const [wasTried, setTried] = useState(false)
  const asked = category.fields.filter((field) => fields.includes(field.id))
  const read = asked.map((field) => ({ field, result: readField(field, catalogue, typed[field.id] ?? '') }))
  const submit = () => {
    setTried(true)
    const values: Record<string, FieldValue> = {}
    for (const { field, result } of read) {
      if (!result.ok) return document.getElementById(`rekey-${field.id}`)?.focus()
      if (result.value !== null) values[field.id] = result.value
    }
    onType(values)
  }
  return (
    <section className="card rekey" aria-label={text('rekey.title')}>
      <h2>{text('rekey.title')}</h2>
      <p className="prose-faint">{text('rekey.hint')}</p>
      <form
        className="entry-grid"
        onSubmit={(event) => {
          event.preventDefault()
          submit()
        }}
      >
        {read.map(({ field, result }) => {
          const form = `entry.form-of.${field.kind}`
          return (
            <FormLine
              key={field.id}
              id={`rekey-${field.id}`}
              label={field.label}
              error={
                wasTried && !result.ok ? textOr(`finding.${result.fault.code}`, result.fault.params) : null
              }
              hint={isMessageKey(form) ? text(form) : ''}
            >
              <RekeyControl
                field={field}
                catalogue={catalogue}
                value={typed[field.id] ?? ''}
                onChange={(value) => setTyped({ ...typed, [field.id]: value })}
              />
            </FormLine>
          )
        })}
        {notice}
        <p className="rekey-actions">
          <Button type="primary" htmlType="submit" loading={isBusy}>
            {text('rekey.submit')}
          </Button>
          <span className="prose-faint">{text('rekey.once')}</span>
        </p>
      </form>
    </section>
  )
}

function readField(field: Field, catalogue: Catalogue, input: string) {
  return parseFieldInput(field, catalogue, input, { asOf: today() })
}

interface ControlProps {
  readonly field: Field
  readonly catalogue: Catalogue
  readonly value: string
  onChange(value: string): void
}

function RekeyControl({ field, catalogue, value, onChange }: ControlProps) {
  const id = `rekey-${field.id}`
  if (field.kind === 'code') {
    const items = catalogue.codeTables.find((table) => table.id === field.table)?.items ?? []
    return (
      <Select<string>
        id={id}
        className="fill"
        allowClear
        showSearch={{ optionFilterProp: 'label' }}
        {...(value === '' ? {} : { value })}
        options={items
          .filter((item) => item.retired !== true)
          .map((item) => ({ value: item.code, label: item.label }))}
        onChange={(chosen: string | undefined) => onChange(chosen ?? '')}
      />
    )
  }
  const leave = () => {
    const read = readField(field, catalogue, value)
    if (read.ok && read.value !== null) onChange(formatFieldInput(read.value))
  }
  return (
    <Input
      id={id}
      autoComplete="off"
      className={field.kind === 'text' || field.kind.startsWith('person') ? '' : 'number'}
      maxLength={2000}
      suffix={field.kind === 'money' ? '元' : field.unit}
      value={value}
      onChange={(event) => onChange(event.target.value)}
      onBlur={leave}
    />
  )
}
