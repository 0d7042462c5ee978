import { Button, Descriptions, Drawer } from 'antd'
import { isRole } from '../../../src-shared/access/roles.ts'
import type { AccessLine } from '../../../src-shared/contract/audit.ts'
import { errorCodes } from '../../../src-shared/kernel/errors.ts'
import { useDesk } from '../../app/contexts.ts'
import { groupedHex } from '../../ui/moment.ts'
import { useText, useTextOr } from '../../ui/text.ts'
import { noFilters, useAudit } from './audit-state.ts'
import { EntrySigns, KindWord, purposeText, subjectText } from './entry-columns.tsx'
import { secondText } from './seconds.ts'

interface EntryDrawerProps {
  /** Null shows nothing. */
  readonly line: AccessLine | null
  onClose(): void
}

/** One entry with everything it says and the commit it stands in. */
export function EntryDrawer({ line, onClose }: EntryDrawerProps) {
  const text = useText()
  return (
    <Drawer
      open={line !== null}
      onClose={onClose}
      rootClassName="below-topbar"
      size="min(40rem, 94vw)"
      title={text('audit.entries')}
      closable={{ 'aria-label': text('do.close') }}
      destroyOnHidden
    >
      {line === null ? null : <Entry line={line} onClose={onClose} />}
    </Drawer>
  )
}

function Entry({ line, onClose }: { readonly line: AccessLine; onClose(): void }) {
  const text = useText()
  const textOr = useTextOr()
  const { catalogue } = useDesk()
  const set = useAudit((audit) => audit.set)
  const only = (change: Parameters<typeof set>[0]) => {
    set({ ...noFilters, ...change })
    onClose()
  }
  const { subject } = line
  const ids = (['cadre', 'record', 'evidence', 'batch', 'bundle'] as const).flatMap((name) => {
    const id = subject?.[name]
    return id === undefined ? [] : [{ name, id }]
  })
  return (
    <div className="audit-entry">
      <Descriptions
        bordered
        size="small"
        column={1}
        items={[
          {
            key: 'at',
            label: text('column.time'),
            children: <span className="number">{secondText(line.at)}</span>,
          },
          {
            key: 'member',
            label: text('audit.filter.members'),
            children: `${line.memberName} · ${isRole(line.role) ? text(`role.${line.role}`) : line.role}`,
          },
          { key: 'device', label: text('audit.column.device'), children: line.deviceName },
          { key: 'kind', label: text('audit.column.kind'), children: <KindWord line={line} /> },
          {
            key: 'subject',
            label: text('audit.column.subject'),
            children: subjectText(text, textOr, catalogue, line),
          },
          ...ids.map(({ name, id }) => ({
            key: name,
            label: text(`audit.id.${name}`),
            children: <code title={id}>{groupedHex(id, 32)}</code>,
          })),
          { key: 'purpose', label: text('audit.column.purpose'), children: purposeText(textOr, line) },
          {
            key: 'state',
            label: text('audit.column.flags'),
            children: (
              <>
                {line.state === 'good' ? `${text('audit.state.good')} ` : null}
                <EntrySigns line={line} />
                <StateWhy line={line} />
              </>
            ),
          },
          {
            key: 'leaf',
            label: text('log.leaf'),
            children: <code className="fingerprint">{groupedHex(line.leaf, 64)}</code>,
          },
        ]}
      />
      <div className="panel-actions">
        <Button onClick={() => only({ members: [line.member] })}>{text('audit.only.member')}</Button>
        {subject?.cadre === undefined ? null : (
          <Button
            onClick={() =>
              only({ cadre: subject.cadre ?? '', cadreLabel: subject.cadreName ?? subject.cadre ?? '' })
            }
          >
            {text('audit.only.cadre')}
          </Button>
        )}
      </div>
    </div>
  )
}

/** Why an entry does not count. */
function StateWhy({ line }: { readonly line: AccessLine }) {
  const text = useText()
  const code = errorCodes.find((known) => known === line.code)
  if (line.state === 'sealed' || line.state === 'contradicts')
    return <p className="prose-line">{text(`audit.state.${line.state}.why`)}</p>
  return code === undefined ? null : <p className="prose-line">{text(`error.${code}`)}</p>
}
