import type { z } from 'zod'
import { dossierProcedures } from './dossier.ts'
import { importProcedures } from './import.ts'
import { reviewProcedures } from './review.ts'
import { sessionProcedures } from './session.ts'
import { syncProcedures } from './sync.ts'

/** Every procedure of the core. One without a row here cannot be called. */
export const contract = {
  ...sessionProcedures,
  ...dossierProcedures,
  ...importProcedures,
  ...reviewProcedures,
  ...syncProcedures,
} as const

export type Contract = typeof contract
export type ProcedureName = keyof Contract
export type InputOf<Name extends ProcedureName> = z.input<Contract[Name]['input']>
export type ParsedInputOf<Name extends ProcedureName> = z.output<Contract[Name]['input']>
export type OutputOf<Name extends ProcedureName> =
  | NonNullable<Contract[Name]['output']>
  | NullIf<Contract[Name]['output']>
type NullIf<Output> = null extends Output ? null : never

export function isProcedureName(name: string): name is ProcedureName {
  return Object.hasOwn(contract, name)
}
