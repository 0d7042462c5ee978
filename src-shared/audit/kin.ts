/** A person as a dossier names them. */
export interface NamedPerson {
  readonly name: string
  readonly identityNumber: string | null
}

/** A line of the family register (category A3): who is declared, in whose dossier does not matter here. */
export interface DeclaredRelative {
  readonly name: string
  readonly identityNumber: string | null
  /** YYYY-MM-DD or shorter, null when blank. */
  readonly birth: string | null
}

export const familyCategory = 'A3'

/**
 * Whether a line of a family register means this person: by ID number where both have one, else by name together with
 * the date of birth, which an ID number of eighteen characters carries. A name alone is too common to accuse anybody.
 */
export function isSamePerson(person: NamedPerson, declared: DeclaredRelative): boolean {
  const { identityNumber } = person
  if (identityNumber === null) return false
  if (declared.identityNumber !== null) return declared.identityNumber === identityNumber
  if (declared.name !== person.name || declared.birth === null || identityNumber.length !== 18) return false
  const birth = identityNumber.slice(6, 14)
  return declared.birth.replaceAll('-', '') === birth
}

/** Whether one of two people declares the other as family. */
export function areKin(
  one: NamedPerson,
  ofOne: readonly DeclaredRelative[],
  other: NamedPerson,
  ofOther: readonly DeclaredRelative[],
): boolean {
  return (
    ofOne.some((declared) => isSamePerson(other, declared)) ||
    ofOther.some((declared) => isSamePerson(one, declared))
  )
}
