import type { InputOf, OutputOf, ProcedureName } from '../../src-shared/contract/index.ts'
import type { FoundedUnit } from '../../src-shared/contract/views.ts'
import type { Result } from '../../src-shared/kernel/result.ts'

/** Calls to one core: a founding does not outlive it. */
export interface OneCore {
  call<Name extends ProcedureName>(name: Name, input: InputOf<Name>): Promise<Result<OutputOf<Name>>>
}

/** What is typed back from the paper: as many sheets as it takes, the first ones. */
export function enoughSheets({ sheets }: FoundedUnit): string[] {
  return sheets.slice(0, sheets[0]?.threshold).map((sheet) => sheet.lines.join('\n'))
}

/** Founds a unit to the end: its sheets are typed back. */
export async function foundUnit(core: OneCore, input: InputOf<'unit.found'>): Promise<Result<FoundedUnit>> {
  const founded = await core.call('unit.found', input)
  if (!founded.ok) return founded
  const completed = await core.call('unit.complete', { sheets: enoughSheets(founded.value) })
  return completed.ok ? founded : completed
}

/** {@link foundUnit}, which must not be refused. */
export async function mustFound(core: OneCore, input: InputOf<'unit.found'>): Promise<FoundedUnit> {
  const founded = await foundUnit(core, input)
  if (founded.ok) return founded.value
  throw new Error(`founding: ${founded.error.code} ${JSON.stringify(founded.error.detail ?? {})}`)
}
