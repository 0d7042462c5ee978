import { datesAgree } from '../catalogue/dates.ts'
import { pinyinKey } from '../search/pinyin-key.ts'
import { isSlip, nameForm, placeForm, type DossierPerson } from './person.ts'

/** What agrees and what differs: a closed list, with words in `i18n` under `twins.reason.<code>`. */
export const twinReasons = [
  'identity-same',
  'identity-slip',
  'identity-other',
  'identity-one',
  'identity-none',
  'name-same',
  'name-written',
  'name-sound',
  'name-other',
  'birth-same',
  'birth-other',
  'birth-unknown',
  'unit-same',
  'unit-other',
  'unit-unknown',
  'post-same',
  'post-other',
  'post-unknown',
] as const
export type TwinReason = (typeof twinReasons)[number]

export const twinStrengths = ['certain', 'likely', 'possible'] as const
export type TwinStrength = (typeof twinStrengths)[number]

export interface WeighedPair {
  readonly strength: TwinStrength
  readonly reasons: readonly TwinReason[]
}

type Has = (reason: TwinReason) => boolean

/**
 * Whether two dossiers may be those of one person, with the reasons; null where they are not worth asking about. It does
 * not matter which of the two stands first.
 *
 * @param isRareName few dossiers bear the name, so that the name alone is worth asking about
 */
export function weighPair(one: DossierPerson, other: DossierPerson, isRareName: boolean): WeighedPair | null {
  const reasons = reasonsOf(one, other)
  const strength = strengthOf((reason) => reasons.includes(reason), isRareName)
  return strength === null ? null : { strength, reasons }
}

function strengthOf(has: Has, isRareName: boolean): TwinStrength | null {
  const isNamed = has('name-same') || has('name-written')
  if (has('identity-same')) return isNamed ? 'certain' : 'likely'
  if (has('identity-slip') && isNamed) return 'likely'
  const isPlaced = has('unit-same') || has('post-same')
  if (has('birth-other')) return null
  if (has('identity-other')) return isNamed && has('birth-same') && isPlaced ? 'possible' : null
  if (isNamed && has('birth-same')) return 'likely'
  if (isNamed && isPlaced) return 'likely'
  if (isNamed) return isRareName ? 'possible' : null
  return has('name-sound') && has('birth-same') && isPlaced ? 'possible' : null
}

function reasonsOf(one: DossierPerson, other: DossierPerson): readonly TwinReason[] {
  return [
    identityReason(one.identityNumber, other.identityNumber),
    nameReason(one.name, other.name),
    birthReason(one.birth, other.birth),
    placeReason('unit', one.unit, other.unit),
    placeReason('post', one.post, other.post),
  ]
}

function identityReason(one: string | null, other: string | null): TwinReason {
  if (one === null && other === null) return 'identity-none'
  if (one === null || other === null) return 'identity-one'
  if (one === other) return 'identity-same'
  return isSlip(one, other) ? 'identity-slip' : 'identity-other'
}

function nameReason(one: string, other: string): TwinReason {
  if (one === other) return 'name-same'
  const [first, second] = [nameForm(one), nameForm(other)]
  if (first === second) return 'name-written'
  return pinyinKey(first) === pinyinKey(second) ? 'name-sound' : 'name-other'
}

function birthReason(one: string | null, other: string | null): TwinReason {
  if (one === null || other === null) return 'birth-unknown'
  return datesAgree(one, other) ? 'birth-same' : 'birth-other'
}

function placeReason(kind: 'unit' | 'post', one: string | null, other: string | null): TwinReason {
  if (one === null || other === null) return `${kind}-unknown`
  return placeForm(one) === placeForm(other) ? `${kind}-same` : `${kind}-other`
}
