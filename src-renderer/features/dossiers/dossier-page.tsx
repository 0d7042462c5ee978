import { Button, DatePicker, Skeleton } from 'antd'
import dayjs from 'dayjs'
import { useState, type ReactNode } from 'react'
import { askedOf, standingCategory, standingOf } from '../../../src-shared/catalogue/asked.ts'
import type { Category } from '../../../src-shared/catalogue/schema.ts'
import type { DossierViewName } from '../../../src-shared/contract/dossier.ts'
import type { DossierView, RecordFact } from '../../../src-shared/contract/views.ts'
import { useDesk, visibleCategories } from '../../app/contexts.ts'
import { goTo, hrefOf } from '../../app/routes.ts'
import { holdsAny } from '../../app/session.ts'
import { useQuery } from '../../app/use-query.ts'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { MaskedIdentity } from '../../ui/masked-identity.tsx'
import { momentText } from '../../ui/moment.ts'
import { Mark } from '../../ui/status-tag.tsx'
import { useText } from '../../ui/text.ts'
import { DossierDue } from '../cycles/dossier-due.tsx'
import { StageLine } from '../cycles/stage-line.tsx'
import { DossierMenu } from '../disclosure/dossier-menu.tsx'
import { ForeignDossiers, HeldNotice } from '../transfer/dossier-transfer.tsx'
import { CategorySection } from './category-section.tsx'
import { CompletenessView } from './completeness-view.tsx'
import { DossierTabs } from './dossier-tabs.tsx'
import { DossierTags } from './dossier-tags.tsx'
import type { DossierViewProps } from './dossier-views.ts'
import { HouseholdView } from './household-view.tsx'
import { MergedLine } from './merged-line.tsx'
import { DossierRivals } from '../rivals/dossier-rivals.tsx'
import { RecordDrawer } from './record-drawer.tsx'
import { RelationsView } from './relations-view.tsx'
import { TimelineView } from './timeline-view.tsx'

interface DossierPageProps {
  readonly cadre: string
  readonly view: DossierViewName
  readonly record: string | null
}

const groups = ['A', 'B', 'C', 'D', 'E'] as const

/** All that is kept about one cadre, now or as it was at a moment. Every view of it is read, and entered, by itself. */
export function DossierPage({ cadre, view, record }: DossierPageProps) {
  const text = useText()
  const desk = useDesk()
  const [at, setAt] = useState<string | null>(null)
  const [isOnPaper, setOnPaper] = useState(false)
  const dossier = useQuery('cadre.read', { cadre, at, view })
  // Whose dossier it is stays on the screen while another view of it is read.
  const [head, setHead] = useState<DossierView | null>(null)
  if (dossier.data !== null && dossier.data !== head) setHead(dossier.data)
  if (dossier.failure !== null) return <ErrorNotice failure={dossier.failure} onRetry={dossier.reload} />
  if (head === null) return <Skeleton active className="page" />
  const seen = visibleCategories(desk)
  // The discipline compartment goes on paper only by a request that somebody approved.
  const shown = {
    categories: isOnPaper ? seen.filter(({ compartment }) => compartment === 'archive') : seen,
    isOnPaper,
  }
  return (
    <article className="dossier">
      <p className="dossier-paper-title">
        {text('dossier.paper.title', { name: head.cadre.name, view: text(`dossier.view.${view}`) })}
      </p>
      <DossierHeader dossier={head} at={at} onMoment={setAt}>
        <DossierTabs cadre={cadre} view={view} isOnPaper={isOnPaper} onPaper={setOnPaper} />
      </DossierHeader>
      {dossier.data === null ? (
        <Skeleton active />
      ) : view === 'facts' ? (
        <>
          {at === null ? (
            <div className="no-print">
              <DossierRivals dossier={dossier.data} />
              <DossierDue cadre={cadre} />
            </div>
          ) : null}
          <Sections dossier={dossier.data} categories={shown.categories} />
          {at === null ? <ForeignDossiers cadre={cadre} /> : null}
        </>
      ) : view === 'completeness' ? (
        <CompletenessView dossier={dossier.data} {...shown} />
      ) : view === 'household' ? (
        <HouseholdView dossier={dossier.data} {...shown} />
      ) : view === 'timeline' ? (
        <TimelineView dossier={dossier.data} {...shown} />
      ) : (
        <RelationsView dossier={dossier.data} {...shown} />
      )}
      <RecordDrawer
        record={record}
        onClose={() => goTo('dossiers', cadre, ...(view === 'facts' ? [] : [view]))}
      />
    </article>
  )
}

interface DossierHeaderProps {
  readonly dossier: DossierView
  readonly at: string | null
  onMoment(at: string | null): void
  readonly children: ReactNode
}

function DossierHeader({ dossier, at, onMoment, children }: DossierHeaderProps) {
  const text = useText()
  const { session } = useDesk()
  const { cadre, identityNumber } = dossier
  return (
    <header className="dossier-head">
      <div className="dossier-line">
        <h1>{cadre.name}</h1>
        {identityNumber === null ? null : <MaskedIdentity number={identityNumber} />}
        {cadre.incomplete ? (
          <span title={text('dossiers.incomplete.hint')}>
            <Mark shape="▲" tone="watch" word={text('dossiers.incomplete')} />
          </span>
        ) : null}
        <span className="dossier-post">{cadre.post ?? text('dossiers.no-post')}</span>
        <span className="topbar-space" />
        <DatePicker
          showTime={{ format: 'HH:mm' }}
          format="YYYY-MM-DD HH:mm"
          placeholder={text('dossier.moment')}
          aria-label={text('dossier.moment')}
          value={at === null ? null : dayjs(at)}
          disabledDate={(day) => day.isAfter(dayjs(), 'day')}
          onChange={(value) => onMoment(value === null ? null : value.endOf('minute').toISOString())}
        />
        <DossierMenu cadre={cadre.id} />
        {holdsAny(session, ['collector', 'inspector']) ? (
          <Button type="primary" href={hrefOf('entry', cadre.id)}>
            {text('dossier.enter')}
          </Button>
        ) : null}
      </div>
      <DossierTags cadre={cadre.id} />
      <MergedLine merged={dossier.merged} />
      <HeldNotice cadre={cadre.id} />
      {at === null ? <StageLine cadre={cadre.id} name={cadre.name} /> : null}
      {at === null ? null : (
        <div className="moment-banner" role="status">
          <span>{text('dossier.moment.banner', { at: momentText(at) })}</span>
          <Button size="small" onClick={() => onMoment(null)}>
            {text('dossier.moment.leave')}
          </Button>
        </div>
      )}
      {children}
    </header>
  )
}

function Sections({ dossier, categories }: Omit<DossierViewProps, 'isOnPaper'>) {
  const text = useText()
  const byCategory = new Map<string, RecordFact[]>()
  for (const record of dossier.records) {
    byCategory.set(record.category, [...(byCategory.get(record.category) ?? []), record])
  }
  // Where the cadre stands says what is asked of them; the facts that are there are always shown.
  const basics = byCategory.get(standingCategory)?.find(({ head }) => head !== null)
  const archived = standingOf(basics?.head?.values ?? null)
  const said = useQuery('cadre.stages', { cadre: dossier.cadre.id }).data?.present
  const standing = said?.isSigned === true ? { ...archived, stage: said.stage } : archived
  const inGroup = (group: Category['group']) => categories.filter((category) => category.group === group)
  const present = groups.filter((group) => inGroup(group).length > 0)
  return (
    <>
      <nav className="dossier-groups" aria-label={text('dossier.groups')}>
        {present.map((group) => {
          const count = inGroup(group).reduce((sum, one) => sum + (byCategory.get(one.id)?.length ?? 0), 0)
          return (
            <button
              key={group}
              type="button"
              onClick={() => document.getElementById(`group-${group}`)?.scrollIntoView()}
            >
              {text(`group.${group}`)}
              <span className="number">{count}</span>
            </button>
          )
        })}
      </nav>
      {present.map((group) => {
        const filled = inGroup(group).filter((category) => byCategory.has(category.id))
        const empty = inGroup(group).filter(
          (category) => category.retired !== true && !byCategory.has(category.id),
        )
        const isAsked = (category: Category) => askedOf(category, standing).isAsked
        const others = empty.filter((category) => !isAsked(category))
        return (
          <section
            key={group}
            id={`group-${group}`}
            className="dossier-group"
            aria-label={text(`group.${group}`)}
          >
            <h2>
              <span className="group-letter">{group}</span>
              {text(`group.${group}`)}
            </h2>
            {filled.map((category) => (
              <CategorySection
                key={category.id}
                cadre={dossier.cadre.id}
                category={category}
                records={byCategory.get(category.id) ?? []}
                merged={dossier.merged}
                at={dossier.at}
              />
            ))}
            <Uncollected label={text('dossier.not-collected')} categories={empty.filter(isAsked)} />
            <Uncollected label={text('dossier.not-asked')} categories={others} />
          </section>
        )
      })}
    </>
  )
}

interface UncollectedProps {
  readonly label: string
  readonly categories: readonly Category[]
}

/** Categories of which nothing is kept yet. */
function Uncollected({ label, categories }: UncollectedProps) {
  if (categories.length === 0) return null
  return (
    <p className="not-collected">
      {label}
      {categories.map((category) => (
        <span key={category.id}>{category.name}</span>
      ))}
    </p>
  )
}
