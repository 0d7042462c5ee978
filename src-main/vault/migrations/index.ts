import { auditTables } from './0001-log.ts'
import { dossierTables } from './0002-dossier.ts'
import { deskTables } from './0003-desk.ts'
import { disclosureTables } from './0004-disclosure.ts'
import { exchangeTables, stagingTables } from './0005-exchange.ts'
import { retypedTables } from './0006-retyped.ts'
import { reviewTables } from './0007-review.ts'
import { countTables } from './0008-counts.ts'
import { drawnTables } from './0009-drawn.ts'
import { waitingTables } from './0011-waiting.ts'
import { importTables } from './0013-import.ts'
import { listingTables } from './0015-listing.ts'
import { sightTables } from './0016-sight.ts'
import { namedTables } from './0017-named.ts'
import { evidenceTables } from './0020-evidence.ts'
import { dueTables } from './0021-due.ts'
import { gapTables } from './0022-gaps.ts'
import { sourceTables } from './0024-sources.ts'
import { paperTables } from './0025-paper.ts'
import { twinTables } from './0027-twins.ts'
import { transferTables } from './0026-transfer.ts'
import { rivalTables } from './0028-rivals.ts'
import { auditIndexTables } from './audit-index.ts'

/**
 * `control` holds the authority log; `business` databases (archive, discipline) also hold dossiers; `audit` is what an
 * auditor's core reads out of the access entries; `staging` is a bundle on its way in.
 */
export type DatabaseKind = 'control' | 'business' | 'audit' | 'staging'

/** Forward-only: a migration that has shipped is never changed, only followed. */
export const migrations: Readonly<Record<DatabaseKind, readonly (readonly string[])[]>> = {
  control: [auditTables, [], deskTables, exchangeTables],
  business: [
    auditTables,
    dossierTables,
    deskTables,
    disclosureTables,
    exchangeTables,
    retypedTables,
    reviewTables,
    countTables,
    drawnTables,
    waitingTables,
    importTables,
    listingTables,
    sightTables,
    namedTables,
    evidenceTables,
    dueTables,
    gapTables,
    sourceTables,
    paperTables,
    twinTables,
    transferTables,
    rivalTables,
  ],
  staging: [stagingTables],
  audit: [auditIndexTables],
}

/** Tables that hold nothing but what the log says: they can be dropped and derived again. */
export const projectionTables: Readonly<Record<DatabaseKind, readonly string[]>> = {
  control: [],
  staging: [],
  audit: ['access', 'subject', 'act', 'followed', 'origin'],
  business: [
    'step',
    'sight',
    'void_step',
    'revision',
    'opening',
    'cadre',
    'disclosure_step',
    'disclosure',
    'part',
    'query',
    'fault',
    'fault_member',
    'drawn',
    'named_person',
    'tag_step',
    'cadre_tag',
    'evidence_content',
    'stage_step',
    'cadre_stage',
    'source_step',
    'difference_step',
    'paper',
    'paper_strike',
    'volume_step',
    'volume',
    'volume_rule',
    'twin_step',
    'cadre_alias',
    'transfer_step',
    'transfer',
    'transfer_evidence',
  ],
}
