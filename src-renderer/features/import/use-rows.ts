import { useCallback, useEffect, useRef, useState } from 'react'
import type { ImportRow } from '../../../src-shared/contract/import.ts'
import type { Failure } from '../../../src-shared/kernel/errors.ts'
import { call } from '../../bridge/index.ts'

export type RowKind = 'accepted' | 'quarantined' | 'repeats'

const pageSize = 200

/** The rows of a preview, loaded as far as one scrolls. */
export function useImportRows(session: string, kind: RowKind) {
  const [rows, setRows] = useState<readonly ImportRow[]>([])
  const [total, setTotal] = useState<number | null>(null)
  const [failure, setFailure] = useState<Failure | null>(null)
  const isReading = useRef(false)
  const read = useCallback(
    async (offset: number) => {
      if (isReading.current) return
      isReading.current = true
      const result = await call('import.rows', { session, kind, offset, limit: pageSize })
      isReading.current = false
      if (!result.ok) {
        setFailure(result.error)
        return
      }
      setFailure(null)
      setTotal(result.value.total)
      setRows((before) => [...before.slice(0, offset), ...result.value.rows])
    },
    [session, kind],
  )
  useEffect(() => void read(0), [read])
  const loadMore = useCallback(() => {
    if (total !== null && rows.length < total) void read(rows.length)
  }, [rows.length, total, read])
  return { rows, total, failure, loadMore, reload: () => void read(0) }
}
