import { PrinterOutlined } from '@ant-design/icons'
import { Alert, Button, Checkbox, Popconfirm } from 'antd'
import { useLayoutEffect, useRef, useState, type RefObject } from 'react'
import type { FoundedUnit } from '../../../src-shared/contract/views.ts'
import { useAction } from '../../app/use-action.ts'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { areSheetsReady, SheetEntries, sheetTexts } from '../../ui/sheet-entries.tsx'
import { blankSheet, type TypedSheet } from '../../ui/sheet-lines.ts'
import { useText } from '../../ui/text.ts'
import { useFounding } from './founding-state.ts'
import { Sheet } from './recovery-sheet.tsx'
import { WizardFrame } from './wizard-frame.tsx'

/** After the keys are made: print the sheets, type enough of them back, and only then there is a unit. */
export function SheetsPhase({ founded }: { readonly founded: FoundedUnit }) {
  const [isTrying, setTrying] = useState(false)
  const heading = useRef<HTMLHeadingElement>(null)
  useLayoutEffect(() => heading.current?.focus(), [isTrying])
  return isTrying ? (
    <Try founded={founded} heading={heading} onBack={() => setTrying(false)} />
  ) : (
    <Print founded={founded} heading={heading} onNext={() => setTrying(true)} />
  )
}

type Heading = RefObject<HTMLHeadingElement | null>

interface PrintProps {
  readonly founded: FoundedUnit
  readonly heading: Heading
  onNext(): void
}

function Print({ founded, heading, onNext }: PrintProps) {
  const text = useText()
  const lock = useAction('session.lock')
  const [printed, setPrinted] = useState<ReadonlySet<number>>(new Set())
  const isDone = founded.sheets.every((sheet) => printed.has(sheet.number))
  const tick = (number: number, isTicked: boolean) => {
    const next = new Set(printed)
    if (isTicked) next.add(number)
    else next.delete(number)
    setPrinted(next)
  }
  return (
    <WizardFrame
      step="print"
      heading={heading}
      actions={
        <>
          <Popconfirm
            title={text('sheets.discard.sure')}
            okText={text('sheets.discard')}
            cancelText={text('do.cancel')}
            // What the sheets were made from is gone with the process.
            onConfirm={() => void lock.run({})}
          >
            <Button danger type="text">
              {text('sheets.discard')}
            </Button>
          </Popconfirm>
          <Button type="primary" disabled={!isDone} onClick={onNext}>
            {text('sheets.next')}
          </Button>
        </>
      }
    >
      <div className="no-print sheets-intro">
        <Alert type="warning" showIcon title={text('sheets.once')} description={text('sheets.how')} />
        <Button type="primary" size="large" icon={<PrinterOutlined />} onClick={() => window.print()}>
          {text('sheets.print', { count: founded.sheets.length })}
        </Button>
      </div>
      <div className="sheets">
        {founded.sheets.map((sheet) => (
          <Sheet key={sheet.number} sheet={sheet} founded={founded} />
        ))}
      </div>
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
      </div>
    </WizardFrame>
  )
}

interface TryProps {
  readonly founded: FoundedUnit
  readonly heading: Heading
  onBack(): void
}

function Try({ founded, heading, onBack }: TryProps) {
  const text = useText()
  const complete = useAction('unit.complete')
  const finish = useFounding((founding) => founding.complete)
  const [first] = founded.sheets
  const threshold = first?.threshold ?? 2
  const [sheets, setSheets] = useState<readonly TypedSheet[]>(() =>
    Array.from({ length: threshold }, () => blankSheet),
  )
  const submit = async () => {
    const result = await complete.run({ sheets: sheetTexts(sheets) })
    if (result.ok) finish(result.value)
  }
  return (
    <WizardFrame
      step="try"
      heading={heading}
      actions={
        <>
          <Button disabled={complete.isBusy} onClick={onBack}>
            {text('sheets.back')}
          </Button>
          <Button
            type="primary"
            disabled={!areSheetsReady(sheets)}
            loading={complete.isBusy}
            onClick={() => void submit()}
          >
            {text(complete.isBusy ? 'sheets.trying' : 'sheets.try')}
          </Button>
        </>
      }
    >
      <p className="prose-line">{text('sheets.try.what', { threshold })}</p>
      <SheetEntries
        sheets={sheets}
        holders={new Map(founded.sheets.map((sheet) => [sheet.number, sheet.holder]))}
        onChange={setSheets}
      />
      <ErrorNotice failure={complete.failure} />
    </WizardFrame>
  )
}
