import { Skeleton } from 'antd'
import { useMemo, type ReactNode } from 'react'
import { DeskContext, useDesk } from './contexts.ts'
import { useQuery } from './use-query.ts'

interface UnderVersionProps {
  /** The version of the catalogue that what is shown was entered under; 0 where it is not known. */
  readonly version: number
  readonly children: ReactNode
}

/** Shows a record with the labels and codes of its own version of the catalogue. */
export function UnderVersion({ version, children }: UnderVersionProps) {
  const desk = useDesk()
  const isNewest = version === 0 || version === desk.catalogue.version
  const older = useQuery('catalogue.version', isNewest ? null : { version }, [])
  const under = useMemo(
    () => (older.data === null || isNewest ? desk : { ...desk, catalogue: older.data }),
    [desk, older.data, isNewest],
  )
  if (!isNewest && older.isLoading) return <Skeleton active />
  return <DeskContext value={under}>{children}</DeskContext>
}
