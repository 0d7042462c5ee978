import type { z } from 'zod'
import type { ProcedureName } from '../access/procedures.ts'
import type { Procedure } from './procedure.ts'
import { deviceProcedures } from './devices.ts'
import { disclosureProcedures } from './disclosure.ts'
import { accountProcedures } from './account.ts'
import { auditProcedures } from './audit.ts'
import { catalogueProcedures } from './catalogue.ts'
import { cycleProcedures } from './cycles.ts'
import { dossierProcedures } from './dossier.ts'
import { importProcedures } from './import.ts'
import { listingProcedures } from './listing.ts'
import { memberProcedures } from './members.ts'
import { paperProcedures } from './paper.ts'
import { recoveryProcedures } from './recovery.ts'
import { reviewProcedures } from './review.ts'
import { sessionProcedures } from './session.ts'
import { sourceProcedures } from './sources.ts'
import { syncProcedures } from './sync.ts'
import { twinProcedures } from './twins.ts'
import { transferProcedures } from './transfer.ts'
import { workloadProcedures } from './workload.ts'

export { isProcedureName, type ProcedureName } from '../access/procedures.ts'

/** Every procedure of the core, one for each row of the table in `access/procedures.ts`. */
export const contract = {
  ...sessionProcedures,
  ...memberProcedures,
  ...accountProcedures,
  ...catalogueProcedures,
  ...dossierProcedures,
  ...listingProcedures,
  ...cycleProcedures,
  ...disclosureProcedures,
  ...paperProcedures,
  ...importProcedures,
  ...reviewProcedures,
  ...sourceProcedures,
  ...syncProcedures,
  ...deviceProcedures,
  ...auditProcedures,
  ...recoveryProcedures,
  ...workloadProcedures,
  ...twinProcedures,
  ...transferProcedures,
} as const satisfies { readonly [Name in ProcedureName]: Procedure<z.ZodType, unknown> }

export type Contract = typeof contract
export type InputOf<Name extends ProcedureName> = z.input<Contract[Name]['input']>
export type ParsedInputOf<Name extends ProcedureName> = z.output<Contract[Name]['input']>
export type OutputOf<Name extends ProcedureName> =
  | NonNullable<Contract[Name]['output']>
  | NullIf<Contract[Name]['output']>
type NullIf<Output> = null extends Output ? null : never
