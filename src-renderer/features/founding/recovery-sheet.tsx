import { QRCode } from 'antd'
import { readSheetHead } from '../../../src-shared/access/recovery-sheet.ts'
import type { FoundedUnit, RecoverySheet } from '../../../src-shared/contract/views.ts'
import { today } from '../../ui/moment.ts'
import { useText } from '../../ui/text.ts'

interface SheetProps {
  readonly sheet: RecoverySheet
  readonly founded: FoundedUnit
}

/** One sheet as it goes to its holder: a page of paper. */
export function Sheet({ sheet, founded }: SheetProps) {
  const text = useText()
  const { number, total, threshold, holder } = sheet
  const kit = readSheetHead(sheet.lines[0] ?? '')?.kit ?? ''
  return (
    <section className="sheet" aria-label={text('sheets.sheet', { number, holder })}>
      <header>
        <h2>{text('sheets.heading')}</h2>
        <p>{founded.unitName}</p>
      </header>
      <dl>
        <dt>{text('sheets.holder')}</dt>
        <dd>{holder}</dd>
        <dt>{text('sheets.number')}</dt>
        <dd>{text('sheets.number.of', { number, total })}</dd>
        <dt>{text('sheets.threshold')}</dt>
        <dd>{text('sheets.threshold.of', { threshold, total })}</dd>
        <dt>{text('sheets.date')}</dt>
        <dd>{today()}</dd>
        <dt>{text('sheets.kit')}</dt>
        <dd className="sheet-kit">{kit.toUpperCase()}</dd>
      </dl>
      <div className="sheet-body">
        <ol className="sheet-lines" aria-label={text('sheets.lines')}>
          {sheet.lines.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ol>
        <div className="sheet-code" role="img" aria-label={text('sheets.code')}>
          <QRCode
            type="svg"
            value={sheet.code}
            size={224}
            errorLevel="M"
            color="#000000"
            bgColor="#ffffff"
            bordered={false}
            marginSize={4}
            aria-hidden="true"
          />
          <p>{text('sheets.code')}</p>
        </div>
      </div>
      <p className="sheet-use">{text('sheets.use', { threshold })}</p>
      <div className="sheet-root">
        <h3>{text('sheets.root')}</h3>
        <p>{(founded.unitRootPublicKey.match(/.{1,8}/g) ?? []).join(' ')}</p>
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
