import { useDesk } from '../../app/contexts.ts'
import { useRoute } from '../../app/routes.ts'
import { holdsAny } from '../../app/session.ts'
import { PageHeader } from '../../ui/page-header.tsx'
import { PlaceTabs } from '../../ui/place-tabs.tsx'
import { useText } from '../../ui/text.ts'
import { businessRoles } from '../../../src-shared/access/roles.ts'
import { CataloguePage } from '../catalogue/catalogue-page.tsx'
import { AccountPage } from './account-page.tsx'
import { CalendarPage } from './calendar-page.tsx'
import { LinePage } from './line-page.tsx'
import { UnitSettings } from './unit-settings.tsx'

const tabs = ['account', 'calendar', 'line', 'catalogue', 'unit'] as const

/** `#/settings/<tab>`: one's own account, deadlines and working days, reporting lines, and for secadmin what holds
 * for the whole unit. */
export function SettingsView() {
  const text = useText()
  const { session } = useDesk()
  const [, first] = useRoute((route) => route.parts)
  const offered = tabs.filter((tab) =>
    tab === 'unit' ? holdsAny(session, ['secadmin']) : tab !== 'line' || holdsAny(session, businessRoles),
  )
  const tab = offered.find((one) => one === first) ?? 'account'
  return (
    <div className="page">
      <PageHeader title={text('nav.settings')} hint={text(`settings.${tab}.hint`)}>
        <PlaceTabs
          label={text('nav.settings')}
          current={tab}
          items={offered.map((one) => ({
            key: one,
            parts: ['settings', one],
            label: text(`settings.${one}`),
          }))}
        />
      </PageHeader>
      {tab === 'account' ? (
        <AccountPage />
      ) : tab === 'calendar' ? (
        <CalendarPage />
      ) : tab === 'line' ? (
        <LinePage />
      ) : tab === 'catalogue' ? (
        <CataloguePage />
      ) : (
        <UnitSettings />
      )}
    </div>
  )
}
