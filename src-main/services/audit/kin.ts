import { areKin, familyCategory, type DeclaredRelative } from '../../../src-shared/audit/kin.ts'
import type { Id } from '../../../src-shared/kernel/ids.ts'
import { factsInCategory } from '../../vault/audit-kin.ts'
import type { Database } from '../../vault/database.ts'
import { readCadre } from '../../vault/dossier-queries.ts'
import { bodyOf } from '../../vault/names.ts'
import type { OpenVault } from '../../vault/vault.ts'

/**
 * Whether the dossiers `own` and `cadre` declare each other in the family register. Known only to a core that can open
 * the archive, and only as far as archived entries go; somebody whose dossier is not here has no kin here.
 */
export function isKin(vault: OpenVault, own: Id, cadre: Id): boolean {
  const archive = vault.compartments.get('archive')?.database
  if (archive === undefined) return false
  const one = readCadre(archive, own)
  const other = readCadre(archive, cadre)
  if (one === null || other === null) return false
  const person = (row: typeof one) => ({ name: row.name, identityNumber: row.identity_number })
  return areKin(person(one), declaredBy(archive, own), person(other), declaredBy(archive, cadre))
}

function declaredBy(archive: Database, cadre: Id): readonly DeclaredRelative[] {
  return factsInCategory(archive, cadre, familyCategory).flatMap((revision) => {
    const values = bodyOf(archive, revision)?.['values']
    if (typeof values !== 'object' || values === null || Array.isArray(values)) return []
    const text = (field: string) => {
      const value = (values as Readonly<Record<string, unknown>>)[field]
      return typeof value === 'string' && value !== '' ? value : null
    }
    const name = text('name')
    return name === null ? [] : [{ name, identityNumber: text('identityNumber'), birth: text('birth') }]
  })
}
