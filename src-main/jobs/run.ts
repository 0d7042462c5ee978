import { Worker } from 'node:worker_threads'
import { err, type Result } from '../../src-shared/kernel/result.ts'
import type { FromWorker, Job, JobResults } from './messages.ts'

// Beside this file in the sources, beside the program when it is built.
const workerFile = import.meta.url.endsWith('.ts') ? './worker.ts' : './worker.js'

/**
 * Runs long work on another thread. Aborting ends the thread: the jobs read, and write only files that take their name
 * when they are whole, and databases, in transactions.
 *
 * Errors: those of the job, `call/cancelled`, `call/internal`.
 */
export function runJob<Kind extends Job['kind']>(
  job: Extract<Job, { kind: Kind }>,
  progress: (done: number, total: number) => void,
  signal: AbortSignal,
): Promise<Result<JobResults[Kind]>> {
  return new Promise((resolve) => {
    const worker = new Worker(new URL(workerFile, import.meta.url), { workerData: job })
    let settled = false
    const settle = (result: Result<JobResults[Kind]>) => {
      if (settled) return
      settled = true
      signal.removeEventListener('abort', cancel)
      // The thread is gone when this resolves: nothing is written after the answer.
      void worker.terminate().then(() => resolve(result))
    }
    const cancel = () => settle(err('call/cancelled'))
    worker.on('message', (message: FromWorker) => {
      if (message.kind === 'progress') progress(message.done, message.total)
      else settle(message.result as Result<JobResults[Kind]>)
    })
    worker.on('error', (error) => settle(err('call/internal', { reason: error.name })))
    worker.on('exit', () => settle(err('call/internal', { reason: 'worker-exit' })))
    if (signal.aborted) cancel()
    else signal.addEventListener('abort', cancel)
  })
}
