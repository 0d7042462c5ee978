import { Button, Input } from 'antd'
import { useState } from 'react'
import type { PaperView } from '../../../src-shared/contract/paper-views.ts'
import type { Digest, Id } from '../../../src-shared/kernel/ids.ts'
import { useAction } from '../../app/use-action.ts'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { momentText } from '../../ui/moment.ts'
import { useClauses, useList, useText } from '../../ui/text.ts'
import { EvidenceList } from '../record/evidence-list.tsx'

interface OriginalsProps {
  readonly record: Id
  readonly revision: Digest
  readonly papers: readonly PaperView[]
}

/** 纸质原件: scans of signed sheets beside a revision. */
export function Originals({ record, revision, papers }: OriginalsProps) {
  const text = useText()
  if (papers.length === 0) return <p className="evidence-none">{text('paper.originals.none')}</p>
  return (
    <ul className="originals">
      {papers.map((paper) => (
        <Original key={paper.paper} record={record} revision={revision} paper={paper} />
      ))}
    </ul>
  )
}

interface OriginalProps {
  readonly record: Id
  readonly revision: Digest
  readonly paper: PaperView
}

function Original({ record, revision, paper }: OriginalProps) {
  const text = useText()
  const clauses = useClauses()
  const list = useList()
  const [isStriking, setStriking] = useState(false)
  const { hand, struck } = paper
  const signed = list(paper.signed.map((place) => text(`paper.sign.${place}`)))
  const told = [
    text(`paper.original.${paper.form}`),
    text(`paper.original.${paper.found}`),
    ...(signed === '' ? [] : [text('paper.original.signed', { places: signed })]),
    text('paper.original.by', { name: hand.name, at: momentText(hand.at) }),
    ...(paper.words === '' ? [] : [paper.words]),
  ]
  return (
    <li className={struck === null ? 'original' : 'original is-struck'}>
      <p>{clauses(told)}</p>
      {struck === null ? null : (
        <p className="original-struck">
          {text('paper.original.struck', {
            reason: struck.reason,
            name: struck.name,
            at: momentText(struck.at),
          })}
        </p>
      )}
      {paper.files.length === 0 ? (
        <p className="evidence-none">{text('paper.originals.withheld')}</p>
      ) : (
        <EvidenceList revision={revision} evidence={paper.files} />
      )}
      {!paper.mayStrike ? null : isStriking ? (
        <Strike record={record} paper={paper.paper} onClose={() => setStriking(false)} />
      ) : (
        <Button size="small" onClick={() => setStriking(true)}>
          {text('paper.strike.open')}
        </Button>
      )}
    </li>
  )
}

function Strike({ record, paper, onClose }: { readonly record: Id; readonly paper: Id; onClose(): void }) {
  const text = useText()
  const strike = useAction('paper.strike')
  const [reason, setReason] = useState('')
  const send = async () => {
    if (reason.trim() === '') return
    const done = await strike.run({ record, paper, reason })
    if (done.ok) onClose()
  }
  return (
    <div className="original-strike">
      <Input
        autoFocus
        aria-label={text('paper.strike.reason')}
        placeholder={text('paper.strike.reason')}
        maxLength={500}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
        onPressEnter={() => void send()}
      />
      <Button danger disabled={reason.trim() === ''} loading={strike.isBusy} onClick={() => void send()}>
        {text('paper.strike.do')}
      </Button>
      <Button onClick={onClose}>{text('do.cancel')}</Button>
      <p className="prose-faint">{text('paper.strike.hint')}</p>
      <ErrorNotice failure={strike.failure} />
    </div>
  )
}
