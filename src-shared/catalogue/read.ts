import { fromUtf8 } from '../kernel/bytes.ts'
import { canonicalFault, canonicalText } from '../kernel/canonical.ts'
import { err, ok, type Result } from '../kernel/result.ts'
import type { CategoryRule } from '../log/category-rule.ts'
import {
  catalogueSchema,
  maximumCatalogueBytes,
  type Catalogue,
  type Category,
  type Field,
} from './schema.ts'

/**
 * Reads a catalogue from the bytes of its JSON, or from a value that was already parsed.
 *
 * Errors: `format/too-large` {bytes, limit}; `format/invalid` {reason, paths}: `json`, `schema` (with the places that
 * are wrong), `depth` or another reason why it could not be signed.
 */
export function readCatalogue(input: unknown): Result<Catalogue> {
  let value = input
  if (input instanceof Uint8Array) {
    if (input.length > maximumCatalogueBytes) {
      return err('format/too-large', { bytes: input.length, limit: maximumCatalogueBytes })
    }
    const text = fromUtf8(input)
    if (text === null) return err('format/invalid', { reason: 'json' })
    try {
      value = JSON.parse(text)
    } catch {
      return err('format/invalid', { reason: 'json' })
    }
  }
  const fault = canonicalFault(value)
  if (fault !== null) return err('format/invalid', { reason: fault })
  const read = catalogueSchema.safeParse(value)
  if (read.success) return ok(read.data)
  const paths = read.error.issues
    .slice(0, 20)
    .map((issue) => `${issue.path.join('.')} ${issue.message}`.trim())
  return err('format/invalid', { reason: 'schema', paths })
}

export function findCategory(catalogue: Catalogue, id: string): Category | null {
  return catalogue.categories.find((category) => category.id === id) ?? null
}

/** What the signed header that adopts the catalogue says of each category, so that rules hold without the bodies. */
export function categoryRules(catalogue: Catalogue): readonly CategoryRule[] {
  return catalogue.categories.map((category) => ({
    category: category.id,
    level: category.level,
    compartment: category.compartment,
    verification: category.verification,
    signer: category.signer,
    evidenceRequired: category.evidence === 'required',
    ...(category.sampling === undefined ? {} : { sampling: category.sampling }),
    ...(category.retired === true ? { retired: true } : {}),
  }))
}

/** Whether the rules that a signed header states are those of the catalogue in its body. */
export function hasRules(catalogue: Catalogue, stated: readonly CategoryRule[]): boolean {
  const sorted = (rules: readonly CategoryRule[]) =>
    canonicalText([...rules].sort((a, b) => (a.category < b.category ? -1 : 1)).map((rule) => ({ ...rule })))
  return sorted(categoryRules(catalogue)) === sorted(stated)
}

/** What is asked for now: the catalogue without retired categories and fields. */
export function askedPart(catalogue: Catalogue): Catalogue {
  const categories = activeCategories(catalogue).map((category) => ({
    ...category,
    fields: activeFields(category),
  }))
  return { ...catalogue, categories }
}

/** The categories in which something new may be entered. */
export function activeCategories(catalogue: Catalogue): readonly Category[] {
  return catalogue.categories.filter((category) => category.retired !== true)
}

/** The fields that are asked for, in their order. */
export function activeFields(category: Category): readonly Field[] {
  return category.fields.filter((field) => field.retired !== true)
}

/** The catalogue with some categories signed by the level above too; null when one of them is not in it. */
export function withSignedAbove(catalogue: Catalogue, above: readonly string[]): Catalogue | null {
  if (above.some((id) => findCategory(catalogue, id) === null)) return null
  return {
    ...catalogue,
    categories: catalogue.categories.map((category) =>
      above.includes(category.id) ? { ...category, signer: 'approver-and-above' } : category,
    ),
  }
}
