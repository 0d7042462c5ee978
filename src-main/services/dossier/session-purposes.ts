import type { Purpose } from '../../../src-shared/disclosure/purpose.ts'
import type { Digest, Id } from '../../../src-shared/kernel/ids.ts'

/** Where a revision belongs. */
export interface RevisionPlace {
  readonly cadre: Id
  readonly record: Id
  readonly category: string
}

/** What the member at work said or showed that they read for, until the vault is locked. */
export class Purposes {
  readonly cadres = new Map<Id, Purpose>()
  /** Records that were worked on: they are looked at again after the task is done. */
  readonly records = new Map<Id, Purpose>()
  readonly revisions = new Map<Digest, RevisionPlace>()
}
