import { DeleteOutlined, PaperClipOutlined } from '@ant-design/icons'
import { Button, Progress } from 'antd'
import { useEffect, useId, useRef, useState, type DragEvent } from 'react'
import type { Category } from '../../../src-shared/catalogue/schema.ts'
import { call } from '../../bridge/index.ts'
import { uploadFile } from '../../app/upload-file.ts'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { bytesText } from '../../ui/moment.ts'
import { useText } from '../../ui/text.ts'
import { useEntry, type EvidenceUpload } from './entry-state.ts'

let lastKey = 0

/** Evidence files: dropped or picked, sent in pieces while one goes on typing. */
export function EvidenceField({ category }: { readonly category: Category }) {
  const text = useText()
  const { form, change, setUpload, removeUpload } = useEntry()
  const picker = useId()
  const [isOver, setOver] = useState(false)
  const aborts = useRef(new Map<number, AbortController>())
  useEffect(() => {
    const running = aborts.current
    return () => {
      for (const abort of running.values()) abort.abort()
    }
  }, [])
  if (form === null) return null
  const { kept } = form.draft

  const add = async (file: File) => {
    lastKey += 1
    const key = lastKey
    const abort = new AbortController()
    aborts.current.set(key, abort)
    const start: EvidenceUpload = {
      key,
      name: file.name,
      size: file.size,
      sent: 0,
      upload: null,
      failure: null,
    }
    setUpload(start)
    const sent = (bytes: number) => {
      if (!abort.signal.aborted) setUpload({ ...start, sent: bytes })
    }
    const result = await uploadFile('evidence', file, abort.signal, sent)
    aborts.current.delete(key)
    if (abort.signal.aborted) removeUpload(key)
    else if (result.ok) setUpload({ ...start, sent: file.size, upload: result.value })
    else setUpload({ ...start, failure: result.error })
  }
  const addAll = (files: FileList | null) => {
    for (const file of files ?? []) void add(file)
  }
  const drop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    addAll(event.dataTransfer.files)
  }
  const remove = (upload: EvidenceUpload) => {
    aborts.current.get(upload.key)?.abort()
    removeUpload(upload.key)
    if (upload.upload !== null) void call('upload.discard', { upload: upload.upload })
  }
  return (
    <section
      className={isOver ? 'upload is-over' : 'upload'}
      aria-label={text('entry.evidence')}
      onDragOver={(event) => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
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
            addAll(event.target.files)
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
            <span className="upload-name">{line.name}</span>
            <span className="upload-note">{text('entry.evidence.kept')}</span>
            <Remove
              name={line.name}
              onRemove={() => change({ kept: kept.filter((one) => one.hash !== line.hash) })}
            />
          </li>
        ))}
        {form.uploads.map((upload) => (
          <li key={upload.key}>
            <span className="upload-name">{upload.name}</span>
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
          </li>
        ))}
      </ul>
    </section>
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
