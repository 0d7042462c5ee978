import { MinusOutlined, PlusOutlined, RotateRightOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useEffect, useState } from 'react'
import type { EvidenceLine } from '../../../src-shared/contract/views.ts'
import type { Failure } from '../../../src-shared/kernel/errors.ts'
import type { Digest } from '../../../src-shared/kernel/ids.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { ProgressBar } from '../../ui/progress-bar.tsx'
import { useText } from '../../ui/text.ts'
import { decodeText, previewKind, readEvidence } from './read-evidence.ts'

interface EvidencePreviewProps {
  readonly revision: Digest
  readonly line: EvidenceLine
}

type Shown =
  | { readonly kind: 'loading'; readonly done: number; readonly total: number }
  | { readonly kind: 'failed'; readonly failure: Failure }
  | { readonly kind: 'image' | 'pdf'; readonly url: string }
  | { readonly kind: 'text'; readonly text: string }

/** Evidence in the page. It is never written to the disk of this machine. */
export function EvidencePreview({ revision, line }: EvidencePreviewProps) {
  const text = useText()
  const kind = previewKind(line.mediaType, line.size)
  const shown = useEvidence(revision, line, kind)
  if (kind === 'none' || shown === null) {
    return <EmptyState isSmall title={text('evidence.no-preview')} hint={text('evidence.no-preview.hint')} />
  }
  switch (shown.kind) {
    case 'loading':
      return <ProgressBar label={text('evidence.loading')} done={shown.done} total={shown.total} />
    case 'failed':
      return <ErrorNotice failure={shown.failure} />
    case 'image':
      return <ImagePreview url={shown.url} name={line.name} />
    case 'pdf':
      // Without the viewer's own tools, which would save a copy outside of the vault.
      return <iframe className="preview-pdf" src={`${shown.url}#toolbar=0`} title={line.name} />
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
      else {
        url = URL.createObjectURL(new Blob([new Uint8Array(result.value)], { type: blobType(line, kind) }))
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

function blobType(line: EvidenceLine, kind: 'image' | 'pdf'): string {
  return kind === 'pdf' ? 'application/pdf' : line.mediaType
}

function ImagePreview({ url, name }: { readonly url: string; readonly name: string }) {
  const text = useText()
  const [zoom, setZoom] = useState(1)
  const [turns, setTurns] = useState(0)
  return (
    <div className="preview-image">
      <div className="preview-tools">
        <Button
          size="small"
          icon={<MinusOutlined />}
          aria-label={text('evidence.smaller')}
          disabled={zoom <= 0.5}
          onClick={() => setZoom(zoom - 0.25)}
        />
        <span className="number">{Math.round(zoom * 100)}%</span>
        <Button
          size="small"
          icon={<PlusOutlined />}
          aria-label={text('evidence.larger')}
          disabled={zoom >= 4}
          onClick={() => setZoom(zoom + 0.25)}
        />
        <Button
          size="small"
          icon={<RotateRightOutlined />}
          aria-label={text('evidence.turn')}
          onClick={() => setTurns(turns + 1)}
        />
      </div>
      <div className="preview-frame" tabIndex={0} role="group" aria-label={name}>
        <img
          src={url}
          alt={name}
          style={{ width: `${zoom * 100}%`, transform: `rotate(${turns * 90}deg)` }}
        />
      </div>
    </div>
  )
}
