import type { Finding } from '../../../src-shared/catalogue/findings.ts'
import type { Explanation } from '../../../src-shared/contract/explanation.ts'

/** What an explanation is of. Remarks that share it are explained together. */
export function findingKey({ code, field, beside }: Finding): string {
  return explanationKey({ code, field: field ?? null, category: beside?.category ?? null })
}

export function explanationKey({ code, field, category }: Omit<Explanation, 'words'>): string {
  return `${code}/${field ?? ''}/${category ?? ''}`
}

/** The explanations with other words for one finding; without words there is none. */
export function explained(
  explanations: readonly Explanation[],
  { code, field, beside }: Finding,
  words: string,
): readonly Explanation[] {
  const about = { code, field: field ?? null, category: beside?.category ?? null }
  const rest = explanations.filter((one) => explanationKey(one) !== explanationKey(about))
  return words === '' ? rest : [...rest, { ...about, words }]
}

/** What is said of remarks that are still made: an explanation of nothing is not submitted. */
export function standingExplanations(
  explanations: readonly Explanation[],
  findings: readonly Finding[],
): Explanation[] {
  const keys = new Set(findings.map(findingKey))
  return explanations
    .map((one) => ({ ...one, words: one.words.trim() }))
    .filter((one) => one.words !== '' && keys.has(explanationKey(one)))
}
