import { useEffect, useState } from 'react'
import { onDisconnected, type Disconnection } from '../bridge/index.ts'
import { JoinWizard } from '../features/devices/join-wizard.tsx'
import { FoundingWizard } from '../features/founding/founding-wizard.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { ErrorNotice } from '../ui/error-notice.tsx'
import { useText } from '../ui/text.ts'
import { LockScreen } from './lock-screen.tsx'
import { useRoute } from './routes.ts'
import { readSession, useSessionState } from './session.ts'
import { Shell } from './shell.tsx'

/** Which of the four pages there is: first run, lock screen, the desk, or why there is none. */
export function Start() {
  const state = useSessionState()
  const text = useText()
  const [route] = useRoute((current) => current.parts)
  const [lost, setLost] = useState<Disconnection | null>(null)
  useEffect(() => onDisconnected(setLost), [])
  if (lost !== null) {
    return (
      <main className="cover">
        <EmptyState title={text(`disconnected.${lost}`)} hint={text(`disconnected.${lost}.hint`)} />
      </main>
    )
  }
  switch (state.phase) {
    case 'starting':
      return (
        <main className="cover" aria-busy="true">
          <p className="cover-wait">{text('app.starting')}</p>
        </main>
      )
    case 'failed':
      return (
        <main className="cover">
          <h1 className="sr-only">{text('app.name')}</h1>
          <ErrorNotice failure={state.failure} onRetry={() => void readSession()} />
        </main>
      )
    case 'no-vault':
      return route === 'join' ? <JoinWizard /> : <FoundingWizard />
    case 'locked':
      return <LockScreen state={state} />
    case 'unlocked':
      return <Shell session={state.session} />
  }
}
