import { Button } from 'antd'
import { useState } from 'react'
import type { SourceLine, SourceList } from '../../../src-shared/contract/sources.ts'
import { useDesk } from '../../app/contexts.ts'
import { useAction } from '../../app/use-action.ts'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { momentText } from '../../ui/moment.ts'
import { Mark } from '../../ui/status-tag.tsx'
import { useText } from '../../ui/text.ts'
import { FolderBrowser } from '../sync/folder-browser.tsx'
import { DeliverForm } from './deliver-form.tsx'
import { SourceForm } from './source-form.tsx'
import { categoryNames, deliveryMarks, departmentName } from './source-words.ts'

/** Periods that are shown; older ones are in the log. */
const shownPeriods = 6

interface SourceCardProps {
  readonly source: SourceLine
  readonly today: string
  readonly may: SourceList['may']
  onChanged(): void
}

/** One source: its plan, its folder on this computer, and what became of the newest periods. */
export function SourceCard({ source, today, may, onChanged }: SourceCardProps) {
  const text = useText()
  const { catalogue } = useDesk()
  const folder = useAction('source.folder')
  const [open, setOpen] = useState<'change' | 'folder' | 'note' | null>(null)
  const { profile, lines } = source
  const { name } = profile
  const close = () => setOpen(null)
  const setFolder = async (path: string | null) => {
    const done = await folder.run({ source: source.source, folder: path })
    if (!done.ok) return
    close()
    onChanged()
  }
  if (open === 'change') return <SourceForm source={source} today={today} onClose={close} />
  return (
    <section className="card source-card" aria-labelledby={`source-${source.source}`}>
      <div className="source-head">
        <h2 id={`source-${source.source}`}>{name}</h2>
        <span className="prose-faint">{departmentName(catalogue, profile.department)}</span>
        {profile.ended ? <Mark shape="·" tone="plain" word={text('deliveries.ended')} /> : null}
        <span className="topbar-space" />
        {may.deliver && !profile.ended ? (
          <>
            <Button
              size="small"
              aria-label={text('deliveries.note.label', { name })}
              onClick={() => setOpen('note')}
            >
              {text('deliveries.note')}
            </Button>
            <Button
              size="small"
              aria-label={text('deliveries.folder.set.label', { name })}
              onClick={() => setOpen('folder')}
            >
              {text('deliveries.folder.set')}
            </Button>
          </>
        ) : null}
        {may.plan ? (
          <Button
            size="small"
            aria-label={text('deliveries.change.label', { name })}
            onClick={() => setOpen('change')}
          >
            {text('deliveries.change')}
          </Button>
        ) : null}
      </div>
      <dl className="source-plan">
        <dt>{text('deliveries.categories')}</dt>
        <dd>{categoryNames(catalogue, profile.categories)}</dd>
        <dt>{text('deliveries.plan')}</dt>
        <dd>
          {profile.cycle === 'event'
            ? text('deliveries.plan.event')
            : text('deliveries.plan.every', {
                cycle: text(`source.cycle.${profile.cycle}`),
                days: profile.withinWorkingDays,
              })}
        </dd>
        <dt>{text('deliveries.check')}</dt>
        <dd>{text(`source.check.${profile.check}`)}</dd>
        {may.deliver ? (
          <>
            <dt>{text('deliveries.folder')}</dt>
            <dd>
              {source.folder === null ? (
                <span className="prose-faint">{text('deliveries.folder.none')}</span>
              ) : (
                <>
                  <code>{source.folder}</code>{' '}
                  <Button
                    type="link"
                    size="small"
                    aria-label={text('deliveries.folder.clear.label', { name })}
                    onClick={() => void setFolder(null)}
                  >
                    {text('deliveries.folder.clear')}
                  </Button>
                </>
              )}
            </dd>
          </>
        ) : null}
      </dl>
      {open === 'folder' ? (
        <FolderChoice
          start={source.folder}
          isBusy={folder.isBusy}
          onUse={(path) => void setFolder(path)}
          onClose={close}
        />
      ) : null}
      <ErrorNotice failure={folder.failure} />
      {open === 'note' ? <DeliverForm source={source} today={today} onClose={close} /> : null}
      {lines.length === 0 ? null : <Periods source={source} />}
      <p className="figures-note">
        {source.lastOn === null
          ? text('deliveries.last.none')
          : text('deliveries.last', { day: source.lastOn })}
        {' · '}
        {text('deliveries.set-by', { name: source.set.name, at: momentText(source.set.at) })}
      </p>
    </section>
  )
}

function Periods({ source }: { readonly source: SourceLine }) {
  const text = useText()
  return (
    <table className="grid-table" aria-label={text('deliveries.table', { name: source.profile.name })}>
      <thead>
        <tr>
          <th scope="col">{text('deliveries.period')}</th>
          <th scope="col">{text('deliveries.state')}</th>
          <th scope="col">{text('deliveries.due')}</th>
          <th scope="col">{text('deliveries.on')}</th>
        </tr>
      </thead>
      <tbody>
        {source.lines.slice(0, shownPeriods).map((line) => (
          <tr key={line.period}>
            <td className="nowrap number">{line.period}</td>
            <td className="nowrap">
              <Mark {...deliveryMarks[line.state]} word={text(`delivery.state.${line.state}`)} />
              {line.daysLate === 0 ? null : (
                <span className="source-late">{text('deliveries.late', { days: line.daysLate })}</span>
              )}
            </td>
            <td className="nowrap number">{line.due}</td>
            <td className="nowrap number">{line.deliveredOn ?? '—'}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

interface FolderChoiceProps {
  readonly start: string | null
  readonly isBusy: boolean
  onUse(path: string): void
  onClose(): void
}

function FolderChoice({ start, isBusy, onUse, onClose }: FolderChoiceProps) {
  const text = useText()
  const [path, setPath] = useState(start)
  return (
    <div className="source-folder">
      <p className="prose-line">{text('deliveries.folder.hint')}</p>
      <FolderBrowser path={path} procedure="import.browse" onPath={setPath}>
        {(view) => (
          <div className="form-actions">
            <Button type="primary" loading={isBusy} onClick={() => onUse(view.path)}>
              {text('deliveries.folder.use')}
            </Button>
            <Button onClick={onClose}>{text('deliveries.cancel')}</Button>
          </div>
        )}
      </FolderBrowser>
    </div>
  )
}
