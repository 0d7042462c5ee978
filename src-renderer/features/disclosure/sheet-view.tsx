import { Button } from 'antd'
import { useEffect, useRef, useState } from 'react'
import type { Sheet } from '../../../src-shared/disclosure/sheet.ts'
import { sheetDocument } from '../../../src-shared/disclosure/sheet-document.ts'
import { pageNonce } from '../../app/page-nonce.ts'
import { useLooks } from '../../ui/looks.ts'
import { useText } from '../../ui/text.ts'

interface SheetViewProps {
  readonly sheet: Sheet
  onClose(): void
}

/** A sheet as it will be printed. It is in the memory of the page only. */
export function SheetView({ sheet, onClose }: SheetViewProps) {
  const text = useText()
  const locale = useLooks((looks) => looks.locale)
  const [address, setAddress] = useState('')
  const frame = useRef<HTMLIFrameElement>(null)
  useEffect(() => {
    const html = sheetDocument(sheet, locale, pageNonce())
    const url = URL.createObjectURL(new Blob([html], { type: 'text/html' }))
    setAddress(url)
    return () => URL.revokeObjectURL(url)
  }, [sheet, locale])
  return (
    <section className="sheet-view" aria-label={text(`sheet.title.${sheet.form}`)}>
      <div className="sheet-tools">
        <Button type="primary" autoFocus onClick={() => frame.current?.contentWindow?.print()}>
          {text('copy.print')}
        </Button>
        <Button onClick={onClose}>{text('do.close')}</Button>
        <span className="prose-faint">{text('copy.print.hint')}</span>
      </div>
      {address === '' ? null : (
        <iframe ref={frame} className="sheet-frame" src={address} title={text(`sheet.title.${sheet.form}`)} />
      )}
    </section>
  )
}
