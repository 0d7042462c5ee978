import { useCallback, useEffect, useRef, useState } from 'react'
import type { BatchRow, QueueKind } from '../../../src-shared/contract/views.ts'
import type { Failure } from '../../../src-shared/kernel/errors.ts'
import type { Id } from '../../../src-shared/kernel/ids.ts'
import { ok, type Result } from '../../../src-shared/kernel/result.ts'
import { call } from '../../bridge/index.ts'

export const batchPageSize = 50
const wholePageSize = 5000

export interface BatchPage {
  readonly rows: readonly BatchRow[]
  readonly total: number
  /** Counted from 0. */
  readonly page: number
  readonly isLoading: boolean
  readonly failure: Failure | null
  turnTo(page: number): void
  reload(): void
}

/** A batch, a page at a time: what is decided together must have been on the screen. */
export function useBatch(batch: Id, kind: QueueKind, part: 'seen' | 'unseen' | 'all' = 'all'): BatchPage {
  const [page, setPage] = useState(0)
  const [asking, setAsking] = useState(0)
  const [answer, setAnswer] = useState<{ readonly rows: readonly BatchRow[]; readonly total: number }>({
    rows: [],
    total: 0,
  })
  const [isLoading, setLoading] = useState(true)
  const [failure, setFailure] = useState<Failure | null>(null)
  const newest = useRef(0)
  useEffect(() => {
    newest.current += 1
    const mine = newest.current
    setLoading(true)
    const offset = page * batchPageSize
    void call('review.batch', { batch, kind, part, offset, limit: batchPageSize }).then((result) => {
      if (mine !== newest.current) return
      setLoading(false)
      setFailure(result.ok ? null : result.error)
      if (result.ok) setAnswer(result.value)
    })
  }, [batch, kind, part, page, asking])
  // From now on the rows that are shown are not the ones that were asked for.
  const reload = useCallback(() => {
    setLoading(true)
    setPage(0)
    setAsking((count) => count + 1)
  }, [])
  const turnTo = useCallback(
    (next: number) => {
      if (next !== page) setLoading(true)
      setPage(next)
    },
    [page],
  )
  return { ...answer, page, isLoading, failure, turnTo, reload }
}

/** Every row of a batch in a queue. */
export async function wholeBatch(batch: Id, kind: QueueKind): Promise<Result<readonly BatchRow[]>> {
  const rows: BatchRow[] = []
  for (;;) {
    const result = await call('review.batch', { batch, kind, offset: rows.length, limit: wholePageSize })
    if (!result.ok) return result
    rows.push(...result.value.rows)
    if (result.value.rows.length === 0 || rows.length >= result.value.total) return ok(rows)
  }
}
