import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import {
  catalogueRoles,
  isOperationName,
  operationRules,
  permits,
  type OperationName,
} from '../../../src-shared/access/permissions.ts'
import { businessRoles, compartments, roles } from '../../../src-shared/access/roles.ts'

/**
 * What `docs/formats.md` says of operations, which is written for who reads a log without this program: it and the table
 * must not come to differ.
 */
interface Row {
  readonly names: readonly string[]
  readonly signers: string
  readonly places: string
}

const formats = readFileSync(new URL('../../../docs/formats.md', import.meta.url), 'utf8')

function rowsOf(text: string): readonly Row[] {
  const table = text.slice(text.indexOf('| `op` | more members | signed by | in |'))
  const lines = table.slice(0, table.indexOf('\n\n')).split('\n').slice(2)
  return lines.map((line) => {
    const cells = line.split(' | ')
    const names = [...(cells[0] ?? '').matchAll(/`([^`]+)`/g)].map((match) => match[1] as string)
    return { names, signers: cells.at(-2) ?? '', places: cells.at(-1) ?? '' }
  })
}

/** A member to whom a keyring is wrapped: everybody but who has no key that opens anything of another. */
const holders = [...businessRoles, 'auditor', 'secadmin']
const phrases: readonly (readonly [string, readonly string[]])[] = [
  ['any member', roles],
  ['a business role', businessRoles],
  ['a member to whom the keyring is wrapped', holders],
]

/** One answer for all names of a row, or one for each. */
function signersOf({ names, signers }: Row, at: number): readonly string[] {
  const parts = signers.split('; ')
  const part = parts.length === names.length && parts.length > 1 ? (parts[at] as string) : signers
  const said = phrases.reduce((text, [phrase, meant]) => text.replace(phrase, meant.join(', ')), part)
  return [...roles, 'root', 'hub'].filter((role) => new RegExp(`\\b${role}\\b`).test(said))
}

function placesOf({ places }: Row): readonly string[] {
  if (places.includes('the hub’s own log') || places.includes("the hub's own log")) return compartments
  if (places.includes("the hub's log of directives")) return ['archive', 'discipline']
  return compartments.filter((compartment) => places.includes(compartment))
}

const rows = rowsOf(formats)
const said = rows.flatMap((row) =>
  row.names.map((name, at) => ({ name, signers: signersOf(row, at), places: placesOf(row) })),
)

test('the specification speaks of every operation once, and of no other', () => {
  expect(said.map(({ name }) => name).sort()).toEqual(Object.keys(operationRules).sort())
  for (const { name } of said) expect(isOperationName(name), name).toBe(true)
  for (const name of ['toString', 'constructor', '__proto__', '']) expect(isOperationName(name)).toBe(false)
})

test('an operation is signed by whom the specification names, and stands where it says', () => {
  for (const { name, signers, places } of said) {
    const rule = operationRules[name as OperationName]
    expect([...rule.roles].sort(), name).toEqual([...signers].sort())
    expect([...rule.compartments].sort(), name).toEqual([...places].sort())
  }
})

test('the chain is made of what stands in control, but for what tells of an access, an incident or a receipt', () => {
  const telling = ['access.record', 'access.note', 'incident.report', 'incident.update', 'receipt.issue']
  for (const { name, places } of said)
    expect(operationRules[name as OperationName].authority, name).toBe(
      places.includes('control') && !telling.includes(name),
    )
})

test('an operation is permitted under a role and in a compartment that both are its own', () => {
  expect(permits('cadre.open', 'collector', 'archive')).toBe(true)
  expect(permits('cadre.open', 'reviewer', 'archive')).toBe(false)
  expect(permits('cadre.open', 'collector', 'control')).toBe(false)
  expect(permits('receipt.issue', 'hub', 'discipline')).toBe(true)
})

test('a catalogue is proposed and confirmed by those who answer for the work and by the secadmin', () => {
  expect([...catalogueRoles].sort()).toEqual(['approver', 'inspector', 'secadmin'])
})
