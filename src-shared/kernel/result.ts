import type { Failure } from './errors.ts'

/** The outcome of an operation that can be refused: errors are values, never exceptions that cross a layer. */
export type Result<T> = Ok<T> | Err

export interface Ok<T> {
  readonly ok: true
  readonly value: T
}

export interface Err {
  readonly ok: false
  readonly error: Failure
}

export function ok<T>(value: T): Ok<T> {
  return { ok: true, value }
}

/** A refusal with a closed code; `detail` carries ids, counts and positions, never names or content. */
export function err(code: Failure['code'], detail?: Failure['detail']): Err {
  return { ok: false, error: detail === undefined ? { code } : { code, detail } }
}
