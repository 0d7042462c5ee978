import { useCallback, useEffect, useRef, useState } from 'react'
import type { BatchLine, QueueItem, QueueKind } from '../../../src-shared/contract/views.ts'
import type { QueueFilterInput } from '../../../src-shared/contract/workload.ts'
import type { Failure } from '../../../src-shared/kernel/errors.ts'
import { useChanges } from '../../app/changes.ts'
import { call } from '../../bridge/index.ts'

export interface Queue {
  readonly items: readonly QueueItem[]
  readonly batches: readonly BatchLine[]
  readonly hasMore: boolean
  readonly isLoading: boolean
  readonly failure: Failure | null
  loadMore(): void
  reload(): void
}

interface Loaded {
  /** Which queue this is of: what another one showed is not shown under its name. */
  readonly of: string
  readonly items: readonly QueueItem[]
  readonly batches: readonly BatchLine[]
  readonly next: string | null
}

const pageSize = 100
const nothing: Loaded = { of: '', items: [], batches: [], next: null }

/** Of what waits for an opinion: assigned to this member, to nobody, or all. */
export type Whose = 'all' | 'mine' | 'unassigned'

/** A queue, read again whenever the logs grow; further pages on demand. */
export function useQueue(kind: QueueKind, whose: Whose = 'all', filter: QueueFilterInput = {}): Queue {
  const [loaded, setLoaded] = useState<Loaded>(nothing)
  const asked = JSON.stringify(filter)
  const name = `${kind}/${whose}/${asked}`
  const [isLoading, setLoading] = useState(true)
  const [failure, setFailure] = useState<Failure | null>(null)
  const [asking, setAsking] = useState(0)
  const version = useChanges((counts) => counts.archive + counts.discipline)
  const newest = useRef(0)
  const read = useCallback(
    async (after: string | null) => {
      newest.current += 1
      const mine = newest.current
      setLoading(true)
      const result = await call('review.queue', {
        kind,
        whose,
        filter: JSON.parse(asked) as QueueFilterInput,
        after,
        limit: pageSize,
      })
      if (mine !== newest.current) return
      setLoading(false)
      if (!result.ok) {
        setFailure(result.error)
        return
      }
      const { items, batches, next } = result.value
      setFailure(null)
      setLoaded((before) =>
        after === null
          ? { of: name, items, batches, next }
          : { of: name, items: [...before.items, ...items], batches: before.batches, next },
      )
    },
    [kind, whose, asked, name],
  )
  useEffect(() => void read(null), [read, version, asking])
  const loadMore = useCallback(() => {
    if (loaded.next !== null && !isLoading) void read(loaded.next)
  }, [loaded.next, isLoading, read])
  const reload = useCallback(() => setAsking((count) => count + 1), [])
  const shown = loaded.of === name ? loaded : nothing
  return {
    items: shown.items,
    batches: shown.batches,
    hasMore: shown.next !== null,
    isLoading: isLoading || shown === nothing,
    failure,
    loadMore,
    reload,
  }
}
