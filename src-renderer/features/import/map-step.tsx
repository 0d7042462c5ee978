import { Alert, Button } from 'antd'
import { useState } from 'react'
import { findCategory } from '../../../src-shared/catalogue/read.ts'
import type { Failure } from '../../../src-shared/kernel/errors.ts'
import { checkProfile, importProfileSchema, type ImportProfile } from '../../../src-shared/import/profile.ts'
import { useDesk } from '../../app/contexts.ts'
import { useJob } from '../../app/use-job.ts'
import { call } from '../../bridge/index.ts'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { ProgressBar } from '../../ui/progress-bar.tsx'
import { useClauses, useText } from '../../ui/text.ts'
import { CategoryMapping } from './category-mapping.tsx'
import { FieldMapping } from './field-mapping.tsx'
import { FileSettings } from './file-settings.tsx'
import { useImport, type ChosenTable } from './import-state.ts'
import { Notices } from './notices.tsx'
import { SampleTable } from './sample-table.tsx'
import { SourcePlace } from './source-place.tsx'

interface MapStepProps {
  readonly table: ChosenTable
  readonly profile: ImportProfile
}

/** How the columns of the table become records. */
export function MapStep({ table, profile }: MapStepProps) {
  const text = useText()
  const clauses = useClauses()
  const { map, show, restart } = useImport()
  const job = useJob()
  const [failure, setFailure] = useState<Failure | null>(null)
  const gaps = useProfileGaps(profile)
  const preview = () => {
    // The schema's arrays are plain ones; the profile's are read-only.
    const plain = importProfileSchema.safeParse(profile)
    if (!plain.success) return
    setFailure(null)
    void job.run(async (id, signal) => {
      const result = await call(
        'import.preview',
        { upload: table.upload, profile: plain.data, job: id },
        { signal },
      )
      if (result.ok) show(result.value)
      else if (result.error.code !== 'call/cancelled') setFailure(result.error)
    })
  }
  return (
    <div className="import-map">
      <h2>{text('import.map.title', { file: table.name })}</h2>
      <SourcePlace table={table} />
      <Notices notices={table.notices} />
      {table.from === 'remembered' ? (
        <Alert type="success" showIcon title={text('import.remembered', { source: profile.source })} />
      ) : null}
      <SampleTable table={table} hasHeader={profile.header} />
      {table.kind === 'form' ? (
        <p className="prose-line">{text('import.form.hint')}</p>
      ) : (
        <>
          <FileSettings table={table} profile={profile} onChange={map} />
          <CategoryMapping table={table} profile={profile} onChange={map} />
          <FieldMapping table={table} profile={profile} onChange={map} />
        </>
      )}
      {gaps.length === 0 ? null : (
        <Alert type="warning" showIcon title={text('import.map.gaps')} description={clauses(gaps)} />
      )}
      <ErrorNotice failure={failure} />
      {job.progress === null ? null : (
        <ProgressBar label={text('import.checking')} {...job.progress} onCancel={job.cancel} />
      )}
      <div className="sign-bar">
        <Button onClick={restart}>{text('import.other-file')}</Button>
        <Button type="primary" disabled={gaps.length > 0} loading={job.progress !== null} onClick={preview}>
          {text('import.preview')}
        </Button>
      </div>
    </div>
  )
}

/** What the profile still lacks, in the words of the catalogue. */
function useProfileGaps(profile: ImportProfile): readonly string[] {
  const text = useText()
  const { catalogue } = useDesk()
  const gaps: string[] = []
  if (profile.name.trim() === '') gaps.push(text('import.map.no-name'))
  if (profile.source.trim() === '') gaps.push(text('import.map.no-source'))
  if (gaps.length === 0 && !importProfileSchema.safeParse(profile).success)
    gaps.push(text('import.map.invalid'))
  const checked = checkProfile(profile, catalogue)
  if (checked.ok) return gaps
  const { missing = [], unknown = [] } = (checked.error.detail ?? {}) as {
    readonly missing?: readonly string[]
    readonly unknown?: readonly string[]
  }
  for (const place of missing) {
    const [categoryId = '', fieldId = ''] = place.split('.')
    const category = findCategory(catalogue, categoryId)
    const field = category?.fields.find((one) => one.id === fieldId)
    gaps.push(
      text('import.map.missing', { category: category?.name ?? categoryId, field: field?.label ?? fieldId }),
    )
  }
  for (const place of unknown) gaps.push(text('import.map.unknown', { place }))
  return gaps
}
