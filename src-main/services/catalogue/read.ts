import { hasRules, readCatalogue } from '../../../src-shared/catalogue/read.ts'
import type { Catalogue } from '../../../src-shared/catalogue/schema.ts'
import type { CatalogueVersion } from '../../../src-shared/access/authority.ts'
import { err, type Result } from '../../../src-shared/kernel/result.ts'
import { bodyOf } from '../../vault/names.ts'
import { openCompartment } from '../../vault/vault.ts'
import type { Session } from '../context.ts'

/**
 * A catalogue out of the body that the chain names: it must read, and state the rules that were signed with it.
 * Errors: `commit/body-missing`, `catalogue/rules-differ` {version}, those of reading a catalogue.
 */
export function readVersion(
  session: Session,
  { version, body: digest, rules }: Pick<CatalogueVersion, 'version' | 'body' | 'rules'>,
): Result<Catalogue> {
  const known = session.catalogues.get(digest)
  if (known !== undefined) return known
  const control = openCompartment(session.vault, 'control')
  if (!control.ok) return control
  const body = bodyOf(control.value.database, digest)
  if (body === null) return err('commit/body-missing')
  const read = readCatalogue(body['catalogue'])
  const isSigned = read.ok && read.value.version === version && hasRules(read.value, [...rules.values()])
  const result = !read.ok || isSigned ? read : err('catalogue/rules-differ', { version })
  session.catalogues.set(digest, result)
  return result
}

/**
 * The catalogue that forms and lists follow: the version in force, or, should its body not say what was signed, the
 * newest one that does. Errors: those of {@link readVersion} for the version in force.
 */
export function catalogueOf(session: Session): Result<Catalogue> {
  const versions = session.vault.authority.head.catalogueVersions
  const current = versions.at(-1)
  if (current === undefined) return err('commit/body-missing')
  const read = readVersion(session, current)
  if (read.ok) return read
  for (const version of versions.toReversed().slice(1)) {
    const older = readVersion(session, version)
    if (older.ok) return older
  }
  return read
}

/** The version in force and no other: what is entered now is entered under it. Errors: as {@link readVersion}. */
export function catalogueInForce(session: Session): Result<Catalogue> {
  const current = session.vault.authority.head.catalogueVersions.at(-1)
  return current === undefined ? err('commit/body-missing') : readVersion(session, current)
}

/** The catalogue that a record was entered under; one that is not known any more reads by the newest. */
export function catalogueOfVersion(session: Session, version: number, newest: Catalogue): Catalogue {
  if (version === newest.version) return newest
  const { catalogueVersions } = session.vault.authority.head
  const found = catalogueVersions.find((one) => one.version === version)
  const read = found === undefined ? null : readVersion(session, found)
  return read?.ok ? read.value : newest
}

/** The parts of a body with a catalogue that stand beside it. */
export function wordsOf(session: Session, digest: string): string {
  const control = openCompartment(session.vault, 'control')
  const words = control.ok ? bodyOf(control.value.database, digest)?.['words'] : null
  return typeof words === 'string' ? words : ''
}

export function findVersion(
  session: Session,
  input: { readonly version: number } | { readonly proposal: string },
): Result<Catalogue> {
  const { catalogueVersions, proposedCatalogue } = session.vault.authority.head
  const found =
    'version' in input
      ? catalogueVersions.find((one) => one.version === input.version)
      : proposedCatalogue?.proposal === input.proposal
        ? proposedCatalogue
        : undefined
  return found === undefined ? err('call/not-found') : readVersion(session, found)
}
