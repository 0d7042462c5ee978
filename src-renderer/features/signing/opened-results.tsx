import { useEffect, useState } from 'react'
import { findCategory } from '../../../src-shared/catalogue/read.ts'
import type { Catalogue } from '../../../src-shared/catalogue/schema.ts'
import type { QueueItem } from '../../../src-shared/contract/views.ts'
import type { Digest } from '../../../src-shared/kernel/ids.ts'
import type { RevisionStatus } from '../../../src-shared/review/states.ts'
import { call } from '../../bridge/index.ts'
import { hrefOf } from '../../app/routes.ts'
import { StatusTag } from '../../ui/status-tag.tsx'
import { useText } from '../../ui/text.ts'

interface OpenedResultsProps {
  readonly opened: readonly QueueItem[]
  readonly catalogue: Catalogue
}

/** What the opened opinions came to. */
export function OpenedResults({ opened, catalogue }: OpenedResultsProps) {
  const text = useText()
  const statuses = useStatuses(opened)
  return (
    <table className="grid-table" aria-label={text('open.results')}>
      <thead>
        <tr>
          <th scope="col">{text('column.cadre')}</th>
          <th scope="col">{text('column.category')}</th>
          <th scope="col">{text('column.summary')}</th>
          <th scope="col">{text('open.result')}</th>
        </tr>
      </thead>
      <tbody>
        {opened.map((item) => {
          const status = statuses.get(item.revision)
          return (
            <tr key={item.revision}>
              <td className="nowrap">
                <a href={hrefOf('dossiers', item.cadre, item.record)}>{item.cadreName}</a>
              </td>
              <td className="nowrap">{findCategory(catalogue, item.category)?.name}</td>
              <td className="one-line-cell">{item.summary}</td>
              <td className="nowrap">{status === undefined ? '…' : <StatusTag status={status} />}</td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}

function useStatuses(items: readonly QueueItem[]): ReadonlyMap<Digest, RevisionStatus> {
  const [statuses, setStatuses] = useState<ReadonlyMap<Digest, RevisionStatus>>(new Map())
  const key = items.map((item) => `${item.record}/${item.revision}`).join(' ')
  useEffect(() => {
    let isCurrent = true
    const read = async () => {
      for (const place of key.split(' ').filter((one) => one !== '')) {
        const [record = '', revision = ''] = place.split('/')
        const view = await call('record.read', { record })
        if (!isCurrent) return
        const status = view.ok
          ? view.value.revisions.find((one) => one.revision === revision)?.status
          : undefined
        if (status !== undefined) setStatuses((before) => new Map(before).set(revision, status))
      }
    }
    void read()
    return () => {
      isCurrent = false
    }
  }, [key])
  return statuses
}
