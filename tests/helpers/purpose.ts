import type { InputOf, ProcedureName } from '../../src-shared/contract/index.ts'

const readings: readonly ProcedureName[] = ['cadre.read', 'cadre.print', 'record.read', 'evidence.read']

/**
 * What a test reads, it reads for a check, unless it says otherwise: `purpose: null` is a reading without any word, as a
 * screen first tries it.
 */
export function withPurpose<Name extends ProcedureName>(name: Name, input: InputOf<Name>): InputOf<Name> {
  return readings.includes(name) ? { purpose: { kind: 'check', words: '' }, ...input } : input
}
