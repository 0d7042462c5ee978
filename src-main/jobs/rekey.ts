import type { RekeyRunner } from '../vault/rekey.ts'
import { runJob } from './run.ts'

/** Rekeys on a worker thread. It cannot be broken off: ending the process is what it survives. */
export const rekeyOnThread: RekeyRunner = (order) =>
  runJob<'rekey'>({ kind: 'rekey', ...order }, () => undefined, new AbortController().signal)
