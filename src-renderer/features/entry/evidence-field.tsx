import { DeleteOutlined, EyeOutlined, PaperClipOutlined } from '@ant-design/icons'
import { Button, Progress } from 'antd'
import { useCallback, useId, useRef, useState } from 'react'
import type { Category } from '../../../src-shared/catalogue/schema.ts'
import type { Failure } from '../../../src-shared/kernel/errors.ts'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { bytesText } from '../../ui/moment.ts'
import { useText } from '../../ui/text.ts'
import { useEntry } from './entry-state.ts'
import type { PieceId } from './evidence-pieces.ts'
import { useDropAndPaste, useUploads } from './use-uploads.ts'

interface EvidenceFieldProps {
  readonly category: Category
  /** The piece that is shown beside the form, if any. */
  readonly shown: PieceId | null
  onShow(piece: PieceId | null): void
}

/** Evidence files: dropped, pasted or picked, several at once, sent in pieces while one goes on typing. */
export function EvidenceField({ category, shown, onShow }: EvidenceFieldProps) {
  const text = useText()
  const { form, change } = useEntry()
  const picker = useId()
  const [isOver, setOver] = useState(false)
  const { add, remove } = useUploads()
  const place = useRef<HTMLElement>(null)
  const addFromAnywhere = useCallback(
    (files: readonly File[]) => {
      add(files)
      // Whoever drops a file on the fields sees where it went.
      requestAnimationFrame(() => place.current?.scrollIntoView({ block: 'nearest' }))
    },
    [add],
  )
  useDropAndPaste(addFromAnywhere, setOver)
  if (form === null) return null
  const { kept } = form.draft
  const toggle = (piece: PieceId) => onShow(piece === shown ? null : piece)
  return (
    <section ref={place} className={isOver ? 'upload is-over' : 'upload'} aria-label={text('entry.evidence')}>
      <div className="upload-head">
        <h2>
          {text('entry.evidence')}
          {category.evidence === 'required' ? <span className="line-required"> *</span> : null}
        </h2>
        <input
          id={picker}
          type="file"
          multiple
          className="sr-only"
          tabIndex={-1}
          aria-label={text('entry.evidence.add')}
          accept=".pdf,.png,.jpg,.jpeg,.webp,.gif,.bmp,.txt"
          onChange={(event) => {
            add([...(event.target.files ?? [])])
            event.target.value = ''
          }}
        />
        <Button
          size="small"
          icon={<PaperClipOutlined />}
          onClick={() => document.getElementById(picker)?.click()}
        >
          {text('entry.evidence.add')}
        </Button>
      </div>
      <p className="upload-hint">{text(`entry.evidence.${category.evidence}`)}</p>
      <ul className="upload-files">
        {kept.map((line) => (
          <li key={line.hash}>
            <Name name={line.name} isShown={shown === line.hash} onToggle={() => toggle(line.hash)} />
            <span className="upload-note">{text('entry.evidence.kept')}</span>
            <Remove
              name={line.name}
              onRemove={() => change({ kept: kept.filter((one) => one.hash !== line.hash) })}
            />
          </li>
        ))}
        {form.uploads.map((upload) => (
          <li key={upload.key}>
            {upload.failure === null ? (
              <Name name={upload.name} isShown={shown === upload.key} onToggle={() => toggle(upload.key)} />
            ) : (
              <span className="upload-name">{upload.name}</span>
            )}
            <span className="number upload-note">{bytesText(upload.size)}</span>
            <Remove name={upload.name} onRemove={() => remove(upload)} />
            {upload.upload === null && upload.failure === null ? (
              <Progress
                percent={upload.size === 0 ? 0 : Math.floor((upload.sent / upload.size) * 100)}
                size="small"
                aria-label={text('entry.evidence.sending', { name: upload.name })}
              />
            ) : null}
            <ErrorNotice failure={upload.failure} />
            <Kind failure={upload.failure} />
          </li>
        ))}
      </ul>
      {kept.length + form.uploads.length === 0 ? null : (
        <p className="upload-hint">{text('entry.evidence.keys')}</p>
      )}
    </section>
  )
}

interface NameProps {
  readonly name: string
  readonly isShown: boolean
  onToggle(): void
}

/** The name of a file, which shows it beside the form. */
function Name({ name, isShown, onToggle }: NameProps) {
  const text = useText()
  return (
    <button
      type="button"
      className="upload-open"
      aria-pressed={isShown}
      title={text('entry.evidence.show', { name })}
      onClick={onToggle}
    >
      <EyeOutlined aria-hidden="true" />
      <span className="upload-name">{name}</span>
    </button>
  )
}

const kinds = ['zip', 'office', 'program', 'tiff', 'heic', 'film'] as const

/** What to do with a file of a kind that is not taken, where the kind is known. */
function Kind({ failure }: { readonly failure: Failure | null }) {
  const text = useText()
  const kind = kinds.find(
    (one) => failure?.code === 'vault/evidence-type' && one === failure.detail?.['kind'],
  )
  return kind === undefined ? null : (
    <p className="upload-hint upload-kind">{text(`entry.evidence.kind.${kind}`)}</p>
  )
}

function Remove({ name, onRemove }: { readonly name: string; onRemove(): void }) {
  const text = useText()
  return (
    <Button
      type="text"
      size="small"
      icon={<DeleteOutlined />}
      aria-label={text('entry.evidence.remove', { name })}
      onClick={onRemove}
    />
  )
}
