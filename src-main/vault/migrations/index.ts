import { auditTables } from './0001-log.ts'
import { dossierTables } from './0002-dossier.ts'
import { deskTables } from './0003-desk.ts'
import { disclosureTables } from './0004-disclosure.ts'
import { auditIndexTables } from './audit-index.ts'

/**
 * `control` holds the authority log; `business` databases (archive, discipline) also hold dossiers; `audit` is what an
 * auditor's core reads out of the access entries.
 */
export type DatabaseKind = 'control' | 'business' | 'audit'

/** Forward-only: a migration that has shipped is never changed, only followed. */
export const migrations: Readonly<Record<DatabaseKind, readonly (readonly string[])[]>> = {
  control: [auditTables, [], deskTables],
  business: [auditTables, dossierTables, deskTables, disclosureTables],
  audit: [auditIndexTables],
}

/** Tables that hold nothing but what the log says: they can be dropped and derived again. */
export const projectionTables: Readonly<Record<DatabaseKind, readonly string[]>> = {
  control: [],
  audit: ['access', 'subject', 'act', 'followed', 'origin'],
  business: ['step', 'void_step', 'revision', 'opening', 'cadre', 'disclosure_step', 'disclosure'],
}
