import { Button } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { useText } from '../../ui/text.ts'

interface PrintFrameProps {
  readonly title: string
  /** A whole document, its style tag with the nonce of this page. */
  readonly html: string
  readonly hint: string
  onClose(): void
}

/** A document as it will be printed. It is in the memory of the page only. */
export function PrintFrame({ title, html, hint, onClose }: PrintFrameProps) {
  const text = useText()
  const [address, setAddress] = useState('')
  const frame = useRef<HTMLIFrameElement>(null)
  useEffect(() => {
    const url = URL.createObjectURL(new Blob([html], { type: 'text/html' }))
    setAddress(url)
    return () => URL.revokeObjectURL(url)
  }, [html])
  return (
    <section className="sheet-view" aria-label={title}>
      <div className="sheet-tools">
        <Button type="primary" autoFocus onClick={() => frame.current?.contentWindow?.print()}>
          {text('copy.print')}
        </Button>
        <Button onClick={onClose}>{text('do.close')}</Button>
        <span className="prose-faint">{hint}</span>
      </div>
      {address === '' ? null : <iframe ref={frame} className="sheet-frame" src={address} title={title} />}
    </section>
  )
}
