import { Button, Checkbox, Segmented, Skeleton } from 'antd'
import dayjs from 'dayjs'
import { Fragment, useMemo, useState } from 'react'
import type { UnusualLine } from '../../../src-shared/contract/audit.ts'
import type { UnusualKind, UnusualRules } from '../../../src-shared/audit/unusual.ts'
import { goTo } from '../../app/routes.ts'
import { useQuery } from '../../app/use-query.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { dayText, momentText } from '../../ui/moment.ts'
import { Mark } from '../../ui/status-tag.tsx'
import { useText, type Text } from '../../ui/text.ts'
import { noFilters, useAudit } from './audit-state.ts'
import { DispositionForm } from './disposition-form.tsx'

const spans = [30, 90, 365] as const
type Span = (typeof spans)[number]

/** Kinds whose entries a finding rests on, for looking at them. */
const kindsOf: Partial<
  Record<UnusualKind, Parameters<ReturnType<typeof useAudit.getState>['set']>[0]['kinds']>
> = {
  refused: ['refused'],
  'failed-log-ins': ['unlock-failed'],
  fishing: ['search', 'dossier'],
}

/** What the rules point out, each with its arithmetic; what comes of it, the auditor says and signs. */
export function Unusual() {
  const text = useText()
  const [span, setSpan] = useState<Span>(90)
  const [isOpenOnly, setOpenOnly] = useState(false)
  const [deciding, setDeciding] = useState<string | null>(null)
  const from = useMemo(() => dayjs().subtract(span, 'day').startOf('day').toISOString(), [span])
  const unusual = useQuery('access.unusual', { from, until: null }, ['control'])
  const findings = (unusual.data?.findings ?? []).filter(
    ({ dispositions }) => !isOpenOnly || dispositions.length === 0,
  )
  return (
    <>
      <div className="audit-bar">
        <Segmented<Span>
          aria-label={text('audit.filter.time')}
          value={span}
          options={spans.map((days) => ({ value: days, label: text(`unusual.days.${days}`) }))}
          onChange={setSpan}
        />
        <Checkbox checked={isOpenOnly} onChange={(event) => setOpenOnly(event.target.checked)}>
          {text('unusual.open-only')}
        </Checkbox>
        <span className="prose-faint" role="status">
          {unusual.data === null
            ? ''
            : `${text('unusual.looked', { count: unusual.data.entries })} · ${rulesText(text, unusual.data.rules)}`}
        </span>
      </div>
      <ErrorNotice failure={unusual.failure} onRetry={unusual.reload} />
      {unusual.isLoading ? <Skeleton active /> : null}
      {unusual.data !== null && findings.length === 0 ? (
        <EmptyState
          title={text('unusual.none')}
          hint={text('unusual.none.hint', { count: unusual.data.entries })}
        />
      ) : null}
      {unusual.data === null || findings.length === 0 ? null : (
        <div className="table-scroll">
          <table className="grid-table unusual-table" aria-label={text('audit.unusual')}>
            <thead>
              <tr>
                <th scope="col">{text('column.time')}</th>
                <th scope="col">{text('audit.filter.members')}</th>
                <th scope="col">{text('unusual.rule')}</th>
                <th scope="col">{text('unusual.why')}</th>
                <th scope="col">{text('unusual.note')}</th>
                <th scope="col">{text('column.action')}</th>
              </tr>
            </thead>
            <tbody>
              {findings.map((finding) => (
                <Fragment key={finding.key}>
                  <Finding
                    finding={finding}
                    rules={unusual.data?.rules ?? null}
                    isDeciding={deciding === finding.key}
                    onDecide={() => setDeciding(deciding === finding.key ? null : finding.key)}
                  />
                  {deciding === finding.key ? (
                    <tr className="grid-more">
                      <td colSpan={6}>
                        <DispositionForm finding={finding.key} onDone={() => setDeciding(null)} />
                      </td>
                    </tr>
                  ) : null}
                </Fragment>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </>
  )
}

function rulesText(text: Text, rules: UnusualRules): string {
  const hours = rules.utcOffsetMinutes / 60
  return text('unusual.rules', { version: rules.version, offset: `${hours < 0 ? '' : '+'}${hours}` })
}

interface FindingProps {
  readonly finding: UnusualLine
  readonly rules: UnusualRules | null
  readonly isDeciding: boolean
  onDecide(): void
}

function Finding({ finding, rules, isDeciding, onDecide }: FindingProps) {
  const text = useText()
  const set = useAudit((audit) => audit.set)
  const see = () => {
    set({
      ...noFilters,
      members: [finding.member],
      from: dayText(finding.from),
      until: dayText(finding.to),
      kinds: kindsOf[finding.rule] ?? [],
      cadre: finding.cadre ?? '',
      cadreLabel: finding.cadreName ?? finding.cadre ?? '',
    })
    goTo('audit', 'entries')
  }
  return (
    <tr>
      <td className="number nowrap">
        {momentText(finding.from)}
        {finding.to.slice(0, 16) === finding.from.slice(0, 16)
          ? ''
          : ` – ${dayjs(finding.to).format('HH:mm')}`}
      </td>
      <td className="nowrap">{finding.memberName}</td>
      <td className="nowrap">
        <Mark shape="▲" tone="watch" word={text(`unusual.${finding.rule}`)} />
      </td>
      <td>{rules === null ? '' : whyText(text, finding, rules)}</td>
      <td className="unusual-notes">
        {finding.dispositions.length === 0 ? (
          <Mark shape="○" tone="plain" word={text('unusual.waiting')} />
        ) : (
          finding.dispositions.map((note) => (
            <p key={note.at}>
              <Mark shape="◆" tone="action" word={text(`unusual.disposition.${note.disposition}`)} />{' '}
              {note.words}{' '}
              <span className="prose-faint number">
                {note.memberName} {momentText(note.at)}
              </span>
            </p>
          ))
        )}
      </td>
      <td className="nowrap">
        <Button type="link" size="small" onClick={see}>
          {text('unusual.see')}
        </Button>
        <Button type="link" size="small" aria-expanded={isDeciding} onClick={onDecide}>
          {text('unusual.note.make')}
        </Button>
      </td>
    </tr>
  )
}

/** The rule with its inputs and thresholds in words. */
function whyText(text: Text, finding: UnusualLine, rules: UnusualRules): string {
  const { counted, threshold, base, cadreName } = finding
  const { from, until, weekdays } = rules.officeHours
  const days = weekdays.flatMap((day) => text(`unusual.day.${day}` as 'unusual.day.1')).join('')
  return text(`unusual.${finding.rule}.why`, {
    counted,
    threshold,
    base: base ?? 0,
    cadre: cadreName === null ? '' : `（${cadreName}）`,
    from,
    until,
    days: text('unusual.week', { days }),
    minutes: rules.fishing.minutesToOpen,
  })
}
