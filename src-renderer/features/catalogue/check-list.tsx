import { Button, Select } from 'antd'
import { useState } from 'react'
import { documentFormats, type DocumentFormat } from '../../../src-shared/catalogue/document-number.ts'
import { crossCheckFields, severities } from '../../../src-shared/catalogue/schema.ts'
import { activeFields } from '../../../src-shared/catalogue/read.ts'
import type { Catalogue, Category, CrossCheck, FieldKind } from '../../../src-shared/catalogue/schema.ts'
import { useText } from '../../ui/text.ts'
import { EditDrawer } from './edit-drawer.tsx'
import { ChoiceLine, ManyLine, TextLine } from './lines.tsx'
import { Problems } from './problems.tsx'
import { useStep } from './use-step.ts'
import { useCheckWords } from './words.ts'

interface CheckListProps {
  readonly category: Category
  readonly working: Catalogue
  readonly base: Catalogue
}

/** What is checked between the fields of a category. */
export function CheckList({ category, working, base }: CheckListProps) {
  const text = useText()
  const words = useCheckWords()
  const step = useStep()
  const [isAdding, setAdding] = useState(false)
  const { crossChecks } = category
  const put = (checks: readonly CrossCheck[]) =>
    step.take({ edit: 'checks', category: category.id, crossChecks: checks })
  return (
    <section className="card" aria-labelledby="catalogue-checks">
      <div className="catalogue-bar">
        <h2 id="catalogue-checks">{text('catalogue.property.crossChecks')}</h2>
        <span className="topbar-space" />
        <Button onClick={() => setAdding(true)}>{text('catalogue.check.add')}</Button>
      </div>
      <Problems problems={step.problems} versions={[working, base]} />
      {crossChecks.length === 0 ? <p className="prose-faint">{text('catalogue.check.none')}</p> : null}
      <ul className="catalogue-checks">
        {crossChecks.map((check, place) => {
          const sentence = words(check, category)
          const replace = (next: CrossCheck) => put(crossChecks.with(place, next))
          return (
            <li key={JSON.stringify(check)}>
              <span>{sentence}</span>
              <Select<CrossCheck['severity']>
                size="small"
                aria-label={text('catalogue.severity.of', { check: sentence })}
                value={check.severity}
                options={severities.map((one) => ({ value: one, label: text(`catalogue.severity.${one}`) }))}
                onChange={(severity) => void replace({ ...check, severity })}
              />
              <Button
                size="small"
                danger
                aria-label={text('catalogue.check.remove', { check: sentence })}
                onClick={() => put(crossChecks.toSpliced(place, 1))}
              >
                {text('catalogue.remove')}
              </Button>
            </li>
          )
        })}
      </ul>
      {isAdding ? <NewCheck category={category} working={working} onClose={() => setAdding(false)} /> : null}
    </section>
  )
}

const kinds = ['order', 'identity', 'product', 'requires', 'document'] as const
type CheckName = (typeof kinds)[number]

/** The parts of each kind of check that name a field, and which of them may be left out. */
const roles = {
  order: ['from', 'to'],
  identity: ['identity', 'birth', 'sex'],
  product: ['quantity', 'unitValue', 'total'],
  requires: ['when', 'needs'],
  document: ['number', 'kind'],
} as const
const optional: readonly string[] = ['birth', 'sex']

interface NewCheckProps {
  readonly category: Category
  readonly working: Catalogue
  onClose(): void
}

function NewCheck({ category, working, onClose }: NewCheckProps) {
  const text = useText()
  const step = useStep()
  const [check, setCheck] = useState<CheckName>('order')
  const [fields, setFields] = useState<Readonly<Record<string, string>>>({})
  const [codes, setCodes] = useState<readonly string[]>([])
  const [tolerance, setTolerance] = useState('10')
  const offered = (role: string) => {
    const wanted = wantedKind(check, role)
    return activeFields(category)
      .filter(({ kind }) => wanted === null || kind === wanted)
      .map(({ id, label }) => ({ value: id, label }))
  }
  const [format, setFormat] = useState<DocumentFormat>('passport')
  const table = category.fields.find(({ id }) => id === fields[check === 'document' ? 'kind' : 'when'])?.table
  const items = working.codeTables.find(({ id }) => id === table)?.items ?? []
  const save = () => {
    const named = Object.fromEntries(roles[check].map((role) => [role, fields[role]]))
    const set = Object.entries(named).filter(([role, id]) => id !== undefined || !optional.includes(role))
    const extra =
      check === 'product'
        ? { tolerancePermille: Number(tolerance) }
        : check === 'requires'
          ? { is: [...codes] }
          : check === 'document'
            ? { formats: [{ is: [...codes], format }] }
            : {}
    const whole = {
      ...Object.fromEntries(set.map(([role, id]) => [role, id ?? ''])),
      ...extra,
      check,
      severity: 'error',
    } as unknown as CrossCheck
    const crossChecks = [...category.crossChecks, whole]
    if (step.take({ edit: 'checks', category: category.id, crossChecks })) onClose()
  }
  return (
    <EditDrawer title={text('catalogue.check.add')} onSave={save} onClose={onClose}>
      <ChoiceLine<CheckName>
        id="check-kind"
        label={text('catalogue.check.kind')}
        value={check}
        options={kinds.map((one) => ({ value: one, label: text(`catalogue.check.${one}`) }))}
        onChange={(next = check) => {
          setCheck(next)
          setFields({})
        }}
      />
      {roles[check].map((role) => (
        <ChoiceLine
          key={role}
          id={`check-${role}`}
          label={text(`catalogue.check.role.${role}`)}
          mayBeBlank={optional.includes(role)}
          value={fields[role]}
          options={offered(role)}
          onChange={(id) => {
            const { [role]: _old, ...rest } = fields
            setFields(id === undefined ? rest : { ...rest, [role]: id })
          }}
        />
      ))}
      {check === 'document' ? (
        <ChoiceLine<DocumentFormat>
          id="check-format"
          label={text('catalogue.check.format')}
          value={format}
          options={documentFormats.map((one) => ({ value: one, label: text(`catalogue.format.${one}`) }))}
          onChange={(next = format) => setFormat(next)}
        />
      ) : null}
      {check === 'requires' || check === 'document' ? (
        <ManyLine
          id="check-is"
          label={text('catalogue.check.is')}
          value={codes}
          options={items.map(({ code, label }) => ({ value: code, label }))}
          onChange={setCodes}
        />
      ) : null}
      {check === 'product' ? (
        <TextLine
          id="check-tolerance"
          label={text('catalogue.check.tolerance')}
          maxLength={4}
          value={tolerance}
          onChange={setTolerance}
        />
      ) : null}
      <Problems problems={step.problems} versions={[working]} />
    </EditDrawer>
  )
}

/** The kind of field that a part of a check takes, as the schema has it. */
function wantedKind(check: CheckName, role: string): FieldKind | null {
  const names = Object.fromEntries(roles[check].map((one) => [one, one]))
  const sample = {
    check,
    severity: 'error',
    is: [],
    formats: [],
    tolerancePermille: 0,
    ...names,
  } as unknown as CrossCheck
  return crossCheckFields(sample).find(([id]) => id === role)?.[1] ?? null
}
