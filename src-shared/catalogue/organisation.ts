import { parseCreditCode } from './credit-code.ts'
import { fault, parsed, type Parsed } from './findings.ts'
import { parseText } from './text.ts'

/** `名称`, or `名称（统一社会信用代码）`. */
export type Organisation = string

export const longestOrganisation = 100

const withCode = /^(.*)（([0-9A-HJ-NPQRTUWXY]{18})）$/
// As tables write it: in brackets, or after a space. What is in brackets and shorter is part of the name.
const written = /^(.*?)(?:\s*[（(【[]\s*([0-9A-Za-z]{15,20})\s*[)）】\]]|\s+([0-9A-Za-z]{18}))$/

export interface OrganisationParts {
  readonly name: string
  /** Blank where it is not known. */
  readonly code: string
}

/** The two halves of what stands in a form, as they were typed: a tab keeps them apart. */
export function organisationParts(input: string): OrganisationParts {
  const tab = input.indexOf('\t')
  if (tab >= 0) return { name: input.slice(0, tab), code: input.slice(tab + 1) }
  const match = withCode.exec(input) ?? written.exec(input.trim())
  return match === null
    ? { name: input, code: '' }
    : { name: match[1] ?? '', code: match[2] ?? match[3] ?? '' }
}

/** What a form keeps of two halves. */
export function joinOrganisation({ name, code }: OrganisationParts): string {
  return name.trim() === '' && code.trim() === '' ? '' : `${name}\t${code}`
}

/**
 * An organisation by its name and, where it is known, its unified social credit code (GB 32100).
 *
 * Faults: `organisation-name`, `organisation-code` (required and not given), those of a text and of a credit code.
 */
export function parseOrganisation(input: string, needsCode: boolean): Parsed<Organisation> {
  const parts = organisationParts(input)
  const name = parseText(parts.name, longestOrganisation)
  if (!name.ok) return name
  if (name.value === '') return fault('organisation-name')
  if (parts.code.trim() === '') return needsCode ? fault('organisation-code') : parsed(name.value)
  // A code inside the name would be read as another one the next time.
  if (organisationParts(name.value).code !== '') return fault('organisation-name')
  const code = parseCreditCode(parts.code)
  return code.ok ? parsed(`${name.value}（${code.value}）`) : code
}
