import { FileOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useId, useState } from 'react'
import type { Id } from '../../../src-shared/kernel/ids.ts'
import type { Failure } from '../../../src-shared/kernel/errors.ts'
import { uploadFile } from '../../app/upload-file.ts'
import { useJob } from '../../app/use-job.ts'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { bytesText } from '../../ui/moment.ts'
import { ProgressBar } from '../../ui/progress-bar.tsx'
import { useText } from '../../ui/text.ts'
import { FolderBrowser } from '../sync/folder-browser.tsx'

export type SourceFile = { readonly path: string } | { readonly upload: Id }

interface FileSourceProps {
  /** How the names of the files end that are offered. */
  readonly ending: string
  readonly isBusy: boolean
  onFile(file: SourceFile): void
}

/** A file on a stick, or one chosen in the browser. */
export function FileSource({ ending, isBusy, onFile }: FileSourceProps) {
  const text = useText()
  const [path, setPath] = useState<string | null>(null)
  const [failure, setFailure] = useState<Failure | null>(null)
  const [sent, setSent] = useState({ done: 0, total: 0 })
  const job = useJob()
  const picker = useId()
  const upload = (file: File | undefined) => {
    if (file === undefined) return
    setFailure(null)
    setSent({ done: 0, total: file.size })
    void job.run(async (_, signal) => {
      const result = await uploadFile('bundle', file, signal, (done) => setSent({ done, total: file.size }))
      if (result.ok) onFile({ upload: result.value })
      else if (result.error.code !== 'call/cancelled') setFailure(result.error)
    })
  }
  return (
    <>
      <FolderBrowser path={path} onPath={setPath}>
        {(folder) => {
          const files = folder.bundles.filter(({ name }) => name.endsWith(ending))
          return (
            <ul className="browser-list" aria-label={text('transfer.files')}>
              {files.map((one) => (
                <li key={one.path}>
                  <button type="button" disabled={isBusy} onClick={() => onFile({ path: one.path })}>
                    <FileOutlined aria-hidden="true" />
                    {one.name}
                    <span className="number browser-size">{bytesText(one.bytes)}</span>
                  </button>
                </li>
              ))}
              {files.length === 0 ? <li className="prose-faint">{text('transfer.files.none')}</li> : null}
            </ul>
          )
        }}
      </FolderBrowser>
      <input
        id={picker}
        type="file"
        className="sr-only"
        tabIndex={-1}
        aria-label={text('transfer.files.upload')}
        onChange={(event) => {
          upload(event.target.files?.[0])
          event.target.value = ''
        }}
      />
      <Button disabled={isBusy} onClick={() => document.getElementById(picker)?.click()}>
        {text('transfer.files.upload')}
      </Button>
      {job.progress === null ? null : (
        <ProgressBar label={text('transfer.files.reading')} {...sent} onCancel={job.cancel} />
      )}
      <ErrorNotice failure={failure} />
    </>
  )
}
