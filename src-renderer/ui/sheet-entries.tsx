import { areOfOneKit, readSheetHead, type SheetHead } from '../../src-shared/access/recovery-sheet.ts'
import { SheetEntry } from './sheet-entry.tsx'
import { isWholeSheet, type TypedSheet } from './sheet-lines.ts'
import { useText } from './text.ts'

interface SheetEntriesProps {
  readonly sheets: readonly TypedSheet[]
  /** Names of the holders by the number of the sheet, where they are known. */
  readonly holders: ReadonlyMap<number, string>
  onChange(sheets: readonly TypedSheet[]): void
}

/** As many sheets as it takes, side by side. */
export function SheetEntries({ sheets, holders, onChange }: SheetEntriesProps) {
  const text = useText()
  const heads = sheets.map((sheet) => readSheetHead(sheet[0] ?? ''))
  return (
    <div className="sheet-entries">
      {sheets.map((sheet, index) => {
        const fault = sheetFault(heads, index)
        const head = heads[index]
        const holder = head === null || head === undefined ? undefined : holders.get(head.number)
        const named =
          head === null || head === undefined
            ? text('sheet-entry.waiting')
            : holder === undefined
              ? text('sheet-entry.number', { number: head.number, sheets: head.total })
              : text('sheet-entry.holder', { number: head.number, sheets: head.total, holder })
        return (
          <SheetEntry
            // Places on a list that only grows and shrinks at its end.
            // eslint-disable-next-line react/no-array-index-key
            key={index}
            place={index + 1}
            sheet={sheet}
            isFirst={index === 0}
            about={fault === null ? named : text(`sheet-entry.${fault}`)}
            isWrong={fault !== null}
            onChange={(changed) => onChange(sheets.map((one, at) => (at === index ? changed : one)))}
          />
        )
      })}
    </div>
  )
}

/** What a first line says against the sheets before it. */
function sheetFault(heads: readonly (SheetHead | null)[], index: number): 'repeated' | 'mixed' | null {
  const head = heads[index]
  if (head === null || head === undefined) return null
  const before = heads.slice(0, index).filter((one) => one !== null)
  if (before.some((one) => !areOfOneKit(one, head))) return 'mixed'
  return before.some((one) => one.number === head.number) ? 'repeated' : null
}

/** Whether every sheet is whole and all fit together: what is left to say is the core's. */
export function areSheetsReady(sheets: readonly TypedSheet[]): boolean {
  const heads = sheets.map((sheet) => readSheetHead(sheet[0] ?? ''))
  return sheets.every((sheet, index) => isWholeSheet(sheet) && sheetFault(heads, index) === null)
}

/** Sheets as the core reads them. */
export function sheetTexts(sheets: readonly TypedSheet[]): string[] {
  return sheets.map((sheet) => sheet.join('\n'))
}
