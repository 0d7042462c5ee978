import type { Err } from '../../src-shared/kernel/result.ts'

/** What is found wrong in the middle of a stream, on its way to becoming a value. */
export class Refusal extends Error {
  readonly result: Err
  constructor(result: Err) {
    super(result.error.code)
    this.result = result
  }
}
