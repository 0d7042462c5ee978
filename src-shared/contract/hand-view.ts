import type { Digest, Id } from '../kernel/ids.ts'

/** Who did something, where and when; the time is the claim of that device's clock. */
export interface HandView {
  readonly member: Id
  readonly name: string
  readonly device: Id
  readonly at: string
  readonly commit: Digest
}
