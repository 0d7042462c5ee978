import { Button } from 'antd'
import { useState } from 'react'
import { useAction } from '../../app/use-action.ts'
import { useJob } from '../../app/use-job.ts'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { ProgressBar } from '../../ui/progress-bar.tsx'
import { useText } from '../../ui/text.ts'
import { CodeDisplay } from '../devices/code-display.tsx'
import { FolderBrowser } from '../sync/folder-browser.tsx'

interface ExportStepProps {
  readonly transfer: string
  readonly code: string | null
}

/** Writes the package onto a stick, and says the code that is told by telephone. */
export function ExportStep({ transfer, code }: ExportStepProps) {
  const text = useText()
  const action = useAction('transfer.export')
  const job = useJob()
  const [path, setPath] = useState<string | null>(null)
  const [file, setFile] = useState<string | null>(null)
  const write = (folder: string) =>
    job.run(async (id, signal) => {
      const done = await action.run({ transfer, folder, job: id }, { signal })
      if (done.ok) setFile(done.value.file)
    })
  return (
    <>
      <p className="prose-line">{text('transfer.export.hint')}</p>
      {code === null ? null : <CodeDisplay label={text('transfer.code.tell')} value={code} />}
      <FolderBrowser path={path} onPath={setPath}>
        {(folder) => (
          <Button type="primary" loading={action.isBusy} onClick={() => void write(folder.path)}>
            {text('transfer.export.here')}
          </Button>
        )}
      </FolderBrowser>
      {job.progress === null ? null : (
        <ProgressBar label={text('transfer.export.writing')} {...job.progress} onCancel={job.cancel} />
      )}
      {file === null ? null : (
        <p role="status">
          {text('transfer.exported')} <code>{file}</code>
        </p>
      )}
      <ErrorNotice failure={action.failure} />
    </>
  )
}
