import { useEffect, useEffectEvent, useState } from 'react'
import type { EvidenceLine } from '../../../src-shared/contract/views.ts'
import type { Failure } from '../../../src-shared/kernel/errors.ts'
import type { Digest } from '../../../src-shared/kernel/ids.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { ProgressBar } from '../../ui/progress-bar.tsx'
import { useText } from '../../ui/text.ts'
import { ImagePreview } from './image-preview.tsx'
import { PdfPreview } from './pdf-preview.tsx'
import { decodeText, previewKind, readEvidence } from './read-evidence.ts'

interface EvidencePreviewProps {
  readonly revision: Digest
  readonly line: EvidenceLine
  /** Once there is something to see, or it is plain that there will not be. */
  onShown(): void
}

type Shown =
  | { readonly kind: 'loading'; readonly done: number; readonly total: number }
  | { readonly kind: 'failed'; readonly failure: Failure }
  | { readonly kind: 'image'; readonly url: string }
  | { readonly kind: 'pdf'; readonly bytes: Uint8Array }
  | { readonly kind: 'text'; readonly text: string }

/** Evidence in the page. It is never written to the disk of this machine. */
export function EvidencePreview({ revision, line, onShown }: EvidencePreviewProps) {
  const text = useText()
  const kind = previewKind(line.mediaType, line.size)
  const shown = useEvidence(revision, line, kind)
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
      return <ImagePreview url={shown.url} name={line.name} onShown={onShown} />
    case 'pdf':
      return <PdfPreview bytes={shown.bytes} name={line.name} onShown={onShown} />
    case 'text':
      return (
        // A scrolling area must be reachable without a mouse.
        <pre className="preview-text" tabIndex={0}>
          {shown.text}
        </pre>
      )
  }
}

function useEvidence(
  revision: Digest,
  line: EvidenceLine,
  kind: ReturnType<typeof previewKind>,
): Shown | null {
  const [shown, setShown] = useState<Shown | null>({ kind: 'loading', done: 0, total: line.size })
  useEffect(() => {
    if (kind === 'none') return undefined
    const abort = new AbortController()
    let url = ''
    setShown({ kind: 'loading', done: 0, total: line.size })
    void readEvidence(revision, line, abort.signal, (done, total) => {
      if (!abort.signal.aborted) setShown({ kind: 'loading', done, total })
    }).then((result) => {
      if (abort.signal.aborted) return
      if (!result.ok) setShown({ kind: 'failed', failure: result.error })
      else if (kind === 'text') setShown({ kind, text: decodeText(result.value) })
      else if (kind === 'pdf') setShown({ kind, bytes: result.value })
      else {
        url = URL.createObjectURL(new Blob([new Uint8Array(result.value)], { type: line.mediaType }))
        setShown({ kind, url })
      }
    })
    return () => {
      abort.abort()
      if (url !== '') URL.revokeObjectURL(url)
    }
  }, [revision, line, kind])
  return shown
}
