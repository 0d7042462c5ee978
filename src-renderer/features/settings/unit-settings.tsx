import { Button, InputNumber, Skeleton, Switch } from 'antd'
import { useState, type FormEvent } from 'react'
import type { Settings } from '../../../src-shared/access/authority-state.ts'
import { useAction } from '../../app/use-action.ts'
import { useQuery } from '../../app/use-query.ts'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { FormLine } from '../../ui/form-line.tsx'
import { Mark } from '../../ui/status-tag.tsx'
import { useText } from '../../ui/text.ts'

/** What secadmin sets for everybody; it is a signed commit of the control log. */
export function UnitSettings() {
  const settings = useQuery('settings.read', {}, ['control'])
  if (settings.failure !== null) return <ErrorNotice failure={settings.failure} onRetry={settings.reload} />
  if (settings.data === null) return <Skeleton active />
  const { data } = settings
  return <SettingsForm key={JSON.stringify(data)} settings={data} />
}

function SettingsForm({ settings }: { readonly settings: Settings }) {
  const text = useText()
  const action = useAction('settings.set')
  const [draft, setDraft] = useState(settings)
  const isChanged = JSON.stringify(draft) !== JSON.stringify(settings)
  const save = async (event: FormEvent) => {
    event.preventDefault()
    if (isChanged) await action.run({ ...draft })
  }
  return (
    <form className="card settings-form" onSubmit={(event) => void save(event)}>
      <FormLine id="idle-minutes" label={text('settings.idle')} hint={text('settings.idle.hint')}>
        <InputNumber
          id="idle-minutes"
          min={1}
          max={120}
          precision={0}
          value={draft.idleMinutes}
          suffix={text('settings.minutes')}
          aria-describedby="idle-minutes-notes"
          onChange={(idleMinutes) => setDraft({ ...draft, idleMinutes: idleMinutes ?? draft.idleMinutes })}
        />
      </FormLine>
      <FormLine
        id="clipboard-seconds"
        label={text('settings.clipboard')}
        hint={text('settings.clipboard.hint')}
        warning={draft.clipboardSeconds === 0 ? text('settings.clipboard.never') : null}
      >
        <InputNumber
          id="clipboard-seconds"
          min={0}
          max={600}
          precision={0}
          value={draft.clipboardSeconds}
          suffix={text('settings.seconds')}
          aria-describedby="clipboard-seconds-notes"
          onChange={(seconds) => setDraft({ ...draft, clipboardSeconds: seconds ?? draft.clipboardSeconds })}
        />
      </FormLine>
      <FormLine id="watermark" label={text('settings.watermark')} hint={text('settings.watermark.hint')}>
        <Switch
          id="watermark"
          checked={draft.watermark}
          aria-describedby="watermark-notes"
          onChange={(watermark) => setDraft({ ...draft, watermark })}
        />
      </FormLine>
      <div className="form-actions">
        <Button type="primary" htmlType="submit" disabled={!isChanged} loading={action.isBusy}>
          {text('settings.save')}
        </Button>
        {isChanged ? (
          <Button onClick={() => setDraft(settings)}>{text('settings.revert')}</Button>
        ) : (
          <Mark shape="✓" tone="action" word={text('settings.in-force')} />
        )}
      </div>
      <ErrorNotice failure={action.failure} />
    </form>
  )
}
