import { Button, InputNumber } from 'antd'
import { useState, type FormEvent } from 'react'
import { stages, type Deadlines } from '../../../src-shared/calendar/deadlines.ts'
import { longestDeadline } from '../../../src-shared/calendar/working-days.ts'
import { useAction } from '../../app/use-action.ts'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { FormLine } from '../../ui/form-line.tsx'
import { Mark } from '../../ui/status-tag.tsx'
import { useText } from '../../ui/text.ts'

interface DeadlinesFormProps {
  readonly deadlines: Deadlines
  readonly mayChange: boolean
}

/** Working days for each stage of the road. */
export function DeadlinesForm({ deadlines, mayChange }: DeadlinesFormProps) {
  const text = useText()
  const action = useAction('deadlines.set')
  const [draft, setDraft] = useState(deadlines)
  const isChanged = stages.some((stage) => draft[stage] !== deadlines[stage])
  const save = async (event: FormEvent) => {
    event.preventDefault()
    if (isChanged) await action.run({ ...draft })
  }
  return (
    <form
      className="card settings-form"
      aria-labelledby="deadlines-title"
      onSubmit={(event) => void save(event)}
    >
      <h2 id="deadlines-title">{text('deadlines.title')}</h2>
      <div className="deadline-lines">
        {stages.map((stage) => (
          <FormLine
            key={stage}
            id={`deadline-${stage}`}
            label={text(`deadlines.${stage}`)}
            hint={text(`deadlines.${stage}.hint`)}
          >
            <InputNumber
              id={`deadline-${stage}`}
              min={1}
              max={longestDeadline}
              precision={0}
              disabled={!mayChange}
              value={draft[stage]}
              suffix={text('deadlines.days')}
              aria-describedby={`deadline-${stage}-notes`}
              onChange={(days) => setDraft({ ...draft, [stage]: days ?? draft[stage] })}
            />
          </FormLine>
        ))}
      </div>
      {mayChange ? (
        <div className="form-actions">
          <Button type="primary" htmlType="submit" disabled={!isChanged} loading={action.isBusy}>
            {text('settings.save')}
          </Button>
          {isChanged ? (
            <Button onClick={() => setDraft(deadlines)}>{text('settings.revert')}</Button>
          ) : (
            <Mark shape="✓" tone="action" word={text('settings.in-force')} />
          )}
        </div>
      ) : (
        <p className="prose-faint">{text('calendar.approver-only')}</p>
      )}
      <ErrorNotice failure={action.failure} />
    </form>
  )
}
