import { datesAgree } from '../catalogue/dates.ts'
import type { Id } from '../kernel/ids.ts'

/** A person as the rows of a table name them. */
export interface NamedPerson {
  readonly name: string
  readonly identityNumber: string | null
  /** Normal forms; null where the table does not say. */
  readonly birth: string | null
  readonly unit: string | null
}

/** A dossier that may be theirs. */
export interface KnownPerson {
  readonly cadre: Id
  readonly name: string
  readonly identityNumber: string | null
  readonly post: string | null
}

/** Why a dossier may, or may not, be that of the person: a closed list, with words in `i18n` under `match.<code>`. */
export const matchReasons = [
  'name-same',
  'name-other',
  'identity-same',
  'identity-other',
  'identity-unknown',
  'birth-same',
  'birth-other',
  'birth-unknown',
  'unit-same',
  'unit-other',
  'unit-unknown',
  'only-namesake',
  'namesakes',
] as const
export type MatchReason = (typeof matchReasons)[number]

export interface Candidate {
  readonly cadre: Id
  readonly name: string
  readonly post: string | null
  readonly birth: string | null
  readonly reasons: readonly MatchReason[]
  /** `likely`: something beside the name speaks for it and nothing against. `unlikely`: something speaks against it. */
  readonly likelihood: 'likely' | 'possible' | 'unlikely'
}

/** Dossiers with the same name or number, the likeliest first, each with the reasons in words. A person decides. */
export function weighCandidates(person: NamedPerson, known: readonly KnownPerson[]): readonly Candidate[] {
  const order = { likely: 0, possible: 1, unlikely: 2 }
  const namesakes = known.filter((one) => one.name === person.name).length
  return known
    .map((one) => weigh(person, one, namesakes))
    .sort((a, b) => order[a.likelihood] - order[b.likelihood] || (a.cadre < b.cadre ? -1 : 1))
}

function weigh(person: NamedPerson, known: KnownPerson, namesakes: number): Candidate {
  const birth = known.identityNumber === null ? null : birthOf(known.identityNumber)
  const reasons: MatchReason[] = [known.name === person.name ? 'name-same' : 'name-other']
  if (person.identityNumber !== null) {
    if (known.identityNumber === null) reasons.push('identity-unknown')
    else reasons.push(known.identityNumber === person.identityNumber ? 'identity-same' : 'identity-other')
  }
  const stated = person.birth ?? (person.identityNumber === null ? null : birthOf(person.identityNumber))
  if (stated === null || birth === null) reasons.push('birth-unknown')
  else reasons.push(datesAgree(stated, birth) ? 'birth-same' : 'birth-other')
  if (person.unit === null || known.post === null) reasons.push('unit-unknown')
  else reasons.push(unitsAgree(person.unit, known.post) ? 'unit-same' : 'unit-other')
  reasons.push(namesakes <= 1 ? 'only-namesake' : 'namesakes')
  const against = reasons.some(
    (one) => one === 'name-other' || one === 'identity-other' || one === 'birth-other',
  )
  const speaking = reasons.some(
    (one) => one === 'identity-same' || one === 'birth-same' || one === 'unit-same',
  )
  const likelihood = against ? 'unlikely' : speaking ? 'likely' : 'possible'
  return { cadre: known.cadre, name: known.name, post: known.post, birth, reasons, likelihood }
}

/** GB 11643: characters 7 to 14. */
function birthOf(identityNumber: string): string {
  return `${identityNumber.slice(6, 10)}-${identityNumber.slice(10, 12)}-${identityNumber.slice(12, 14)}`
}

function unitsAgree(a: string, b: string): boolean {
  const [first, second] = [a, b].map((text) => text.replace(/[\s,，、()（）]/g, ''))
  return (
    first !== '' &&
    second !== '' &&
    ((first as string).includes(second as string) || (second as string).includes(first as string))
  )
}
