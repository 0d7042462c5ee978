import { useCallback, useEffect, useState } from 'react'
import type { RegisterItem } from '../../../src-shared/contract/disclosure.ts'
import { useQuery } from '../../app/use-query.ts'
import { call } from '../../bridge/index.ts'

const pageSize = 100

export interface Register {
  readonly items: readonly RegisterItem[] | null
  readonly hasMore: boolean
  readonly failure: ReturnType<typeof useQuery>['failure']
  loadMore(): void
  reload(): void
}

/** The register from its newest row on, as far as one has looked. */
export function useRegister(kind: RegisterItem['kind'] | null): Register {
  const first = useQuery('register.list', { id: null, kind, cadre: null, after: null, limit: pageSize })
  const [more, setMore] = useState<{
    readonly items: readonly RegisterItem[]
    readonly next: string | null
  }>()
  const { data } = first
  useEffect(() => setMore(undefined), [data])
  const next = more === undefined ? (data?.next ?? null) : more.next
  const loadMore = useCallback(() => {
    if (next === null) return
    void call('register.list', { id: null, kind, cadre: null, after: next, limit: pageSize }).then(
      (result) => {
        if (!result.ok) return
        setMore((before) => ({
          items: [...(before?.items ?? []), ...result.value.items],
          next: result.value.next,
        }))
      },
    )
  }, [kind, next])
  return {
    items: data === null ? null : [...data.items, ...(more?.items ?? [])],
    hasMore: next !== null,
    failure: first.failure,
    loadMore,
    reload: first.reload,
  }
}
