import { useMemo } from 'react'
import type { Sheet } from '../../../src-shared/disclosure/sheet.ts'
import { sheetDocument } from '../../../src-shared/disclosure/sheet-document.ts'
import { pageNonce } from '../../app/page-nonce.ts'
import { useLooks } from '../../ui/looks.ts'
import { useText } from '../../ui/text.ts'
import { PrintFrame } from './print-frame.tsx'

interface SheetViewProps {
  readonly sheet: Sheet
  onClose(): void
}

/** A sheet as it will be printed. It is in the memory of the page only. */
export function SheetView({ sheet, onClose }: SheetViewProps) {
  const text = useText()
  const locale = useLooks((looks) => looks.locale)
  const html = useMemo(() => sheetDocument(sheet, locale, pageNonce()), [sheet, locale])
  return (
    <PrintFrame
      title={text(`sheet.title.${sheet.form}`)}
      html={html}
      hint={text('copy.print.hint')}
      onClose={onClose}
    />
  )
}
