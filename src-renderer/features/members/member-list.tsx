import { PlusOutlined } from '@ant-design/icons'
import { Button, Checkbox, Skeleton } from 'antd'
import { useState } from 'react'
import type { MemberLine, MemberStanding } from '../../../src-shared/contract/member-views.ts'
import { goTo, hrefOf } from '../../app/routes.ts'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { Mark } from '../../ui/status-tag.tsx'
import { useList, useText } from '../../ui/text.ts'
import { VirtualTable } from '../../ui/virtual-table.tsx'
import { countTasks, useMembers, useTasks } from './use-members.ts'

interface MemberListProps {
  readonly selected: string | null
  readonly mayInvite: boolean
}

export function MemberList({ selected, mayInvite }: MemberListProps) {
  const text = useText()
  const list = useList()
  const members = useMembers()
  const tasks = useTasks()
  const [showsLeft, setShowsLeft] = useState(false)
  const all = members.data?.members ?? []
  const hasLeft = all.some((member) => member.standing === 'left')
  const rows = all.filter((member) => showsLeft || member.standing !== 'left' || member.id === selected)
  const waiting = tasks.data === null ? 0 : countTasks(tasks.data)
  return (
    <section className="beside-list" aria-label={text('members.list')}>
      <div className="beside-tools members-tools">
        <Button
          href={hrefOf('members', 'tasks')}
          {...(selected === 'tasks' ? { 'aria-current': 'page' } : {})}
          className="members-tasks-link"
        >
          {waiting === 0 ? text('members.tasks') : text('members.tasks.count', { count: waiting })}
        </Button>
        {mayInvite ? (
          <Button type="primary" icon={<PlusOutlined />} href={hrefOf('members', 'new')}>
            {text('members.invite')}
          </Button>
        ) : null}
      </div>
      <ErrorNotice failure={members.failure} onRetry={members.reload} />
      {members.data === null && members.failure === null ? (
        <Skeleton active className="page" />
      ) : (
        <VirtualTable<MemberLine>
          label={text('members.list')}
          rows={rows}
          columns={[
            {
              key: 'who',
              title: text('members.name'),
              width: 'minmax(0, 1fr)',
              render: (member) => (
                <div className="who">
                  <span className="who-name">{member.name}</span>
                  <span className="who-post">
                    {member.roles.length === 0
                      ? text('members.no-role')
                      : list(member.roles.map((role) => text(`role.${role}`)))}
                  </span>
                </div>
              ),
            },
            {
              key: 'state',
              title: text('column.status'),
              width: 'max-content',
              align: 'end',
              render: (member) => <Standing standing={member.standing} />,
            },
          ]}
          rowKey={(member) => member.id}
          rowHeight={52}
          hasHeader={false}
          selected={selected}
          onOpen={(member) => goTo('members', member.id)}
        />
      )}
      <div className="beside-foot members-foot">
        <span role="status">{text('members.count', { count: rows.length })}</span>
        {hasLeft ? (
          <Checkbox checked={showsLeft} onChange={(event) => setShowsLeft(event.target.checked)}>
            {text('members.show-left')}
          </Checkbox>
        ) : null}
      </div>
    </section>
  )
}

const looks = {
  working: { shape: '◆', tone: 'action' },
  unconfirmed: { shape: '◇', tone: 'watch' },
  'no-role': { shape: '○', tone: 'watch' },
  suspended: { shape: '▲', tone: 'risk' },
  left: { shape: '—', tone: 'plain' },
} as const

export function Standing({ standing }: { readonly standing: MemberStanding }) {
  const text = useText()
  const { shape, tone } = looks[standing]
  return <Mark shape={shape} tone={tone} word={text(`members.standing.${standing}`)} />
}
