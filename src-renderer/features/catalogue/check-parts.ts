import type { CrossCheck } from '../../../src-shared/catalogue/schema.ts'

export const checkNames = [
  'order',
  'identity',
  'product',
  'requires',
  'overlap',
  'sum-at-most',
  'change-at-most',
  'needs-record',
  'event-order',
  'same-value',
] as const satisfies readonly CrossCheck['check'][]
export type CheckName = (typeof checkNames)[number]

/**
 * What of a check one fills in. `own` and `other` name a field of the category or of the other one, of one of `kinds`
 * where they are given; `codes` are items of the code table of the field that `of` names.
 */
export type CheckPart =
  | {
      readonly kind: 'own' | 'other' | 'owns'
      readonly name: string
      readonly kinds?: readonly string[]
      readonly isOptional?: true
    }
  | { readonly kind: 'codes'; readonly name: string; readonly of: string }
  | { readonly kind: 'number'; readonly name: string; readonly isOptional?: true }
  | { readonly kind: 'category' | 'direction'; readonly name: string }

const date = ['date']
const amount = ['number', 'money']
const ended = { kind: 'own', name: 'ended', kinds: date, isOptional: true } as const

export const checkParts: Readonly<Record<CheckName, readonly CheckPart[]>> = {
  order: [
    { kind: 'own', name: 'from', kinds: date },
    { kind: 'own', name: 'to', kinds: date },
  ],
  identity: [
    { kind: 'own', name: 'identity', kinds: ['identityNumber'] },
    { kind: 'own', name: 'birth', kinds: date, isOptional: true },
    { kind: 'own', name: 'sex', kinds: ['code'], isOptional: true },
  ],
  product: [
    { kind: 'own', name: 'quantity', kinds: ['number'] },
    { kind: 'own', name: 'unitValue', kinds: ['money'] },
    { kind: 'own', name: 'total', kinds: ['money'] },
    { kind: 'number', name: 'tolerancePermille' },
  ],
  requires: [
    { kind: 'own', name: 'when', kinds: ['code'] },
    { kind: 'codes', name: 'is', of: 'when' },
    { kind: 'own', name: 'needs' },
  ],
  overlap: [
    { kind: 'own', name: 'from', kinds: date },
    { kind: 'own', name: 'to', kinds: date },
    { kind: 'owns', name: 'same', isOptional: true },
  ],
  'sum-at-most': [
    { kind: 'own', name: 'value', kinds: amount },
    { kind: 'owns', name: 'same' },
    ended,
    { kind: 'number', name: 'maximum' },
  ],
  'change-at-most': [
    { kind: 'own', name: 'value', kinds: amount },
    ended,
    { kind: 'number', name: 'maximum' },
  ],
  'needs-record': [
    { kind: 'own', name: 'own' },
    { kind: 'category', name: 'category' },
    { kind: 'other', name: 'other' },
    { kind: 'own', name: 'on', kinds: date, isOptional: true },
    { kind: 'other', name: 'until', kinds: date, isOptional: true },
  ],
  'event-order': [
    { kind: 'own', name: 'date', kinds: date },
    { kind: 'direction', name: 'order' },
    { kind: 'category', name: 'category' },
    { kind: 'other', name: 'other', kinds: date },
    { kind: 'number', name: 'years', isOptional: true },
    { kind: 'own', name: 'whenField', kinds: ['code'], isOptional: true },
    { kind: 'codes', name: 'whenIs', of: 'whenField' },
    { kind: 'other', name: 'whereField', kinds: ['code'], isOptional: true },
    { kind: 'codes', name: 'whereIs', of: 'whereField' },
  ],
  'same-value': [{ kind: 'owns', name: 'fields' }],
}

/** What one has filled in, by the name of the part; a part left blank is absent. */
export type CheckDraft = Readonly<Record<string, string | readonly string[]>>

export const newDraft: CheckDraft = { tolerancePermille: '10', order: 'not-after' }

/** A check as its parts. */
export function draftOf(check: CrossCheck): CheckDraft {
  const { check: _check, severity: _severity, ...plain } = check as unknown as Record<string, unknown>
  const { when, where, ...rest } = plain
  const parts = Object.entries({ ...rest, ...condition('when', when), ...condition('where', where) })
  return Object.fromEntries(
    parts.map(([name, value]) => [name, typeof value === 'number' ? String(value) : value]),
  ) as CheckDraft
}

function condition(name: 'when' | 'where', value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) return value === undefined ? {} : { [name]: value }
  const { field, is } = value as { readonly field: string; readonly is: readonly string[] }
  return { [`${name}Field`]: field, [`${name}Is`]: is }
}

/** The check that the parts make. What is missing is left blank for the catalogue to refuse at its place. */
export function checkOf(name: CheckName, draft: CheckDraft, severity: CrossCheck['severity']): CrossCheck {
  const made: Record<string, unknown> = { check: name, severity }
  for (const part of checkParts[name]) {
    const value = draft[part.name]
    if (part.kind === 'owns' || part.kind === 'codes') {
      const list = Array.isArray(value) ? value : []
      const mayLack = part.kind === 'owns' && part.isOptional === true
      if (list.length > 0 || !mayLack) made[part.name] = list
    } else if (value !== undefined && value !== '') made[part.name] = value
    else if (!('isOptional' in part)) made[part.name] = ''
  }
  for (const number of ['tolerancePermille', 'years']) if (number in made) made[number] = Number(made[number])
  return name === 'event-order' ? withConditions(made) : (made as unknown as CrossCheck)
}

function withConditions(made: Record<string, unknown>): CrossCheck {
  const { whenField, whenIs, whereField, whereIs, ...rest } = made
  return {
    ...rest,
    ...(whenField === undefined ? {} : { when: { field: whenField, is: whenIs } }),
    ...(whereField === undefined ? {} : { where: { field: whereField, is: whereIs } }),
  } as unknown as CrossCheck
}
