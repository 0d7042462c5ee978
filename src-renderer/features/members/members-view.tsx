import { useDesk } from '../../app/contexts.ts'
import { useRoute } from '../../app/routes.ts'
import { holdsAny } from '../../app/session.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { useText } from '../../ui/text.ts'
import { InvitePage } from './invite-page.tsx'
import { MemberList } from './member-list.tsx'
import { MemberPage } from './member-page.tsx'
import { TasksPage } from './tasks-page.tsx'

/** `#/members`, `#/members/<member>`, `#/members/new`, `#/members/tasks`: the list beside what is looked at. */
export function MembersView() {
  const text = useText()
  const { session } = useDesk()
  const [, part] = useRoute((route) => route.parts)
  const mayInvite = holdsAny(session, ['secadmin'])
  return (
    <div className="beside">
      <MemberList selected={part ?? null} mayInvite={mayInvite} />
      {/* It may hold nothing to press and still be longer than the window: the keyboard scrolls it too. */}
      <section className="beside-detail" tabIndex={0} aria-label={text('members.detail')}>
        {part === undefined ? (
          <>
            <h1 className="sr-only">{text('nav.members')}</h1>
            <EmptyState title={text('members.choose')} hint={text('members.choose.hint')} />
          </>
        ) : part === 'tasks' ? (
          <TasksPage />
        ) : part === 'new' && mayInvite ? (
          <InvitePage />
        ) : (
          <MemberPage key={part} member={part} />
        )}
      </section>
    </div>
  )
}
