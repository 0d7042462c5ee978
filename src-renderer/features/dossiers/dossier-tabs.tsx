import { Button } from 'antd'
import { useEffect, useState } from 'react'
import { dossierViews, type DossierViewName } from '../../../src-shared/contract/dossier.ts'
import type { Failure } from '../../../src-shared/kernel/errors.ts'
import { call } from '../../bridge/index.ts'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { useText } from '../../ui/text.ts'
import { viewHref } from './dossier-views.ts'

interface DossierTabsProps {
  readonly cadre: string
  readonly view: DossierViewName
  readonly isOnPaper: boolean
  onPaper(isOnPaper: boolean): void
}

/** The ways to look at a dossier, each with an address of its own, and putting the one that is shown on paper. */
export function DossierTabs({ cadre, view, isOnPaper, onPaper }: DossierTabsProps) {
  const text = useText()
  const [isBusy, setBusy] = useState(false)
  const [failure, setFailure] = useState<Failure | null>(null)
  useEffect(() => {
    if (!isOnPaper) return undefined
    const done = () => onPaper(false)
    window.addEventListener('afterprint', done)
    window.print()
    return () => window.removeEventListener('afterprint', done)
  }, [isOnPaper, onPaper])
  const print = async () => {
    setBusy(true)
    // Not an action: it changes no fact, and would have the dossier read, and entered, once more.
    const entered = await call('cadre.print', { cadre, view })
    setBusy(false)
    setFailure(entered.ok ? null : entered.error)
    if (entered.ok) onPaper(true)
  }
  return (
    <>
      <div className="dossier-tabs no-print">
        <nav className="place-tabs" aria-label={text('dossier.views')}>
          {dossierViews.map((one) => (
            <a key={one} href={viewHref(cadre, one)} {...(one === view ? { 'aria-current': 'page' } : {})}>
              {text(`dossier.view.${one}`)}
            </a>
          ))}
        </nav>
        <Button size="small" title={text('dossier.print.hint')} loading={isBusy} onClick={() => void print()}>
          {text('dossier.print')}
        </Button>
      </div>
      <ErrorNotice failure={failure} />
    </>
  )
}
