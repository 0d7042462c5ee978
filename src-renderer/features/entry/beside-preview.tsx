import { CloseOutlined, LeftOutlined, RightOutlined } from '@ant-design/icons'
import { Button, Skeleton } from 'antd'
import type { Ref } from 'react'
import { useText } from '../../ui/text.ts'
import { EvidencePreview } from '../record/evidence-preview.tsx'
import type { Correction } from './entry-draft.ts'
import type { EntryForm } from './entry-state.ts'
import { piecesOf, usePiece, type PieceId } from './evidence-pieces.ts'

interface BesidePreviewProps {
  readonly form: EntryForm
  readonly correction: Correction | null
  readonly piece: PieceId
  readonly place: Ref<HTMLElement>
  onShow(piece: PieceId | null): void
}

/** The evidence beside the fields that are typed from it; it stays in sight while one goes down the form. */
export function BesidePreview({ form, correction, piece, place, onShow }: BesidePreviewProps) {
  const text = useText()
  const source = usePiece(form, piece, correction)
  const pieces = piecesOf(form)
  const index = pieces.indexOf(piece)
  const before = pieces[index - 1]
  const after = pieces[index + 1]
  return (
    <section
      ref={place}
      className="entry-preview card"
      aria-label={text('entry.evidence.beside')}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return
        event.preventDefault()
        onShow(null)
      }}
    >
      <div className="entry-preview-head">
        <h2 title={source?.name}>{source?.name ?? text('entry.evidence')}</h2>
        {pieces.length < 2 ? null : (
          <>
            <Button
              size="small"
              icon={<LeftOutlined />}
              aria-label={text('evidence.before')}
              disabled={before === undefined}
              onClick={() => before === undefined || onShow(before)}
            />
            <span className="number">
              {text('evidence.piece', { number: index + 1, count: pieces.length })}
            </span>
            <Button
              size="small"
              icon={<RightOutlined />}
              aria-label={text('evidence.after')}
              disabled={after === undefined}
              onClick={() => after === undefined || onShow(after)}
            />
          </>
        )}
        <Button
          type="text"
          size="small"
          icon={<CloseOutlined />}
          aria-label={text('entry.evidence.close')}
          onClick={() => onShow(null)}
        />
      </div>
      {source === null ? (
        <Skeleton active />
      ) : (
        <EvidencePreview key={String(piece)} source={source} onShown={noMark} />
      )}
    </section>
  )
}

/** Ticks are for reviewers. */
function noMark(): void {}
