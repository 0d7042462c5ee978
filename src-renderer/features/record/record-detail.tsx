import { Alert, Button, Collapse } from 'antd'
import { findCategory } from '../../../src-shared/catalogue/read.ts'
import type { Category } from '../../../src-shared/catalogue/schema.ts'
import type { RecordAction, RecordView, RevisionView } from '../../../src-shared/contract/views.ts'
import { useDesk } from '../../app/contexts.ts'
import { UnderVersion } from '../../app/under-version.tsx'
import { hrefOf } from '../../app/routes.ts'
import { holdsAny } from '../../app/session.ts'
import { momentText } from '../../ui/moment.ts'
import { StateSeal } from '../../ui/state-seal.tsx'
import { StatusTag } from '../../ui/status-tag.tsx'
import { useText } from '../../ui/text.ts'
import { Originals } from '../paper/originals.tsx'
import { RivalNotice } from '../rivals/rival-notice.tsx'
import { SampledMark } from '../queue/sampled-mark.tsx'
import { EvidenceList } from './evidence-list.tsx'
import { FieldsTable } from './fields-table.tsx'
import { FindingsList } from './findings-list.tsx'
import { QueriesCard } from './queries-card.tsx'
import { Road } from './road.tsx'
import { Source } from './source.tsx'
import { LateNotice } from './late-notice.tsx'
import { TiesNotice } from './ties-notice.tsx'

/** A record with all its revisions, newest first. */
export function RecordDetail({ record }: { readonly record: RecordView }) {
  const text = useText()
  const { catalogue } = useDesk()
  const category = findCategory(catalogue, record.category)
  if (category === null) return <Alert type="warning" title={text('record.category-unknown')} />
  const newest = record.revisions[0]
  const open = [record.head, newest?.revision ?? null].filter((revision) => revision !== null)
  return (
    <div className="record">
      <RivalNotice record={record} />
      <TiesNotice ties={record.ties} />
      <LateNotice record={record} />
      <Actions record={record} />
      <QueriesCard record={{ ...record, may: [] }} category={category} onChanged={() => undefined} />
      <Collapse
        size="small"
        defaultActiveKey={open}
        items={record.revisions.map((revision, index) => ({
          key: revision.revision,
          label: <RevisionTitle revision={revision} number={record.revisions.length - index} />,
          children: (
            <UnderVersion version={revision.catalogueVersion}>
              <RevisionDetail
                category={category}
                record={record.record}
                revision={revision}
                parent={record.revisions.find((other) => other.revision === revision.parent) ?? null}
              />
            </UnderVersion>
          ),
        }))}
      />
      <Voids record={record} />
    </div>
  )
}

/** Where the member may take the record further: each step has a screen of its own. */
function Actions({ record }: { readonly record: RecordView }) {
  const text = useText()
  const { may } = record
  const actions: readonly { readonly may: RecordAction; readonly href: string; readonly label: string }[] = [
    {
      may: 'correct',
      href: record.conflict
        ? hrefOf('dossiers', record.cadre, 'rivals', record.record)
        : hrefOf('entry', record.cadre, record.category, record.record),
      label: text(record.conflict ? 'rivals.compare' : 'record.correct'),
    },
    { may: 'withdraw', href: hrefOf('entry', 'mine', 'on-the-way'), label: text('mine.withdraw') },
    { may: 'rekey', href: hrefOf('review', record.record), label: text('review.open') },
    { may: 'decide', href: hrefOf('review', record.record), label: text('review.open') },
    { may: 'open', href: hrefOf('signing', 'open'), label: text('signing.open') },
    {
      may: 'adjudicate',
      href: hrefOf('signing', 'adjudicate', record.record),
      label: text('signing.adjudicate'),
    },
    { may: 'sign', href: hrefOf('signing', 'sign', record.record), label: text('signing.sign') },
  ]
  const { session } = useDesk()
  const offered = actions.filter((action) => may.includes(action.may))
  const named = record.head ?? record.revisions[0]?.revision
  return (
    <p className="record-actions">
      {offered.map((action, index) => (
        <Button key={action.may} type={index === 0 ? 'primary' : 'default'} href={action.href}>
          {action.label}
        </Button>
      ))}
      {holdsAny(session, ['approver', 'inspector']) && named !== undefined ? (
        <Button href={hrefOf('faults', record.record, named)}>{text('faults.register')}</Button>
      ) : null}
      {named === undefined ? null : (
        <Button href={hrefOf('dossiers', record.cadre, 'form', record.record, named)}>
          {text('paper.print.open')}
        </Button>
      )}
      {record.head === null ? null : (
        <>
          <Button href={hrefOf('dossiers', record.cadre, 'sheet', record.record)}>
            {text('vsheet.open')}
          </Button>
          <Button href={hrefOf('dossiers', record.cadre, 'copy', record.record)}>{text('copy.open')}</Button>
          {holdsAny(session, ['collector', 'inspector']) ? (
            <Button href={hrefOf('dossiers', record.cadre, 'correction', record.record)}>
              {text('correction.open')}
            </Button>
          ) : null}
        </>
      )}
    </p>
  )
}

function RevisionTitle({ revision, number }: { readonly revision: RevisionView; readonly number: number }) {
  const text = useText()
  const isSealed = revision.status === 'archived' || revision.status === 'superseded'
  return (
    <span className="revision-title">
      <strong>{text('record.revision', { number })}</strong>
      {isSealed ? (
        <StateSeal
          {...(revision.signed === null ? {} : { hand: revision.signed.hand })}
          isFormer={revision.status === 'superseded'}
        />
      ) : (
        <StatusTag status={revision.status} />
      )}
      <SampledMark
        drawn={revision.drawn?.contested === null ? revision.drawn : null}
        status={revision.status}
      />
      <span className="revision-author">
        {text('record.entered-by', { name: revision.author.name, at: momentText(revision.author.at) })}
        {revision.catalogueVersion === 0
          ? null
          : `　${text('record.under-version', { version: revision.catalogueVersion })}`}
      </span>
    </span>
  )
}

interface RevisionDetailProps {
  readonly category: Category
  readonly record: string
  readonly revision: RevisionView
  readonly parent: RevisionView | null
}

export function RevisionDetail({ category: newest, record, revision, parent }: RevisionDetailProps) {
  const text = useText()
  const { catalogue } = useDesk()
  const category = findCategory(catalogue, newest.id) ?? newest
  const label = (id: string) => category.fields.find((field) => field.id === id)?.label ?? id
  return (
    <div className="revision">
      <FieldsTable
        category={category}
        now={revision}
        before={parent}
        nowTitle={text(parent === null ? 'fields.value' : 'fields.this-revision')}
        beforeTitle={text('fields.parent-revision')}
        showsBlank={false}
      />
      <h3>{text('record.source')}</h3>
      <Source source={revision.source} flags={revision.flags} />
      <h3>{text('record.findings')}</h3>
      <FindingsList findings={revision.findings} category={category} explanations={revision.explanations} />
      <h3>{text('record.evidence')}</h3>
      <EvidenceList revision={revision.revision} evidence={revision.evidence} />
      <h3>{text('paper.originals')}</h3>
      <Originals record={record} revision={revision.revision} papers={revision.papers} />
      <h3>{text('record.road')}</h3>
      <Road revision={revision} fieldLabel={label} />
    </div>
  )
}

function Voids({ record }: { readonly record: RecordView }) {
  const text = useText()
  // Late objections are named above: no rule was broken.
  const voids = record.voids.filter(({ code }) => code !== 'review/late-objection')
  if (voids.length === 0) return null
  return (
    <section className="voids" aria-label={text('record.voids')}>
      <h3>{text('record.voids')}</h3>
      <p className="prose-faint">{text('record.voids.hint')}</p>
      <ul>
        {voids.map((step) => (
          <li key={`${step.commit}/${step.code}`}>
            <span className="road-who">{step.memberName}</span>{' '}
            <time className="number" dateTime={step.at}>
              {momentText(step.at)}
            </time>{' '}
            <code>{step.commit.slice(0, 8)}</code> {text(`error.${step.code}`)}
          </li>
        ))}
      </ul>
    </section>
  )
}
