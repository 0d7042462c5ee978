import { Worker } from 'node:worker_threads'
import type { TableNotice } from '../../src-shared/import/source.ts'
import type { TableRow } from '../../src-shared/import/rows.ts'
import { err, ok, type Result } from '../../src-shared/kernel/result.ts'
import { wanted, type FromTableThread, type SheetInfo, type TableOrder } from './table-messages.ts'

// Beside this file in the sources, beside the program when it is built.
const workerFile = import.meta.url.endsWith('.ts') ? './table-worker.ts' : './table-worker.js'

/** A file that fills more memory than this is refused with the thread that reads it; the core goes on. */
const threadMegabytes = 1024

export interface ThreadTable {
  readonly sheets: readonly SheetInfo[]
  readonly sheet: string
  /** What is known before the rows are read, and after them. */
  notices(): readonly TableNotice[]
  /** To be gone through once. The first error is the last item. Leaving the loop ends the thread. */
  rows(): AsyncGenerator<Result<TableRow>>
  /** For a table whose rows are not wanted. */
  close(): Promise<void>
}

/**
 * Opens a workbook on a thread of its own, which holds it, reads a little ahead, and is ended by cancelling.
 *
 * Errors: those of the reader (`import/broken-workbook`, `import/bomb`, `import/forbidden-xml`, `import/encrypted`,
 * `import/not-a-table`, `import/sheet-missing`), `call/cancelled`; in the rows also `import/too-many-rows`,
 * `import/too-large`.
 */
export async function openOnThread(
  order: TableOrder,
  signal: AbortSignal | undefined,
): Promise<Result<ThreadTable>> {
  if (signal?.aborted === true) return err('call/cancelled')
  const thread = new TableThread(order, signal)
  const first = await thread.next()
  if (first.kind !== 'opened') {
    await thread.end()
    return first.kind === 'refused'
      ? { ok: false, error: first.error }
      : err('import/broken-workbook', { reason: 'end' })
  }
  let later: readonly TableNotice[] = []
  async function* rows(): AsyncGenerator<Result<TableRow>> {
    let count = 0
    try {
      for (;;) {
        const message = await thread.next()
        if (message.kind === 'rows') {
          thread.more()
          count += message.rows.length
          for (const row of message.rows) yield ok(row)
        } else {
          if (message.kind === 'refused') yield { ok: false, error: message.error }
          else if (message.kind === 'done') {
            later = message.notices
            if (count === 0) yield err('import/not-a-table', { reason: 'empty' })
          }
          return
        }
      }
    } finally {
      await thread.end()
    }
  }
  return ok({
    sheets: first.sheets,
    sheet: first.sheet,
    notices: () => [...first.notices, ...later],
    rows,
    close: () => thread.end(),
  })
}

class TableThread {
  readonly #worker: Worker
  readonly #messages: FromTableThread[] = []
  readonly #signal: AbortSignal | undefined
  #waiting: ((message: FromTableThread) => void) | null = null
  readonly #cancel: () => void

  constructor(order: TableOrder, signal: AbortSignal | undefined) {
    this.#signal = signal
    this.#worker = new Worker(new URL(workerFile, import.meta.url), {
      workerData: order,
      resourceLimits: { maxOldGenerationSizeMb: threadMegabytes },
    })
    this.#worker.on('message', (message: FromTableThread) => this.#receive(message))
    this.#worker.on('error', (error: Error & { readonly code?: string }) => {
      const memory = error.code === 'ERR_WORKER_OUT_OF_MEMORY'
      const refusal = memory
        ? err('import/bomb', { reason: 'memory' })
        : err('call/internal', { reason: error.name })
      this.#receive({ kind: 'refused', error: refusal.error })
    })
    this.#worker.on('exit', () => this.#receive({ kind: 'refused', error: { code: 'call/internal' } }))
    this.#cancel = () => {
      this.#messages.length = 0
      this.#receive({ kind: 'refused', error: { code: 'call/cancelled' } })
      void this.#worker.terminate()
    }
    signal?.addEventListener('abort', this.#cancel)
  }

  #receive(message: FromTableThread): void {
    const waiting = this.#waiting
    this.#waiting = null
    if (waiting === null) this.#messages.push(message)
    else waiting(message)
  }

  next(): Promise<FromTableThread> {
    const message = this.#messages.shift()
    if (message !== undefined) return Promise.resolve(message)
    return new Promise((resolve) => {
      this.#waiting = resolve
    })
  }

  more(): void {
    this.#worker.postMessage(wanted)
  }

  async end(): Promise<void> {
    this.#signal?.removeEventListener('abort', this.#cancel)
    await this.#worker.terminate()
  }
}
