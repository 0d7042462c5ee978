import { useEffect, useEffectEvent, useState } from 'react'
import type { Failure } from '../../../src-shared/kernel/errors.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { ProgressBar } from '../../ui/progress-bar.tsx'
import { useText } from '../../ui/text.ts'
import type { EvidenceSource } from './evidence-source.ts'
import { ImagePreview } from './image-preview.tsx'
import { PdfPreview } from './pdf-preview.tsx'
import { decodeText, previewKind, readEvidence } from './read-evidence.ts'

interface EvidencePreviewProps {
  /** The same object as long as it is the same piece. */
  readonly source: EvidenceSource
  /** Once there is something to see, or it is plain that there will not be. */
  onShown(): void
}

type Shown =
  | { readonly kind: 'loading'; readonly done: number; readonly total: number }
  | { readonly kind: 'failed'; readonly failure: Failure }
  | { readonly kind: 'image'; readonly url: string }
  | { readonly kind: 'pdf' }
  | { readonly kind: 'text'; readonly text: string }

/** Evidence in the page. It is never written to the disk of this machine. */
export function EvidencePreview({ source, onShown }: EvidencePreviewProps) {
  const text = useText()
  const kind = previewKind(source.mediaType, source.size)
  const shown = useEvidence(source, kind)
  const tell = useEffectEvent(onShown)
  const isPlain = kind === 'none' || shown?.kind === 'failed' || shown?.kind === 'text'
  useEffect(() => {
    if (isPlain) tell()
  }, [isPlain])
  if (kind === 'none' || shown === null) {
    return <EmptyState isSmall title={text('evidence.no-preview')} hint={text('evidence.no-preview.hint')} />
  }
  switch (shown.kind) {
    case 'loading':
      return <ProgressBar label={text('evidence.loading')} done={shown.done} total={shown.total} />
    case 'failed':
      return <ErrorNotice failure={shown.failure} />
    case 'image':
      return <ImagePreview url={shown.url} name={source.name} onShown={onShown} />
    case 'pdf':
      return <PdfPreview source={source} onShown={onShown} />
    case 'text':
      return (
        // A scrolling area must be reachable without a mouse.
        <pre className="preview-text" tabIndex={0}>
          {shown.text}
        </pre>
      )
  }
}

/** A PDF is read as its pages are turned, all else whole. */
function useEvidence(source: EvidenceSource, kind: ReturnType<typeof previewKind>): Shown | null {
  const [shown, setShown] = useState<Shown | null>({ kind: 'loading', done: 0, total: source.size })
  useEffect(() => {
    if (kind === 'none') return undefined
    if (kind === 'pdf') {
      setShown({ kind })
      return undefined
    }
    const abort = new AbortController()
    let url = ''
    setShown({ kind: 'loading', done: 0, total: source.size })
    void readEvidence(source, abort.signal, (done, total) => {
      if (!abort.signal.aborted) setShown({ kind: 'loading', done, total })
    }).then((result) => {
      if (abort.signal.aborted) return
      if (!result.ok) setShown({ kind: 'failed', failure: result.error })
      else if (kind === 'text') setShown({ kind, text: decodeText(result.value) })
      else {
        url = URL.createObjectURL(new Blob([new Uint8Array(result.value)], { type: source.mediaType }))
        setShown({ kind, url })
      }
    })
    return () => {
      abort.abort()
      if (url !== '') URL.revokeObjectURL(url)
    }
  }, [source, kind])
  return shown
}
