import { Input, Select, Space } from 'antd'
import { memo, useMemo, type ReactNode } from 'react'
import { flushSync } from 'react-dom'
import { displayValue, formatFieldInput, parseFieldInput } from '../../../src-shared/catalogue/fields.ts'
import type { Finding } from '../../../src-shared/catalogue/findings.ts'
import { moneyUnits, type MoneyUnit } from '../../../src-shared/catalogue/money.ts'
import { currencyTable, type CodeTable, type Field } from '../../../src-shared/catalogue/schema.ts'
import { isMoney } from '../../../src-shared/catalogue/values.ts'
import { isMessageKey } from '../../../src-shared/i18n/index.ts'
import { foldForSearch } from '../../../src-shared/search/fold.ts'
import { pinyinInitials } from '../../../src-shared/search/pinyin.ts'
import { useDesk } from '../../app/contexts.ts'
import { FormLine } from '../../ui/form-line.tsx'
import { today } from '../../ui/moment.ts'
import { useClauses, useText, useTextOr } from '../../ui/text.ts'
import { isChanged } from './entry-draft.ts'
import { AreaControl } from './area-control.tsx'
import { focusNext } from './entry-keys.ts'
import { fillFrom } from './entry-fill.ts'
import { useEntry } from './entry-state.ts'
import { OrganisationControl, PeriodControl } from './paired-controls.tsx'
import { AttachmentControl, CadreControl } from './reference-controls.tsx'
import { RowsControl } from './rows-control.tsx'

interface FieldControlProps {
  readonly field: Field
  readonly findings: readonly Finding[]
}

/** One field of the catalogue as a form line; rendered anew only when something of its own has changed. */
export const FieldControl = memo(
  FieldLine,
  (before, after) => before.field === after.field && sameFindings(before.findings, after.findings),
)

function FieldLine({ field, findings }: FieldControlProps) {
  const text = useText()
  const textOr = useTextOr()
  const clauses = useClauses()
  const isPresent = useEntry((entry) => entry.form?.draft.declaration === 'present')
  const isTold = useEntry(
    (entry) => entry.form?.wasTried === true || entry.form?.touched.has(field.id) === true,
  )
  const wasChanged = useEntry((entry) => entry.form !== null && isChanged(entry.form.draft, field.id))
  const id = `field-${field.id}`
  const words = (severity: Finding['severity']) =>
    clauses(
      findings
        .filter((finding) => finding.severity === severity)
        .map((finding) => textOr(`finding.${finding.code}`, finding.params)),
    )
  const error = isTold ? words('error') : ''
  const warning = words('warning')
  return (
    <FormLine
      id={id}
      label={field.label}
      isRequired={field.required === true && isPresent}
      isWide={field.kind === 'longText' || field.kind === 'rows' || field.kind === 'organisation'}
      error={error === '' ? null : error}
      warning={warning === '' ? null : warning}
      hint={<Hint field={field} />}
      mark={
        <>
          {field.critical === true ? (
            <span className="critical" title={text('fields.critical.hint')}>
              {text('fields.critical')}
            </span>
          ) : null}
          {wasChanged ? <span className="field-changed">{text('entry.changed')}</span> : null}
        </>
      }
    >
      <Control id={id} field={field} hasError={error !== ''} isTold={isTold} />
    </FormLine>
  )
}

function sameFindings(before: readonly Finding[], after: readonly Finding[]): boolean {
  return JSON.stringify(before) === JSON.stringify(after)
}

/** Guidance, and for amounts what was understood: a wrong zero shows at once. */
function Hint({ field }: { readonly field: Field }): ReactNode {
  const text = useText()
  const { catalogue } = useDesk()
  const { value, unit, currency } = useTyped(field)
  if (field.kind === 'money') {
    const read = parseFieldInput(field, catalogue, value, { asOf: today(), currency, unit })
    if (read.ok && read.value !== null && isMoney(read.value)) {
      return (
        <span className="number">
          {text('entry.amount-read', { amount: displayValue(field, read.value, catalogue) })}
        </span>
      )
    }
  }
  const form = `entry.form-of.${field.kind}`
  return field.guidance ?? (isMessageKey(form) ? text(form) : '')
}

/** What stands in one field. */
function useTyped(field: Field) {
  return {
    value: useEntry((entry) => entry.form?.draft.inputs[field.id] ?? ''),
    unit: useEntry((entry) => entry.form?.draft.units[field.id] ?? '元'),
    currency: useEntry((entry) => entry.form?.draft.currencies[field.id] ?? 'CNY'),
  }
}

interface ControlProps {
  readonly id: string
  readonly field: Field
  readonly hasError: boolean
  readonly isTold: boolean
}

function Control({ id, field, hasError, isTold }: ControlProps) {
  const { catalogue } = useDesk()
  const { value } = useTyped(field)
  const type = useEntry((entry) => entry.type)
  const touch = useEntry((entry) => entry.touch)
  const set = (typed: string) => type(field.id, typed)
  const leave = () => {
    touch(field.id)
    // What was understood takes the place of what was typed: `１９９１.2.28` becomes `1991-02-28`.
    const read = parseFieldInput(field, catalogue, value, { asOf: today() })
    if (!read.ok || read.value === null || typeof read.value !== 'string') return
    if (field.kind === 'identityNumber') fillFrom(field, catalogue, read.value)
    const normal = formatFieldInput(read.value)
    if (normal !== value) set(normal)
  }
  const common = {
    id,
    'aria-describedby': `${id}-notes`,
    'aria-invalid': hasError,
    'aria-required': field.required === true,
    ...(hasError ? { status: 'error' as const } : {}),
  }
  const paired = { common, field, value, onChange: set, onLeave: leave }
  switch (field.kind) {
    case 'period':
      return <PeriodControl {...paired} />
    case 'organisation':
      return <OrganisationControl {...paired} />
    case 'area':
      return <AreaControl {...paired} />
    case 'cadre':
      return <CadreControl {...paired} />
    case 'attachment':
      return <AttachmentControl {...paired} />
    case 'rows':
      return <RowsControl {...paired} onLeave={() => touch(field.id)} isTold={isTold} />
    case 'longText':
      return (
        <Input.TextArea
          {...common}
          className="grow"
          rows={2}
          value={value}
          onChange={(event) => set(event.target.value)}
          onBlur={() => touch(field.id)}
        />
      )
    case 'code':
      return <CodeControl common={common} field={field} value={value} onChange={set} />
    case 'money':
      return <MoneyControl common={common} field={field} value={value} onChange={set} />
    default:
      return (
        <Input
          {...common}
          autoComplete="off"
          className={field.kind === 'text' || field.kind.startsWith('person') ? '' : 'number'}
          maxLength={2000}
          suffix={field.kind === 'number' && field.unit !== undefined ? field.unit : undefined}
          value={value}
          onChange={(event) => set(event.target.value)}
          onBlur={leave}
        />
      )
  }
}

interface KindProps {
  readonly common: { readonly id: string }
  readonly field: Field
  readonly value: string
  onChange(value: string): void
}

interface CodeOption {
  readonly value: string
  readonly label: string
  /** Code, label, synonyms and pinyin initials, folded: any of them finds the item. */
  readonly words: string
}

const noItems: CodeTable['items'] = []

function CodeControl({ common, field, value, onChange }: KindProps) {
  const { catalogue } = useDesk()
  const touch = useEntry((entry) => entry.touch)
  const items = catalogue.codeTables.find((table) => table.id === field.table)?.items ?? noItems
  const options = useMemo(() => items.filter((item) => item.retired !== true).map(optionOf), [items])
  return (
    <Select<string, CodeOption>
      {...common}
      className="fill"
      allowClear
      {...(value === '' ? {} : { value })}
      showSearch={{ filterOption: (typed, option) => option?.words.includes(foldForSearch(typed)) ?? false }}
      options={options}
      onChange={(chosen: string | undefined) => onChange(chosen ?? '')}
      onSelect={(chosen) => {
        // The fields that are asked because of it are there before the next key, and the focus is where it belongs.
        flushSync(() => onChange(chosen))
        const from = document.getElementById(common.id)
        const form = from?.closest('form')
        if (from !== null && form !== null && form !== undefined) focusNext(form, from)
      }}
      onBlur={() => touch(field.id)}
    />
  )
}

function optionOf(item: CodeTable['items'][number]): CodeOption {
  const words = [item.code, item.label, ...(item.synonyms ?? [])]
  return {
    value: item.code,
    label: item.label,
    words: [...words, ...words.map(pinyinInitials)].map(foldForSearch).join(' '),
  }
}

function MoneyControl({ common, field, value, onChange }: KindProps) {
  const text = useText()
  const { catalogue } = useDesk()
  const { unit, currency } = useTyped(field)
  const { setUnit, setCurrency, touch } = useEntry.getState()
  const currencies = catalogue.codeTables.find((table) => table.id === currencyTable)?.items ?? noItems
  return (
    <Space.Compact block>
      <Input
        {...common}
        className="number"
        inputMode="decimal"
        autoComplete="off"
        maxLength={40}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        onBlur={() => touch(field.id)}
      />
      <Select<MoneyUnit>
        className="money-unit"
        aria-label={text('entry.unit-of', { field: field.label })}
        tabIndex={-1}
        value={unit}
        options={moneyUnits.map((one) => ({ value: one, label: text(`unit.${one}`) }))}
        onChange={(chosen) => setUnit(field.id, chosen)}
      />
      <Select<string>
        className="money-currency"
        aria-label={text('entry.currency-of', { field: field.label })}
        tabIndex={-1}
        value={currency}
        popupMatchSelectWidth={false}
        options={currencies.map((item) => ({ value: item.code, label: `${item.code} ${item.label}` }))}
        labelRender={({ value: code }) => code}
        onChange={(chosen) => setCurrency(field.id, chosen)}
      />
    </Space.Compact>
  )
}
