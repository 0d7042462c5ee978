import { Alert, Button, Input, Tabs } from 'antd'
import { useState } from 'react'
import { findCategory } from '../../../src-shared/catalogue/read.ts'
import type { ImportPreview } from '../../../src-shared/contract/import.ts'
import type { Failure } from '../../../src-shared/kernel/errors.ts'
import type { ImportProfile } from '../../../src-shared/import/profile.ts'
import { markChanged } from '../../app/changes.ts'
import { useDesk } from '../../app/contexts.ts'
import { useJob } from '../../app/use-job.ts'
import { call } from '../../bridge/index.ts'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { ProgressBar } from '../../ui/progress-bar.tsx'
import { useText } from '../../ui/text.ts'
import { DeliveryChoice } from '../sources/delivery-choice.tsx'
import { useImport, type ChosenTable } from './import-state.ts'
import { Notices } from './notices.tsx'
import { PeopleStep } from './people-step.tsx'
import { PreviewRows } from './preview-rows.tsx'

interface PreviewStepProps {
  readonly table: ChosenTable
  readonly profile: ImportProfile
  readonly preview: ImportPreview
}

const kinds = ['accepted', 'quarantined', 'repeats'] as const

/** Every row, mapped and checked, before anything is written. */
export function PreviewStep({ table, profile, preview }: PreviewStepProps) {
  const text = useText()
  const { catalogue } = useDesk()
  const { show, finish } = useImport()
  const job = useJob()
  const [reason, setReason] = useState('')
  const [delivery, setDelivery] = useState(table.delivery ?? null)
  const [failure, setFailure] = useState<Failure | null>(null)
  const commit = () => {
    setFailure(null)
    void job.run(async (id, signal) => {
      const delivered = delivery === null ? {} : { delivery }
      const input = { session: preview.session, reason, job: id, ...delivered }
      const result = await call('import.commit', input, { signal })
      if (result.ok) {
        markChanged('archive', 'control')
        finish(result.value)
      } else if (result.error.code !== 'call/cancelled') setFailure(result.error)
    })
  }
  const counts = { accepted: preview.accepted, quarantined: preview.quarantined, repeats: preview.repeats }
  return (
    <div className="import-preview">
      <h2>{text('import.preview.title', { file: table.name, rows: preview.rows })}</h2>
      <dl className="figures">
        <Count label={text('import.accepted')} value={preview.accepted} />
        <Count label={text('import.quarantined')} value={preview.quarantined} isWatched />
        <Count label={text('import.repeats')} value={preview.repeats} isWatched />
        <Count label={text('import.declined')} value={preview.declined} />
        <Count label={text('import.cadres.known')} value={preview.cadres.known} />
        <Count label={text('import.cadres.opened')} value={preview.cadres.opened} />
        <Count label={text('import.cadres.ambiguous')} value={preview.cadres.ambiguous} isWatched />
      </dl>
      <p className="by-category">
        {preview.byCategory.map(({ category, rows }) => (
          <span key={category}>
            {findCategory(catalogue, category)?.name ?? category} <span className="number">{rows}</span>
          </span>
        ))}
      </p>
      <Notices notices={preview.notices} />
      {preview.importedBefore === null ? null : (
        <Alert type="warning" showIcon title={text('import.before', { file: preview.importedBefore })} />
      )}
      <Tabs
        size="small"
        items={[
          ...kinds.map((kind) => ({
            key: kind as string,
            label: `${text(`import.${kind}`)} ${counts[kind].toLocaleString('en-US')}`,
            children: (
              <PreviewRows
                key={`${preview.session} ${preview.accepted}`}
                kind={kind}
                session={preview.session}
                table={table}
                hasHeader={profile.header}
              />
            ),
          })),
          {
            key: 'people',
            label: `${text('match.tab')} ${preview.cadres.ambiguous.toLocaleString('en-US')}`,
            children: <PeopleStep key={preview.session} session={preview.session} onChanged={show} />,
          },
        ]}
      />
      <ErrorNotice failure={failure} />
      {job.progress === null ? null : (
        <ProgressBar label={text('import.writing')} {...job.progress} onCancel={job.cancel} />
      )}
      <DeliveryChoice value={delivery} onChange={setDelivery} />
      <div className="sign-bar">
        <Button disabled={job.progress !== null} onClick={() => show(null)}>
          {text('import.back-to-map')}
        </Button>
        <Input
          aria-label={text('import.reason')}
          placeholder={text('import.reason')}
          maxLength={500}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
        <Button
          type="primary"
          disabled={preview.accepted === 0}
          loading={job.progress !== null}
          onClick={commit}
        >
          {text('import.commit', { count: preview.accepted })}
        </Button>
      </div>
    </div>
  )
}

interface CountProps {
  readonly label: string
  readonly value: number
  readonly isWatched?: boolean
}

function Count({ label, value, isWatched = false }: CountProps) {
  return (
    <div className="figure">
      <dt>{label}</dt>
      <dd>
        <span className={isWatched && value > 0 ? 'number is-watched' : 'number'}>
          {value.toLocaleString('en-US')}
        </span>
      </dd>
    </div>
  )
}
