import { z } from 'zod'
import { err, ok, type Result } from '../kernel/result.ts'

/** The longest a number of a volume may be. */
export const longestFileNumber = 60

export const fileNumberSchema = z
  .string()
  .min(1)
  .max(longestFileNumber)
  .regex(/^[0-9A-Z\u4e00-\u9fff·.\-/]+$/)

/** What a part of a number is made of: digits, capital letters, both, or one fixed text. */
export const partKinds = ['digits', 'letters', 'mixed', 'fixed'] as const
export type PartKind = (typeof partKinds)[number]

const partSchema = z
  .strictObject({
    /** 全宗号, 目录号, 案卷号, 件号 … */
    label: z.string().trim().min(1).max(20),
    kind: z.enum(partKinds),
    /** Characters, for all but `fixed`. */
    least: z.int().min(1).max(20),
    most: z.int().min(1).max(20),
    /** Of `fixed`. */
    text: z.string().regex(/^[0-9A-Z\u4e00-\u9fff·.]{0,20}$/),
  })
  .refine(({ least, most }) => least <= most)
  .refine(({ kind, text }) => (kind === 'fixed') === (text !== ''))

/**
 * How a unit numbers its volumes (档号, DA/T 13): parts in their order with `-` between them, as 全宗号-目录号-案卷号-件号.
 */
export const numberRuleSchema = z.strictObject({ parts: z.array(partSchema).min(1).max(8) })
export type NumberRule = z.infer<typeof numberRuleSchema>

export const numberRuleBodySchema = numberRuleSchema.loose()

const part = (label: string, most: number): NumberRule['parts'][number] => ({
  label,
  kind: 'mixed',
  least: 1,
  most,
  text: '',
})

/** What counts until a unit says otherwise. */
export const defaultNumberRule: NumberRule = {
  parts: [part('全宗号', 6), part('目录号', 6), part('案卷号', 6), part('件号', 6)],
}

const separator = '-'
const forms = { digits: /^[0-9]+$/, letters: /^[A-Z]+$/, mixed: /^[0-9A-Z]+$/ } as const

/**
 * A typed number in its normal form: half width, capital letters, one hyphen between the parts.
 *
 * Errors: `volume/number-form` {part: from 1, 0 where the number of parts is wrong}.
 */
export function readFileNumber(rule: NumberRule, typed: string): Result<string> {
  const plain = typed
    .normalize('NFKC')
    .replaceAll(/\s/g, '')
    .replaceAll(/[‐‑‒–—―−_]/g, separator)
    .toUpperCase()
  const parts = plain.split(separator)
  if (parts.length !== rule.parts.length) return err('volume/number-form', { part: 0 })
  for (const [index, wanted] of rule.parts.entries()) {
    const found = parts[index] ?? ''
    const fits =
      wanted.kind === 'fixed'
        ? found === wanted.text
        : found.length >= wanted.least && found.length <= wanted.most && forms[wanted.kind].test(found)
    if (!fits) return err('volume/number-form', { part: index + 1 })
  }
  return ok(plain)
}
