import { Button, Radio } from 'antd'
import { useMemo, useState } from 'react'
import { findCategory } from '../../../src-shared/catalogue/read.ts'
import type { EndTask, KeyCommit } from '../../../src-shared/contract/member-views.ts'
import { useDesk } from '../../app/contexts.ts'
import { useAction } from '../../app/use-action.ts'
import { useQuery } from '../../app/use-query.ts'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { groupedHex, momentText } from '../../ui/moment.ts'
import { useText, useTextOr } from '../../ui/text.ts'

/** Where a removed key ends in a compartment: what stands beyond it was never done. */
export function EndCard({ task }: { readonly task: EndTask }) {
  const text = useText()
  const bound = useAction('member.bound')
  const { member, key, compartment } = task
  const [chooses, setChooses] = useState(task.cause === 'copied')
  const [last, setLast] = useState<Readonly<Record<string, number>>>({})
  const title = `end-${key}-${compartment}`
  const run = () =>
    void bound.run({
      member,
      key,
      compartment,
      last: chooses ? Object.entries(last).map(([log, seq]) => ({ log, seq })) : [],
    })
  return (
    <section className="card" aria-labelledby={title}>
      <h2 id={title}>
        {text('members.end.title', { name: task.name, compartment: text(`compartment.${compartment}`) })}
      </h2>
      <p className="prose-line">
        {text(`members.end.${task.cause}`, { name: task.name, at: momentText(task.removedAt) })}{' '}
        <code className="nowrap">{groupedHex(task.fingerprint)}</code>
      </p>
      <Radio.Group
        className="stacked"
        value={chooses}
        options={[
          { value: false, label: text('members.end.all') },
          { value: true, label: text('members.end.choose') },
        ]}
        onChange={(event) => setChooses(event.target.value as boolean)}
      />
      {chooses ? <Commits task={task} last={last} onChange={setLast} /> : null}
      <ErrorNotice failure={bound.failure} />
      <div className="form-actions">
        <Button
          type="primary"
          danger={Object.keys(last).length > 0 && chooses}
          loading={bound.isBusy}
          onClick={run}
        >
          {text('members.end.run')}
        </Button>
        <span className="prose-faint">{text('members.end.once')}</span>
      </div>
    </section>
  )
}

interface CommitsProps {
  readonly task: EndTask
  readonly last: Readonly<Record<string, number>>
  onChange(last: Readonly<Record<string, number>>): void
}

/** Choosing a commit keeps it and everything before it in its log; what is newer does not count. */
function Commits({ task, last, onChange }: CommitsProps) {
  const text = useText()
  const textOr = useTextOr()
  const { catalogue } = useDesk()
  const { member, key, compartment } = task
  const commits = useQuery('member.commits', { member, key, compartment }, [compartment])
  const about = ({ cadreName, category }: KeyCommit) =>
    [cadreName ?? '', category === null ? '' : (findCategory(catalogue, category)?.name ?? category)]
      .join(' ')
      .trim()
  const logs = useMemo(() => byLog(commits.data?.items ?? []), [commits.data])
  if (commits.failure !== null) return <ErrorNotice failure={commits.failure} onRetry={commits.reload} />
  if (commits.data !== null && logs.length === 0) {
    return <p className="prose-faint">{text('members.end.no-commits')}</p>
  }
  return (
    <>
      {logs.map(({ log, device, items }) => {
        const chosen = last[log] ?? items[0]?.seq ?? -1
        const rows = [...items.map((item) => item.seq), -1]
        return (
          <table key={log} className="grid-table end-commits">
            <caption>{text('members.end.log', { device })}</caption>
            <thead>
              <tr>
                <th scope="col">{text('members.end.last')}</th>
                <th scope="col">{text('column.time')}</th>
                <th scope="col">{text('log.action')}</th>
                <th scope="col">{text('members.history.about')}</th>
                <th scope="col" className="is-end">
                  {text('log.operations')}
                </th>
                <th scope="col">{text('log.effect')}</th>
              </tr>
            </thead>
            <tbody>
              {rows.map((seq) => {
                const item = items.find((one) => one.seq === seq)
                const words =
                  item === undefined
                    ? text('members.end.nothing')
                    : [momentText(item.at), textOr(`action.${item.action}`), about(item)].join(' ')
                return (
                  <tr key={seq} className={seq > chosen ? 'is-void' : ''}>
                    <td>
                      <Radio
                        name={`last-${log}`}
                        aria-label={words}
                        checked={seq === chosen}
                        onChange={() => onChange({ ...last, [log]: seq })}
                      />
                    </td>
                    {item === undefined ? (
                      <td colSpan={4}>{text('members.end.nothing')}</td>
                    ) : (
                      <>
                        <td className="number nowrap">{momentText(item.at)}</td>
                        <td>{textOr(`action.${item.action}`)}</td>
                        <td>{about(item)}</td>
                        <td className="is-end number">{item.operations.toLocaleString('en-US')}</td>
                      </>
                    )}
                    <td className="nowrap">
                      {item === undefined ? '' : text(seq > chosen ? 'log.void' : 'log.in-force')}
                    </td>
                  </tr>
                )
              })}
            </tbody>
          </table>
        )
      })}
      {commits.data?.isCut === true ? <p className="prose-faint">{text('members.end.cut')}</p> : null}
    </>
  )
}

function byLog(items: readonly KeyCommit[]) {
  const logs = new Map<string, { log: string; device: string; items: KeyCommit[] }>()
  for (const item of items) {
    const known = logs.get(item.log) ?? { log: item.log, device: item.device, items: [] }
    known.items.push(item)
    logs.set(item.log, known)
  }
  return [...logs.values()]
}
