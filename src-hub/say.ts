import { err, type Result } from '../src-shared/kernel/result.ts'
import type { HubArguments } from './arguments.ts'

/** One line for people, or for machines. */
export function say(given: HubArguments, value: object, text: string): void {
  console.log(given.json ? JSON.stringify(value) : text)
}

/** Says why something was not done. Returns the exit code. */
export function refused(
  given: HubArguments,
  result: Result<unknown>,
  chinese: string,
  english: string,
): number {
  const { error } = result.ok ? err('call/internal') : result
  if (given.json) console.log(JSON.stringify({ error: error.code, detail: error.detail ?? {} }))
  else console.error(`${chinese} · ${english}: ${error.code} ${JSON.stringify(error.detail ?? {})}`)
  return 1
}
