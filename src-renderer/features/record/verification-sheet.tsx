import { Button, QRCode, Skeleton } from 'antd'
import type { ReactNode } from 'react'
import { findCategory } from '../../../src-shared/catalogue/read.ts'
import type { HandView, RecordView, RevisionView } from '../../../src-shared/contract/views.ts'
import { useDesk } from '../../app/contexts.ts'
import { UnderVersion } from '../../app/under-version.tsx'
import { hrefOf } from '../../app/routes.ts'
import { useQuery } from '../../app/use-query.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { momentText } from '../../ui/moment.ts'
import { PageHeader } from '../../ui/page-header.tsx'
import { useClauses, useList, useText, useTextOr } from '../../ui/text.ts'
import { outcomeKey } from './late-notice.tsx'
import { returnedBefore } from './returned.ts'

/** 核验记录单: who did what to a signed revision, with hashes and a proof; no value of the entry stands on it. */
export function VerificationSheet({ cadre, record }: { readonly cadre: string; readonly record: string }) {
  const text = useText()
  const view = useQuery('record.read', { record })
  const revision = view.data?.revisions.find((one) => one.revision === view.data?.head) ?? null
  const proof = useQuery(
    'review.proof',
    revision === null ? null : { record, revision: revision.revision },
    [],
  )
  if (view.failure !== null) return <ErrorNotice failure={view.failure} onRetry={view.reload} />
  if (view.data === null) return <Skeleton active className="page" />
  if (revision === null) return <EmptyState title={text('vsheet.none')} />
  const code = proof.data === null ? null : JSON.stringify({ type: 'liandang/record-proof/1', ...proof.data })
  return (
    <div className="page vsheet">
      <PageHeader
        title={text('vsheet.title')}
        actions={
          <span className="no-print vsheet-actions">
            <Button type="primary" disabled={code === null} onClick={() => window.print()}>
              {text('vsheet.print')}
            </Button>
            <Button href={hrefOf('dossiers', cadre, record)}>{text('vsheet.back')}</Button>
          </span>
        }
      />
      <UnderVersion version={revision.catalogueVersion}>
        <Facts record={view.data} revision={revision} />
      </UnderVersion>
      <Steps record={view.data} revision={revision} />
      <ErrorNotice failure={proof.failure} onRetry={proof.reload} />
      {code === null || proof.data === null ? null : (
        <section className="vsheet-proof">
          <div role="img" aria-label={text('vsheet.proof')}>
            <QRCode
              value={code}
              size={220}
              type="svg"
              errorLevel="L"
              bordered={false}
              color="#000000"
              bgColor="#ffffff"
              aria-hidden="true"
            />
          </div>
          <div>
            <h2>{text('vsheet.proof')}</h2>
            <p className="prose-faint">{text('vsheet.proof.hint')}</p>
            <p className="vsheet-hash">
              <code>{proof.data.leaf}</code>
            </p>
            <p className="vsheet-hash">
              <code>
                {proof.data.log} #{proof.data.seq} / {proof.data.size}
              </code>
            </p>
          </div>
        </section>
      )}
      <div className="vsheet-sign">
        <span>{text('vsheet.sign.reviewers')}</span>
        <span>{text('vsheet.sign.approver')}</span>
        <span>{text('vsheet.sign.seal')}</span>
      </div>
    </div>
  )
}

interface PartProps {
  readonly record: RecordView
  readonly revision: RevisionView
}

function Facts({ record, revision }: PartProps) {
  const text = useText()
  const { session, catalogue } = useDesk()
  const category = findCategory(catalogue, record.category)
  const drawn = revision.drawn?.contested === null ? revision.drawn : null
  const rows: readonly (readonly [string, ReactNode])[] = [
    [text('vsheet.unit'), `${session.unit.name}（${text(`vsheet.policy.${session.unit.policy}`)}）`],
    [text('vsheet.cadre'), record.cadreName],
    [text('vsheet.category'), `${record.category} ${category?.name ?? ''}`],
    [
      text('vsheet.verification'),
      revision.escalated !== null
        ? text('vsheet.way.escalated')
        : category === null
          ? ''
          : text(`vsheet.way.${category.verification}`),
    ],
    ...(drawn === null
      ? []
      : ([
          [
            text('sampling.title'),
            text(drawn.seen ? 'vsheet.way.drawn' : 'vsheet.way.sampled', {
              lot: drawn.lot,
              size: drawn.size,
            }),
          ],
          [text('vsheet.seed'), <code key="seed">{drawn.seed}</code>],
        ] as const)),
    [text('vsheet.record'), <code key="record">{record.record}</code>],
    [text('vsheet.revision'), <code key="revision">{revision.revision}</code>],
    ...revision.evidence.map(
      (file) => [text('vsheet.evidence'), <code key={file.hash}>{file.hash}</code>] as const,
    ),
  ]
  return (
    <table className="fields-table">
      <tbody>
        {rows.map(([label, value], index) => (
          <tr key={index}>
            <th scope="row">{label}</th>
            <td className="vsheet-hash">{value}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

interface Line {
  readonly step: string
  readonly hand: HandView
  readonly what: string
}

function Steps({ record, revision }: PartProps) {
  const text = useText()
  const textOr = useTextOr()
  const clauses = useClauses()
  const list = useList()
  // Reasons and words of a discipline matter say what it is about.
  const isSecret = record.compartment === 'discipline'
  const label = useFieldLabel(record.category)
  const marked = (marks: readonly string[]) =>
    isSecret || marks.length === 0 ? [] : [text('opinion.marks', { fields: list(marks.map(label)) })]
  const lines: Line[] = []
  // What was returned before it came to be signed belongs to how it was verified.
  for (const former of returnedRounds(record, revision)) {
    lines.push({ step: text('vsheet.entered'), hand: former.author, what: '' })
    const { returned } = former
    if (returned === null) continue
    const reasons = isSecret ? [] : returned.reasons.map((reason) => textOr(`reason.${reason}`))
    const said = isSecret || returned.words === '' ? [] : [returned.words]
    lines.push({
      step: text('road.returned'),
      hand: returned.hand,
      what: clauses([...reasons, ...marked(returned.marks), ...said]),
    })
  }
  lines.push({ step: text('vsheet.entered'), hand: revision.author, what: '' })
  if (revision.drawn !== null) lines.push({ step: text('road.drawn'), hand: revision.drawn.hand, what: '' })
  for (const { hand } of revision.discarded) lines.push({ step: text('road.discarded'), hand, what: '' })
  if (revision.assigned !== null)
    lines.push({ step: text('road.assigned'), hand: revision.assigned.hand, what: '' })
  for (const opinion of revision.opinions) {
    const differing = opinion.rekey?.filter((line) => !line.agrees).length ?? 0
    const said = [
      opinion.decision === null ? text('opinion.sealed') : text(`opinion.${opinion.decision}`),
      ...(isSecret ? [] : opinion.reasons.map((reason) => textOr(`reason.${reason}`))),
      ...marked(opinion.marks),
      ...(isSecret || opinion.words === '' ? [] : [opinion.words]),
      ...(opinion.rekey === null
        ? []
        : [text('rekey.compared', { same: opinion.rekey.length - differing, differing })]),
    ]
    lines.push({ step: text('vsheet.reviewed'), hand: opinion.reviewer, what: clauses(said) })
  }
  const words = (said: string) => (isSecret && said !== '' ? text('vsheet.withheld') : said)
  if (revision.escalated !== null)
    lines.push({
      step: text('road.escalated'),
      hand: revision.escalated.hand,
      what: words(revision.escalated.words),
    })
  if (revision.opened !== null) lines.push({ step: text('vsheet.opened'), hand: revision.opened, what: '' })
  for (const vote of revision.group?.votes ?? [])
    lines.push({
      step: text('road.voted'),
      hand: vote.hand,
      what: clauses([text(`outcome.${vote.outcome}`), words(vote.words)].filter((one) => one !== '')),
    })
  const { adjudication, signed } = revision
  if (adjudication !== null && revision.group === null)
    lines.push({
      step: text('road.adjudicated'),
      hand: adjudication.hand,
      what: clauses(
        [text(`outcome.${adjudication.outcome}`), words(adjudication.words)].filter((one) => one !== ''),
      ),
    })
  if (revision.referred !== null)
    lines.push({
      step: text('road.referred'),
      hand: revision.referred.hand,
      what: words(revision.referred.words),
    })
  const isSettling = (decision: string) => decision === 'uphold' || decision === 'reject'
  const above = revision.directives.map((one) => ({
    decision: one.decision,
    step: text(`directive.${one.decision}`),
    hand: one.hand,
    what: clauses(
      [
        one.office,
        words(one.words),
        text('vsheet.directive', { node: one.node.slice(0, 16), seq: one.seq }),
      ].filter((part) => part !== ''),
    ),
  }))
  lines.push(...above.filter(({ decision }) => isSettling(decision)))
  if (signed !== null) lines.push({ step: text('road.signed'), hand: signed.hand, what: words(signed.words) })
  lines.push(...above.filter(({ decision }) => !isSettling(decision)))
  for (const { hand, act, words: said, answers } of revision.late) {
    const open = answers.length === 0 ? [text('late.open')] : []
    lines.push({
      step: text('late.step'),
      hand,
      what: clauses([text(`late.${act}`), words(said), ...open].filter((one) => one !== '')),
    })
    for (const answer of answers)
      lines.push({
        step: text('late.step.settled'),
        hand: answer.hand,
        what: clauses(
          [text(outcomeKey(answer.outcome, answer.fault)), words(answer.words)].filter((one) => one !== ''),
        ),
      })
  }
  return (
    <table className="fields-table">
      <thead>
        <tr>
          <th scope="col">{text('vsheet.step')}</th>
          <th scope="col">{text('vsheet.who')}</th>
          <th scope="col">{text('vsheet.when')}</th>
          <th scope="col">{text('vsheet.what')}</th>
          <th scope="col">{text('vsheet.commit')}</th>
        </tr>
      </thead>
      <tbody>
        {lines.map((line) => (
          <tr key={`${line.step}${line.hand.commit}${line.hand.member}`}>
            <th scope="row">{line.step}</th>
            <td className="nowrap">{line.hand.name}</td>
            <td className="nowrap number">{momentText(line.hand.at)}</td>
            <td>{line.what}</td>
            <td className="vsheet-hash">
              <code>{line.hand.commit}</code>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** The revisions that were returned right before one, oldest first. */
function returnedRounds(record: RecordView, revision: RevisionView): readonly RevisionView[] {
  const rounds: RevisionView[] = []
  let before = returnedBefore(record, revision)
  while (before !== null) {
    rounds.unshift(before)
    before = returnedBefore(record, before)
  }
  return rounds
}

function useFieldLabel(category: string): (field: string) => string {
  const { catalogue } = useDesk()
  const fields = findCategory(catalogue, category)?.fields ?? []
  return (field) => fields.find(({ id }) => id === field)?.label ?? field
}
