import { Alert, Button, Drawer, Input, Select } from 'antd'
import dayjs from 'dayjs'
import { useState } from 'react'
import { carriers, type Carrier } from '../../../src-shared/audit/incident.ts'
import { useAction } from '../../app/use-action.ts'
import { useQuery } from '../../app/use-query.ts'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { formKeys } from '../../ui/form-keys.ts'
import { FormLine } from '../../ui/form-line.tsx'
import { useText } from '../../ui/text.ts'
import { MinutePicker } from './minute-picker.tsx'

interface ReportIncidentProps {
  readonly isOpen: boolean
  onClose(): void
}

/** For everybody: a leak was noticed. */
export function ReportIncident({ isOpen, onClose }: ReportIncidentProps) {
  const text = useText()
  return (
    <Drawer
      open={isOpen}
      onClose={onClose}
      rootClassName="below-topbar"
      size="min(44rem, 94vw)"
      title={text('incident.report')}
      closable={{ 'aria-label': text('do.close') }}
      destroyOnHidden
    >
      <ReportForm onClose={onClose} />
    </Drawer>
  )
}

const texts = ['what', 'who', 'course', 'measures'] as const

interface Draft {
  /** ISO 8601 UTC. */
  readonly foundAt: string
  readonly carrier: Carrier
  readonly what: string
  readonly who: string
  readonly course: string
  readonly measures: string
}

function ReportForm({ onClose }: { onClose(): void }) {
  const text = useText()
  const [draft, setDraft] = useState<Draft>(() => ({
    foundAt: dayjs().toISOString(),
    carrier: 'paper',
    what: '',
    who: '',
    course: '',
    measures: '',
  }))
  const [wasTried, setTried] = useState(false)
  const [number, setNumber] = useState<string | null>(null)
  const action = useAction('incident.report')
  const change = (part: Partial<Draft>) => setDraft((before) => ({ ...before, ...part }))
  const isFuture = dayjs(draft.foundAt).isAfter(dayjs())
  const lacksWhat = draft.what.trim() === ''
  const send = async () => {
    setTried(true)
    if (isFuture || lacksWhat) return
    const trimmed = Object.fromEntries(texts.map((field) => [field, draft[field].trim()])) as Record<
      (typeof texts)[number],
      string
    >
    const result = await action.run({ carrier: draft.carrier, foundAt: draft.foundAt, ...trimmed })
    if (result.ok) setNumber(result.value.incident.slice(0, 8).toUpperCase())
  }
  if (number !== null) {
    return (
      <Alert
        type="success"
        showIcon
        title={text('incident.reported', { number })}
        description={text('incident.reported.next')}
        action={<Button onClick={onClose}>{text('do.close')}</Button>}
      />
    )
  }
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault()
        void send()
      }}
      {...formKeys()}
    >
      <p className="prose-line">{text('incident.report.hint')}</p>
      <NoAuditor note="incident.report.small" />
      <div className="follow-up-upward">
        <FormLine
          id="incident-found"
          label={text('incident.found')}
          isRequired
          error={wasTried && isFuture ? text('incident.found.future') : null}
        >
          <MinutePicker
            id="incident-found"
            isWrong={wasTried && isFuture}
            value={draft.foundAt}
            onChange={(foundAt) => change({ foundAt })}
          />
        </FormLine>
        <FormLine id="incident-carrier" label={text('incident.carrier')}>
          <Select<Carrier>
            id="incident-carrier"
            className="fill"
            value={draft.carrier}
            options={carriers.map((one) => ({ value: one, label: text(`incident.carrier.${one}`) }))}
            onChange={(carrier) => change({ carrier })}
          />
        </FormLine>
      </div>
      <Paragraph
        field="what"
        value={draft.what}
        hint={text('incident.what.hint')}
        error={wasTried && lacksWhat ? text('incident.what.missing') : null}
        onChange={(what) => change({ what })}
      />
      <FormLine id="incident-who" label={text('incident.who')}>
        <Input
          id="incident-who"
          maxLength={120}
          value={draft.who}
          onChange={(event) => change({ who: event.target.value })}
        />
      </FormLine>
      <Paragraph
        field="course"
        value={draft.course}
        hint={text('incident.course.hint')}
        onChange={(course) => change({ course })}
      />
      <Paragraph field="measures" value={draft.measures} onChange={(measures) => change({ measures })} />
      <div className="form-actions">
        <Button type="primary" htmlType="submit" loading={action.isBusy}>
          {text('incident.report.send')}
        </Button>
        <Button onClick={onClose}>{text('do.cancel')}</Button>
      </div>
      <ErrorNotice failure={action.failure} />
    </form>
  )
}

interface ParagraphProps {
  readonly field: 'what' | 'course' | 'measures'
  readonly value: string
  readonly hint?: string
  /** Undefined for a field that may stay empty. */
  readonly error?: string | null
  onChange(value: string): void
}

function Paragraph({ field, value, hint, error, onChange }: ParagraphProps) {
  const text = useText()
  const id = `incident-${field}`
  const isRequired = error !== undefined
  return (
    <FormLine
      id={id}
      label={text(`incident.${field}`)}
      isRequired={isRequired}
      error={error ?? null}
      {...(hint === undefined ? {} : { hint })}
    >
      <Input.TextArea
        id={id}
        rows={3}
        maxLength={800}
        aria-required={isRequired}
        aria-invalid={error !== null && error !== undefined}
        aria-describedby={`${id}-notes`}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
    </FormLine>
  )
}

/** Where nobody at work holds the audit key, people should know who will read what is sealed to it. */
export function NoAuditor({ note }: { readonly note: 'incident.report.small' | 'audit.small' }) {
  const text = useText()
  const unit = useQuery('unit.read', {}, ['control'])
  const hasAuditor = unit.data?.members.some(({ keyrings }) => keyrings.includes('audit')) ?? true
  return hasAuditor ? null : <Alert type="warning" showIcon title={text(note)} />
}
