import { Skeleton } from 'antd'
import { useDesk } from '../../app/contexts.ts'
import { holdsAny } from '../../app/session.ts'
import { useQuery } from '../../app/use-query.ts'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { CalendarYears } from './calendar-years.tsx'
import { DeadlinesForm } from './deadlines-form.tsx'

/** By when the work is done and which days are worked: an approver signs both, everybody may look. */
export function CalendarPage() {
  const { session } = useDesk()
  const calendar = useQuery('calendar.read', {}, ['control'])
  if (calendar.failure !== null) return <ErrorNotice failure={calendar.failure} onRetry={calendar.reload} />
  if (calendar.data === null) return <Skeleton active />
  const { data } = calendar
  const mayChange = holdsAny(session, ['approver'])
  return (
    <>
      <DeadlinesForm key={JSON.stringify(data.deadlines)} deadlines={data.deadlines} mayChange={mayChange} />
      <CalendarYears calendar={data} mayChange={mayChange} />
    </>
  )
}
