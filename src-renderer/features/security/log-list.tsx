import { Segmented } from 'antd'
import { useCallback, useEffect, useRef, useState } from 'react'
import { isRole, type Compartment } from '../../../src-shared/access/roles.ts'
import type { CommitLine } from '../../../src-shared/contract/log-views.ts'
import type { Failure } from '../../../src-shared/kernel/errors.ts'
import { useChanges } from '../../app/changes.ts'
import { useDesk } from '../../app/contexts.ts'
import { call } from '../../bridge/index.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { groupedHex, momentText } from '../../ui/moment.ts'
import { Mark } from '../../ui/status-tag.tsx'
import { useText, useTextOr } from '../../ui/text.ts'
import { VirtualTable, type VirtualColumn } from '../../ui/virtual-table.tsx'
import { useSecurity } from './security-state.ts'

/** Every commit of a compartment, newest first. */
export function LogList() {
  const text = useText()
  const { session } = useDesk()
  const { compartment, look } = useSecurity()
  const shown = session.compartments.includes(compartment) ? compartment : 'control'
  const { lines, isEmpty, failure, loadMore, reload } = useLog(shown)
  const columns = useColumns()
  return (
    <>
      <Segmented<Compartment>
        aria-label={text('sync.compartment')}
        value={shown}
        options={session.compartments.map((one) => ({ value: one, label: text(`compartment.${one}`) }))}
        onChange={look}
      />
      <ErrorNotice failure={failure} onRetry={reload} />
      {isEmpty ? (
        <EmptyState title={text('log.none')} />
      ) : (
        <div className="rows-frame rows-tall">
          <VirtualTable
            key={shown}
            label={text('security.log')}
            rows={lines}
            columns={columns}
            rowKey={(line) => line.leaf}
            onEnd={loadMore}
            minWidth="78rem"
          />
        </div>
      )}
    </>
  )
}

const pageSize = 200

function useLog(compartment: Compartment) {
  const [lines, setLines] = useState<readonly CommitLine[]>([])
  const [next, setNext] = useState<string | null>(null)
  const [wasRead, setRead] = useState(false)
  const [failure, setFailure] = useState<Failure | null>(null)
  const newest = useRef(0)
  const isReading = useRef(false)
  const version = useChanges((counts) => counts[compartment])
  const read = useCallback(
    async (after: string | null) => {
      newest.current += 1
      const mine = newest.current
      isReading.current = true
      const result = await call('log.list', { compartment, after, limit: pageSize })
      if (mine !== newest.current) return
      isReading.current = false
      setRead(true)
      setFailure(result.ok ? null : result.error)
      if (!result.ok) return
      const { items } = result.value
      setLines((before) => (after === null ? items : [...before, ...items]))
      setNext(result.value.next)
    },
    [compartment],
  )
  useEffect(() => void read(null), [read, version])
  const loadMore = useCallback(() => {
    if (next !== null && !isReading.current) void read(next)
  }, [next, read])
  return {
    lines,
    isEmpty: wasRead && lines.length === 0 && failure === null,
    failure,
    loadMore,
    reload: () => void read(null),
  }
}

function useColumns(): readonly VirtualColumn<CommitLine>[] {
  const text = useText()
  const textOr = useTextOr()
  return [
    {
      key: 'seq',
      title: text('log.seq'),
      width: '5rem',
      align: 'end',
      render: (line) => <span className="number">{line.seq}</span>,
    },
    {
      key: 'log',
      title: text('log.log'),
      width: '7rem',
      render: (line) => <code title={line.log}>{line.log.slice(0, 8)}</code>,
    },
    {
      key: 'at',
      title: text('column.time'),
      width: '10rem',
      render: (line) => <span className="number">{momentText(line.at)}</span>,
    },
    { key: 'member', title: text('log.member'), width: '8rem', render: (line) => line.memberName },
    {
      key: 'role',
      title: text('log.role'),
      width: '9rem',
      render: (line) => (isRole(line.role) ? text(`role.${line.role}`) : textOr(`role.${line.role}`)),
    },
    {
      key: 'action',
      title: text('log.action'),
      width: 'minmax(9rem, 1fr)',
      render: (line) => textOr(`action.${line.action}`),
    },
    {
      key: 'operations',
      title: text('log.operations'),
      width: '6rem',
      align: 'end',
      render: (line) => <span className="number">{line.operations.toLocaleString('en-US')}</span>,
    },
    {
      key: 'leaf',
      title: text('log.leaf'),
      width: '13rem',
      render: (line) => <code title={line.leaf}>{groupedHex(line.leaf)}</code>,
    },
    {
      key: 'void',
      title: text('log.effect'),
      width: 'minmax(7rem, 1fr)',
      render: (line) =>
        line.void === null ? (
          text('log.in-force')
        ) : (
          <span title={text(`error.${line.void}`)}>
            <Mark shape="✕" tone="risk" word={text('log.void')} /> <code>{line.void}</code>
          </span>
        ),
    },
  ]
}
