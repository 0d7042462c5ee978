import { Button, Checkbox, Input } from 'antd'
import dayjs from 'dayjs'
import { useState } from 'react'
import { useAction } from '../../app/use-action.ts'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { FormLine } from '../../ui/form-line.tsx'
import { useText } from '../../ui/text.ts'
import { MinutePicker } from './minute-picker.tsx'

interface Draft {
  readonly measures: string
  readonly isUpward: boolean
  /** ISO 8601 UTC. */
  readonly upwardAt: string
  readonly upwardTo: string
  readonly closes: boolean
}

function newDraft(): Draft {
  return { measures: '', isUpward: false, upwardAt: dayjs().toISOString(), upwardTo: '', closes: false }
}

/** The next step of an incident. */
export function FollowUpForm({ incident }: { readonly incident: string }) {
  const text = useText()
  const [draft, setDraft] = useState(newDraft)
  const [wasTried, setTried] = useState(false)
  const action = useAction('incident.update')
  const change = (part: Partial<Draft>) => setDraft((before) => ({ ...before, ...part }))
  const lacksMeasures = draft.measures.trim() === ''
  const lacksTo = draft.isUpward && draft.upwardTo.trim() === ''
  const sign = async () => {
    setTried(true)
    if (lacksMeasures || lacksTo) return
    const result = await action.run({
      incident,
      followUp: {
        measures: draft.measures.trim(),
        reportedUpward: draft.isUpward ? { at: draft.upwardAt, to: draft.upwardTo.trim() } : null,
        closes: draft.closes,
      },
    })
    if (!result.ok) return
    setDraft(newDraft())
    setTried(false)
  }
  return (
    <section className="no-print follow-up" aria-label={text('incident.follow-up.add')}>
      <h3>{text('incident.follow-up.add')}</h3>
      <FormLine
        id="follow-up-measures"
        label={text('incident.follow-up.measures')}
        isRequired
        error={wasTried && lacksMeasures ? text('incident.follow-up.missing') : null}
      >
        <Input.TextArea
          id="follow-up-measures"
          aria-required
          aria-invalid={wasTried && lacksMeasures}
          aria-describedby="follow-up-measures-notes"
          rows={3}
          maxLength={800}
          value={draft.measures}
          onChange={(event) => change({ measures: event.target.value })}
        />
      </FormLine>
      <Checkbox checked={draft.isUpward} onChange={(event) => change({ isUpward: event.target.checked })}>
        {text('incident.upward')}
      </Checkbox>
      {draft.isUpward ? (
        <div className="follow-up-upward">
          <FormLine id="upward-at" label={text('incident.upward.at')} isRequired>
            <MinutePicker
              id="upward-at"
              isWrong={false}
              value={draft.upwardAt}
              onChange={(upwardAt) => change({ upwardAt })}
            />
          </FormLine>
          <FormLine
            id="upward-to"
            label={text('incident.upward.to')}
            isRequired
            error={wasTried && lacksTo ? text('incident.upward.missing') : null}
          >
            <Input
              id="upward-to"
              aria-required
              aria-invalid={wasTried && lacksTo}
              aria-describedby="upward-to-notes"
              maxLength={120}
              value={draft.upwardTo}
              onChange={(event) => change({ upwardTo: event.target.value })}
            />
          </FormLine>
        </div>
      ) : null}
      <p>
        <Checkbox checked={draft.closes} onChange={(event) => change({ closes: event.target.checked })}>
          {text('incident.closes')}
        </Checkbox>{' '}
        <span className="prose-faint">{text('incident.closes.hint')}</span>
      </p>
      <div className="panel-actions">
        <Button type="primary" loading={action.isBusy} onClick={() => void sign()}>
          {text('incident.follow-up.sign')}
        </Button>
      </div>
      <ErrorNotice failure={action.failure} />
    </section>
  )
}
