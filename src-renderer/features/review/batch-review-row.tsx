import { Button, Input, Radio } from 'antd'
import { memo, useState } from 'react'
import { findCategory } from '../../../src-shared/catalogue/read.ts'
import type { BatchRow } from '../../../src-shared/contract/views.ts'
import type { Digest } from '../../../src-shared/kernel/ids.ts'
import { useDesk } from '../../app/contexts.ts'
import { useText } from '../../ui/text.ts'
import { BatchRemarks, BatchValues } from '../queue/batch-values.tsx'
import { EvidenceList } from '../record/evidence-list.tsx'
import { useLook } from '../record/look.ts'
import { evidenceLook } from '../record/look-ids.ts'
import { isToSee, rowLook, useBatchOpinions } from './batch-state.ts'
import { decisions, isComplete, Reasons, type Decision } from './decision-form.tsx'

interface BatchReviewRowProps {
  readonly row: BatchRow
  readonly number: number
}

/** One row: what it says, what was remarked, its evidence to open, and the opinion about it. */
export function BatchReviewRow({ row, number }: BatchReviewRowProps) {
  const { seen, watch } = useLook()
  const unopened = row.evidence.filter(({ hash }) => !seen.has(evidenceLook(hash))).length
  return <Row row={row} number={number} watch={watch} unopened={unopened} />
}

interface RowProps extends BatchReviewRowProps {
  readonly watch: ReturnType<typeof useLook>['watch']
  /** Pieces of evidence that were not opened yet. */
  readonly unopened: number
}

/** Rendered anew only when its own opinion or evidence changes: a page has fifty of them. */
const Row = memo(function Row({ row, number, watch, unopened }: RowProps) {
  const text = useText()
  const { catalogue } = useDesk()
  const decide = useBatchOpinions((state) => state.decide)
  const opinion = useBatchOpinions((state) => state.opinions.get(row.revision)?.opinion)
  const [isOpen, setOpen] = useState(false)
  const decision = opinion?.decision ?? null
  const saysNo = decision === 'disagree' || decision === 'return'
  return (
    <>
      <tr className={decision === null ? '' : `is-${decision}`} ref={watch} data-look={rowLook(row.revision)}>
        <td className="number">{number}</td>
        <td className="nowrap">{row.cadreName}</td>
        <td className="nowrap">{findCategory(catalogue, row.category)?.name ?? row.category}</td>
        <td>
          <BatchValues row={row} />
        </td>
        <td>
          <BatchRemarks row={row} />
          {row.evidence.length === 0 || !isToSee(row) ? null : (
            <Button
              size="small"
              data-row-evidence={row.revision}
              aria-expanded={isOpen}
              aria-label={text('batch.evidence-of', { number, count: row.evidence.length })}
              onClick={() => setOpen(!isOpen)}
            >
              {unopened === 0
                ? text('batch.evidence-opened', { count: row.evidence.length })
                : text('batch.evidence', { count: row.evidence.length })}
            </Button>
          )}
        </td>
        <td className="nowrap">
          {isToSee(row) ? (
            <Radio.Group
              size="small"
              optionType="button"
              buttonStyle="solid"
              aria-label={text('batch.decision-of', { number, name: row.cadreName })}
              value={decision}
              options={decisions.map((one) => ({ value: one, label: text(`decision.${one}`) }))}
              onChange={(event) => decide(row, { decision: event.target.value as Decision })}
            />
          ) : null}
        </td>
      </tr>
      {isOpen ? (
        <tr className="grid-more">
          <td />
          <td colSpan={5}>
            <EvidenceList revision={row.revision} evidence={row.evidence} isOpen />
          </td>
        </tr>
      ) : null}
      {opinion !== undefined && saysNo ? (
        <tr className="grid-more">
          <td />
          <td colSpan={5}>
            <Reasons reasons={opinion.reasons} onChange={(reasons) => decide(row, { reasons })} />
            <Input
              aria-label={text('decision.words')}
              placeholder={text('decision.words')}
              maxLength={2000}
              status={isComplete(opinion) ? '' : 'warning'}
              value={opinion.words}
              onChange={(event) => decide(row, { words: event.target.value })}
            />
          </td>
        </tr>
      ) : null}
    </>
  )
})

/** Brings a row of the page into sight, its evidence open. */
export function showRow(revision: Digest): void {
  const button = document.querySelector<HTMLElement>(`[data-row-evidence="${revision}"]`)
  if (button === null) return
  button.scrollIntoView({ block: 'center' })
  button.focus()
  if (button.getAttribute('aria-expanded') !== 'true') button.click()
}
