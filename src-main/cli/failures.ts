import { translate } from '../../src-shared/i18n/index.ts'
import type { Failure } from '../../src-shared/kernel/errors.ts'

/** A refusal for the terminal: what happened and what to do, then the code for whoever is asked for help. */
export function failureText({ code, detail }: Failure): string {
  const known = Object.entries(detail ?? {}).map(([name, value]) => `${name}=${String(value)}`)
  return `${translate('zh-CN', `error.${code}`)}\n  [${[code, ...known].join(' ')}]`
}

/** A call that was refused, on its way out of a long command to the place that prints it. */
export class CallFailed extends Error {
  readonly procedure: string
  readonly failure: Failure

  constructor(procedure: string, failure: Failure) {
    super(`${procedure}: ${failure.code}`)
    this.procedure = procedure
    this.failure = failure
  }
}
