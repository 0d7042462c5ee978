import { auditTables } from './0001-log.ts'
import { dossierTables } from './0002-dossier.ts'
import { deskTables } from './0003-desk.ts'

/** `control` holds the authority log; `business` databases (archive, discipline) also hold dossiers. */
export type DatabaseKind = 'control' | 'business'

/** Forward-only: a migration that has shipped is never changed, only followed. */
export const migrations: Readonly<Record<DatabaseKind, readonly (readonly string[])[]>> = {
  control: [auditTables, [], deskTables],
  business: [auditTables, dossierTables, deskTables],
}

/** Tables that hold nothing but what the log says: they can be dropped and derived again. */
export const projectionTables: Readonly<Record<DatabaseKind, readonly string[]>> = {
  control: [],
  business: ['step', 'void_step', 'revision', 'opening', 'cadre'],
}
