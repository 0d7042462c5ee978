import { err, type Result } from '../src-shared/kernel/result.ts'
import { translate } from '../src-shared/i18n/index.ts'
import { usage, usageOf, type HubArguments, type Misused } from './arguments.ts'

/** One line for people, or for machines. */
export function say(given: HubArguments, value: object, text: string): void {
  console.log(given.json ? JSON.stringify(value) : text)
}

/** For people alone: what to do next. */
export function hint(given: HubArguments, ...lines: readonly string[]): void {
  if (!given.json) for (const line of lines) console.log(line)
}

/** Says why something was not done, and what to do. Returns the exit code. */
export function refused(
  given: HubArguments,
  result: Result<unknown>,
  chinese: string,
  english: string,
): number {
  const { error } = result.ok ? err('call/internal') : result
  if (given.json) console.log(JSON.stringify({ error: error.code, detail: error.detail ?? {} }))
  else
    console.error(
      [
        `${chinese} · ${english}: ${error.code} ${JSON.stringify(error.detail ?? {})}`,
        ...(['zh-CN', 'en'] as const).map((locale) => `  ${translate(locale, `error.${error.code}`)}`),
      ].join('\n'),
    )
  return 1
}

/** Says what is wrong with what was typed, and how that command is typed. Returns the exit code. */
export function misused({ code, argument, command }: Misused, isJson: boolean): number {
  if (isJson) console.log(JSON.stringify({ error: code, detail: { argument } }))
  console.error(
    [
      ...(['zh-CN', 'en'] as const).map((locale) => translate(locale, `error.${code}`)),
      `[${code}] ${argument}`,
      '',
      command === null ? usage : `${usageOf(command)}\n\n  全部用法 · all commands: hub --help`,
    ].join('\n'),
  )
  return 2
}
