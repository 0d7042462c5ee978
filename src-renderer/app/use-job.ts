import { useCallback, useEffect, useRef, useState } from 'react'
import { toHex } from '../../src-shared/kernel/bytes.ts'
import type { Id } from '../../src-shared/kernel/ids.ts'
import { subscribe } from '../bridge/index.ts'

export interface JobState {
  readonly done: number
  readonly total: number
}

export interface Job {
  /** Null when nothing is under way. */
  readonly progress: JobState | null
  /** Runs long work with an id of its own and a signal that `cancel` sets. */
  run<T>(work: (job: Id, signal: AbortSignal) => Promise<T>): Promise<T>
  cancel(): void
}

export function newJobId(): Id {
  return toHex(crypto.getRandomValues(new Uint8Array(16)))
}

/** One piece of long work of this screen: how far it is, and a way to give it up. Leaving the screen gives it up. */
export function useJob(): Job {
  const [progress, setProgress] = useState<JobState | null>(null)
  const abort = useRef<AbortController | null>(null)
  useEffect(() => () => abort.current?.abort(), [])
  const run = useCallback(async <T>(work: (job: Id, signal: AbortSignal) => Promise<T>): Promise<T> => {
    const id = newJobId()
    const controller = new AbortController()
    abort.current = controller
    setProgress({ done: 0, total: 0 })
    const stop = subscribe((event) => {
      if (event.type === 'progress' && event.job === id) setProgress({ done: event.done, total: event.total })
    })
    try {
      return await work(id, controller.signal)
    } finally {
      stop()
      if (abort.current === controller) abort.current = null
      setProgress(null)
    }
  }, [])
  const cancel = useCallback(() => abort.current?.abort(), [])
  return { progress, run, cancel }
}
