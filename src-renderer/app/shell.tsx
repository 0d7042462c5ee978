import { Skeleton } from 'antd'
import { useEffect, useMemo, useRef } from 'react'
import { defaultSettings } from '../../src-shared/access/authority-state.ts'
import { useDueSummary } from '../features/cycles/use-due.ts'
import { PurposeDialog } from '../features/disclosure/purpose-dialog.tsx'
import { Guarded } from '../ui/guarded.tsx'
import { ErrorNotice } from '../ui/error-notice.tsx'
import { useText } from '../ui/text.ts'
import { DeskContext, type Desk } from './contexts.ts'
import { useClipboardClearing } from './clipboard.ts'
import { useIdleLock, useLockKey } from './idle-lock.ts'
import { navigationOf, places, type Place } from './navigation.ts'
import { PlaceView } from './place-view.tsx'
import { hrefOf, useRoute } from './routes.ts'
import type { Session } from './session.ts'
import { TopBar } from './top-bar.tsx'
import { useQuery } from './use-query.ts'
import { Watermark } from './watermark.tsx'

export function Shell({ session }: { readonly session: Session }) {
  const text = useText()
  // Asked first, so that what the settings' own page says to be in force is so a moment later.
  const settings = useQuery('settings.read', {}, ['control']).data ?? defaultSettings
  const catalogue = useQuery('catalogue.read', {}, ['control'])
  const workbench = useQuery('workbench.read', {}, ['control', 'archive', 'discipline'])
  const due = useDueSummary(session)
  const parts = useRoute((route) => route.parts)
  const place = parts[0]
  const items = navigationOf(session)
  const current: Place = items.some((item) => item.place === place)
    ? (places.find((known) => known === place) ?? 'workbench')
    : 'workbench'
  const desk = useMemo<Desk | null>(
    () =>
      catalogue.data === null ? null : { session, catalogue: catalogue.data, workbench: workbench.data },
    [session, catalogue.data, workbench.data],
  )
  useIdleLock(settings.idleMinutes)
  useLockKey()
  useClipboardClearing(settings.clipboardSeconds)
  const main = useRef<HTMLElement>(null)
  useEffect(() => {
    // Newer engines answer with a promise, which is no clean-up.
    main.current?.scrollTo(0, 0)
  }, [parts])
  const skip = () => main.current?.focus()
  const count = (queues: readonly string[]) =>
    (workbench.data?.queues ?? [])
      .filter((queue) => queues.includes(queue.kind))
      .reduce((sum, queue) => sum + queue.count, 0)

  return (
    <div className="shell">
      <button type="button" className="skip" onClick={skip}>
        {text('shell.skip')}
      </button>
      <TopBar session={session} unsent={workbench.data?.unsent ?? null} />
      <nav className="side" aria-label={text('shell.navigation')}>
        <ul>
          {items
            .filter((item) => item.isListed)
            .map((item) => {
              const waiting =
                item.place === 'register'
                  ? (workbench.data?.requests ?? 0)
                  : item.place === 'due'
                    ? (due.data?.counts.overdue ?? 0) + (due.data?.counts.soon ?? 0)
                    : count(item.queues)
              return (
                <li key={item.place}>
                  <a
                    href={hrefOf(item.place)}
                    {...(item.place === current ? { 'aria-current': 'page' } : {})}
                  >
                    <span>{text(item.label)}</span>
                    {waiting === 0 ? null : (
                      <span
                        className="side-count number"
                        aria-label={text('shell.waiting', { count: waiting })}
                      >
                        {waiting > 999 ? '999+' : waiting}
                      </span>
                    )}
                  </a>
                </li>
              )
            })}
        </ul>
      </nav>
      <main ref={main} tabIndex={-1} className="desk">
        {desk === null ? (
          catalogue.failure === null ? (
            <Skeleton active />
          ) : (
            <ErrorNotice failure={catalogue.failure} onRetry={catalogue.reload} />
          )
        ) : (
          <DeskContext value={desk}>
            <Guarded key={current}>
              <PlaceView place={current} />
            </Guarded>
            <PurposeDialog />
          </DeskContext>
        )}
      </main>
      <Watermark session={session} isShown={settings.watermark} />
    </div>
  )
}
