import { PrinterOutlined } from '@ant-design/icons'
import { Alert, Button, Checkbox } from 'antd'
import { useEffect, useState } from 'react'
import type { FoundedUnit, RecoverySheet } from '../../../src-shared/contract/views.ts'
import { readSession } from '../../app/session.ts'
import { today } from '../../ui/moment.ts'
import { useText } from '../../ui/text.ts'
import { useFounding } from './founding-state.ts'

/** The sheets of the holders, a page each; they exist on this screen only and never again. */
export function RecoverySheets({ founded }: { readonly founded: FoundedUnit }) {
  const text = useText()
  const [printed, setPrinted] = useState<ReadonlySet<number>>(new Set())
  const isDone = founded.sheets.every((sheet) => printed.has(sheet.number))
  useEffect(() => {
    const hold = (event: BeforeUnloadEvent) => event.preventDefault()
    window.addEventListener('beforeunload', hold)
    return () => window.removeEventListener('beforeunload', hold)
  }, [])
  const tick = (number: number, isTicked: boolean) => {
    const next = new Set(printed)
    if (isTicked) next.add(number)
    else next.delete(number)
    setPrinted(next)
  }
  return (
    <main className="wizard sheets">
      <div className="no-print">
        <h1>{text('sheets.title')}</h1>
        <Alert type="warning" showIcon title={text('sheets.once')} description={text('sheets.how')} />
        <Button type="primary" size="large" icon={<PrinterOutlined />} onClick={() => window.print()}>
          {text('sheets.print', { count: founded.sheets.length })}
        </Button>
      </div>
      {founded.sheets.map((sheet) => (
        <Sheet key={sheet.number} sheet={sheet} unit={founded} />
      ))}
      <div className="no-print sheets-ticks">
        {founded.sheets.map((sheet) => (
          <Checkbox
            key={sheet.number}
            checked={printed.has(sheet.number)}
            onChange={(event) => tick(sheet.number, event.target.checked)}
          >
            {text('sheets.tick', { number: sheet.number, holder: sheet.holder })}
          </Checkbox>
        ))}
        <Button
          type="primary"
          disabled={!isDone}
          onClick={() => {
            // From here on nothing on this page may hold a share.
            useFounding.setState({ founded: null, step: 0 })
            void readSession()
          }}
        >
          {text('sheets.leave')}
        </Button>
      </div>
    </main>
  )
}

function Sheet({ sheet, unit }: { readonly sheet: RecoverySheet; readonly unit: FoundedUnit }) {
  const text = useText()
  const unitName = useFounding((founding) => founding.foundedName)
  return (
    <section
      className="sheet"
      aria-label={text('sheets.sheet', { number: sheet.number, holder: sheet.holder })}
    >
      <header>
        <h2>{text('sheets.heading')}</h2>
        <p>{unitName}</p>
      </header>
      <dl>
        <dt>{text('sheets.holder')}</dt>
        <dd>{sheet.holder}</dd>
        <dt>{text('sheets.number')}</dt>
        <dd>{text('sheets.number.of', { number: sheet.number, total: sheet.total })}</dd>
        <dt>{text('sheets.threshold')}</dt>
        <dd>{text('sheets.threshold.of', { threshold: sheet.threshold, total: sheet.total })}</dd>
        <dt>{text('sheets.date')}</dt>
        <dd>{today()}</dd>
      </dl>
      {sheet.shares.map((share) => (
        <div key={share.secret} className="share">
          <h3>{text(`sheets.secret.${share.secret}`)}</h3>
          <p className="share-text">{share.text}</p>
        </div>
      ))}
      <div className="share">
        <h3>{text('sheets.root')}</h3>
        <p className="share-text share-small">{unit.unitRootPublicKey}</p>
      </div>
      <p className="sheet-rules">{text('sheets.rules')}</p>
      <footer>
        <span>{text('sheets.sign.holder')}</span>
        <span>{text('sheets.sign.witness')}</span>
        <span>{text('sheets.sign.date')}</span>
      </footer>
    </section>
  )
}
