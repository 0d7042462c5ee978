import { InboxOutlined } from '@ant-design/icons'
import { Button, Select } from 'antd'
import { useId, useState, type DragEvent } from 'react'
import type { Failure } from '../../../src-shared/kernel/errors.ts'
import { uploadFile } from '../../app/upload-file.ts'
import { useJob } from '../../app/use-job.ts'
import { useQuery } from '../../app/use-query.ts'
import { call } from '../../bridge/index.ts'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { FormLine } from '../../ui/form-line.tsx'
import { ProgressBar } from '../../ui/progress-bar.tsx'
import { useText } from '../../ui/text.ts'
import { Arrivals } from '../sources/arrivals.tsx'
import { useImport } from './import-state.ts'
import { RememberedProfiles } from './remembered-profiles.tsx'
import { Templates } from './templates.tsx'

const automatic = 'automatic'

/** A table is picked or dropped, with a ready profile or a mapping that the program suggests. */
export function ChooseStep() {
  const text = useText()
  const choose = useImport((state) => state.choose)
  const profiles = useQuery('import.profiles', {}, [])
  const [profileId, setProfileId] = useState(automatic)
  const [failure, setFailure] = useState<Failure | null>(null)
  const [sent, setSent] = useState({ done: 0, total: 0 })
  const [isOver, setOver] = useState(false)
  const job = useJob()
  const picker = useId()

  const take = (file: File | undefined) => {
    if (file === undefined) return
    setFailure(null)
    setSent({ done: 0, total: file.size })
    void job.run(async (_, signal) => {
      const upload = await uploadFile('table', file, signal, (done) => setSent({ done, total: file.size }))
      if (!upload.ok) {
        if (upload.error.code !== 'call/cancelled') setFailure(upload.error)
        return
      }
      const suggested = await call('import.suggest', { upload: upload.value }, { signal })
      if (!suggested.ok) {
        if (suggested.error.code !== 'call/cancelled') setFailure(suggested.error)
        return
      }
      const { suggestion, encoding: _encoding, ...table } = suggested.value
      const ready =
        table.kind === 'form' ? undefined : profiles.data?.find((one) => one.id === profileId)?.profile
      choose({ ...table, name: file.name, upload: upload.value }, ready ?? suggestion)
    })
  }
  const drop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    take(event.dataTransfer.files[0])
  }
  return (
    <div className="import-choose">
      <Arrivals />
      <FormLine id="import-profile" label={text('import.profile')} hint={text('import.profile.hint')}>
        <Select
          id="import-profile"
          className="fill"
          value={profileId}
          options={[
            { value: automatic, label: text('import.profile.automatic') },
            ...(profiles.data ?? []).map(({ id, profile, remembered }) => ({
              value: id,
              label: remembered === null ? profile.name : `${profile.source} · ${profile.name}`,
            })),
          ]}
          onChange={setProfileId}
        />
      </FormLine>
      <div
        className={isOver ? 'drop is-over' : 'drop'}
        onDragOver={(event) => {
          event.preventDefault()
          setOver(true)
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
      >
        <InboxOutlined aria-hidden="true" className="drop-icon" />
        <p className="drop-title">{text('import.drop')}</p>
        <p className="prose-faint">{text('import.drop.hint')}</p>
        <input
          id={picker}
          type="file"
          className="sr-only"
          tabIndex={-1}
          aria-label={text('import.choose')}
          accept=".xlsx,.xlsm,.xls,.csv,.tsv,.txt,.lrmx"
          onChange={(event) => {
            take(event.target.files?.[0])
            event.target.value = ''
          }}
        />
        <Button
          type="primary"
          disabled={job.progress !== null}
          onClick={() => document.getElementById(picker)?.click()}
        >
          {text('import.choose')}
        </Button>
      </div>
      {job.progress === null ? null : (
        <ProgressBar
          label={text('import.reading')}
          done={sent.done}
          total={sent.total}
          onCancel={job.cancel}
        />
      )}
      <ErrorNotice failure={failure} />
      <RememberedProfiles profiles={profiles.data ?? []} onChanged={profiles.reload} />
      <Templates />
      <p className="prose-faint">{text('app.no-state-secrets')}</p>
    </div>
  )
}
