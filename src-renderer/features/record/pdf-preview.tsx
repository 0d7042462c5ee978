import { Skeleton } from 'antd'
import type { PDFDocumentProxy } from 'pdfjs-dist'
import { useEffect, useEffectEvent, useRef, useState } from 'react'
import { EmptyState } from '../../ui/empty-state.tsx'
import { useText } from '../../ui/text.ts'
import type { EvidenceSource } from './evidence-source.ts'
import { drawPage, openPdf, type PdfFault } from './pdf-document.ts'
import { PreviewFrame, usePose } from './preview-tools.tsx'

interface PdfPreviewProps {
  readonly source: EvidenceSource
  onShown(): void
}

/** A PDF of evidence, page by page. */
export function PdfPreview({ source, onShown }: PdfPreviewProps) {
  const text = useText()
  const [pdf, setPdf] = useState<PDFDocumentProxy | null>(null)
  const [fault, setFault] = useState<PdfFault | null>(null)
  useEffect(() => {
    let isCurrent = true
    let opened: PDFDocumentProxy | null = null
    const abort = new AbortController()
    void openPdf(source, abort.signal).then((result) => {
      if (!result.ok) {
        if (isCurrent) setFault(result.fault)
        return
      }
      opened = result.document
      if (isCurrent) setPdf(opened)
      else void opened.loadingTask.destroy()
    })
    return () => {
      isCurrent = false
      abort.abort()
      void opened?.loadingTask.destroy()
    }
  }, [source])
  const tell = useEffectEvent(onShown)
  useEffect(() => {
    if (fault !== null) tell()
  }, [fault])
  if (fault !== null)
    return <EmptyState isSmall title={text('evidence.no-preview')} hint={text(`evidence.pdf.${fault}`)} />
  if (pdf === null) return <Skeleton active />
  return <PdfPages pdf={pdf} name={source.name} onShown={onShown} />
}

interface PdfPagesProps {
  readonly pdf: PDFDocumentProxy
  readonly name: string
  onShown(): void
}

function PdfPages({ pdf, name, onShown }: PdfPagesProps) {
  const text = useText()
  const pose = usePose()
  const [number, setNumber] = useState(1)
  const [isDamaged, setDamaged] = useState(false)
  const sheet = useRef<HTMLDivElement>(null)
  const tell = useEffectEvent(onShown)
  const { zoom, turns } = pose
  const width = useWidth(sheet)
  useEffect(() => {
    const place = sheet.current
    if (place === null || width === 0) return undefined
    // A canvas can be drawn on by one at a time: each drawing gets its own, shown when it is done.
    const canvas = document.createElement('canvas')
    const label = text('evidence.page', { number, count: pdf.numPages })
    canvas.setAttribute('role', 'img')
    canvas.setAttribute('aria-label', `${name} ${label}`)
    const drawn = drawPage(pdf, number, canvas, width * zoom, turns)
    setDamaged(false)
    let isCurrent = true
    drawn.done.then(
      () => {
        if (!isCurrent) return
        place.replaceChildren(canvas)
        tell()
      },
      () => {
        if (!isCurrent) return
        setDamaged(true)
        tell()
      },
    )
    return () => {
      isCurrent = false
      drawn.cancel()
    }
  }, [pdf, number, zoom, turns, width, name, text])
  return (
    <PreviewFrame name={name} pose={pose} pages={{ number, count: pdf.numPages, turnTo: setNumber }}>
      {isDamaged ? <EmptyState isSmall title={text('evidence.pdf.page-damaged')} /> : null}
      <div className="preview-sheet" ref={sheet} style={{ width: `${zoom * 100}%` }} hidden={isDamaged} />
    </PreviewFrame>
  )
}

/** The width of the frame around an element, zoom apart; 0 before it is laid out. */
function useWidth(element: { readonly current: HTMLElement | null }): number {
  const [width, setWidth] = useState(0)
  useEffect(() => {
    const frame = element.current?.parentElement
    if (frame === null || frame === undefined) return undefined
    const observer = new ResizeObserver(() => setWidth(Math.floor(frame.clientWidth)))
    observer.observe(frame)
    return () => observer.disconnect()
  }, [element])
  return width
}
