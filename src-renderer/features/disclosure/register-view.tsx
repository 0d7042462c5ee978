import { Button, Checkbox, Input, Skeleton } from 'antd'
import { useState } from 'react'
import type { Sheet } from '../../../src-shared/disclosure/sheet.ts'
import { useDesk } from '../../app/contexts.ts'
import { useRoute } from '../../app/routes.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { PlaceTabs } from '../../ui/place-tabs.tsx'
import { useText } from '../../ui/text.ts'
import { RegisterRow } from './register-row.tsx'
import { SheetView } from './sheet-view.tsx'
import { useRegister } from './use-register.ts'

const columns = ['at', 'kind', 'cadre', 'what', 'by', 'answer', 'status'] as const

/** 查阅与更正登记簿: `#/register`, `#/register/copies`, `#/register/corrections`. */
export function RegisterView() {
  const text = useText()
  const { session } = useDesk()
  const [, tab] = useRoute((route) => route.parts)
  const kind = tab === 'copies' ? 'copy' : tab === 'corrections' ? 'correction' : null
  const register = useRegister(kind)
  const [name, setName] = useState('')
  const [isMine, setMine] = useState(false)
  const [open, setOpen] = useState<string | null>(null)
  const [sheet, setSheet] = useState<Sheet | null>(null)
  if (sheet !== null) return <SheetView sheet={sheet} onClose={() => setSheet(null)} />
  const items = (register.items ?? []).filter(
    (item) => item.cadreName.includes(name.trim()) && (!isMine || item.may.length > 0),
  )
  return (
    <div className="page register">
      <p className="print-only register-title">
        {session.unit.name} {text('register.title')}
      </p>
      <PageHeader
        title={text('nav.register')}
        hint={text('register.hint')}
        actions={
          <Button className="no-print" disabled={items.length === 0} onClick={() => window.print()}>
            {text('register.print')}
          </Button>
        }
      >
        <PlaceTabs
          label={text('nav.register')}
          current={kind ?? 'all'}
          items={[
            { key: 'all', parts: ['register'], label: text('register.all') },
            { key: 'copy', parts: ['register', 'copies'], label: text('register.copies') },
            { key: 'correction', parts: ['register', 'corrections'], label: text('register.corrections') },
          ]}
        />
      </PageHeader>
      <div className="register-filters no-print">
        <Input
          allowClear
          aria-label={text('register.find')}
          placeholder={text('register.find')}
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
        <Checkbox checked={isMine} onChange={(event) => setMine(event.target.checked)}>
          {text('register.mine')}
        </Checkbox>
      </div>
      <ErrorNotice failure={register.failure} onRetry={register.reload} />
      {register.items === null ? (
        register.failure === null ? (
          <Skeleton active />
        ) : null
      ) : items.length === 0 ? (
        <EmptyState title={text('register.none')} hint={text('register.none.hint')} />
      ) : (
        <table className="grid-table" aria-label={text('register.title')}>
          <thead>
            <tr>
              {columns.map((column) => (
                <th key={column} scope="col">
                  {text(`register.column.${column}`)}
                </th>
              ))}
              <th scope="col" className="no-print">
                {text('column.action')}
              </th>
            </tr>
          </thead>
          <tbody>
            {items.map((item) => (
              <RegisterRow
                key={item.id}
                item={item}
                isOpen={open === item.id}
                onToggle={() => setOpen(open === item.id ? null : item.id)}
                onSheet={setSheet}
              />
            ))}
          </tbody>
        </table>
      )}
      {register.hasMore ? (
        <Button className="no-print" onClick={register.loadMore}>
          {text('do.more')}
        </Button>
      ) : null}
    </div>
  )
}
