import { Button, Checkbox, Input, Radio } from 'antd'
import type { ReactNode } from 'react'
import { reasonCodes, type ReasonCode } from '../../../src-shared/contract/review.ts'
import { useText } from '../../ui/text.ts'
import { LookNotice } from './look-notice.tsx'

export const decisions = ['agree', 'disagree', 'return'] as const
export type Decision = (typeof decisions)[number]

/** What a reviewer says of one revision. */
export interface Opinion {
  readonly decision: Decision | null
  readonly reasons: readonly ReasonCode[]
  readonly marks: readonly string[]
  readonly words: string
}

export const noOpinion: Opinion = { decision: null, reasons: [], marks: [], words: '' }

/** An opinion that says no must say why. */
export function isComplete(opinion: Opinion): boolean {
  if (opinion.decision === null) return false
  if (opinion.decision === 'agree') return true
  return opinion.reasons.length > 0 && (!opinion.reasons.includes('other') || opinion.words.trim() !== '')
}

interface DecisionFormProps {
  readonly opinion: Opinion
  onChange(opinion: Opinion): void
  /** What the reviewer typed differs from the entry: to agree all the same wants words. */
  readonly needsWords?: boolean
  /** What has not been on the screen yet: to agree or disagree wants it all. */
  readonly missing: readonly string[]
  readonly isBusy: boolean
  onSign(): void
  readonly notice: ReactNode
}

export function DecisionForm(props: DecisionFormProps) {
  const { opinion, onChange, needsWords = false, missing, isBusy, onSign, notice } = props
  const text = useText()
  const { decision } = opinion
  const lacksLooks = missing.length > 0 && decision !== 'return'
  const lacksWords = needsWords && decision === 'agree' && opinion.words.trim() === ''
  return (
    <section className="decision" aria-label={text('decision.title')}>
      <div className="decision-line">
        <Radio.Group
          aria-label={text('decision.title')}
          optionType="button"
          buttonStyle="solid"
          value={decision}
          options={decisions.map((one) => ({ value: one, label: text(`decision.${one}`) }))}
          onChange={(event) => onChange({ ...opinion, decision: event.target.value as Decision })}
        />
        <p className="decision-hint">
          {decision === null ? text('decision.hint') : text(`decision.${decision}.hint`)}
        </p>
        <span className="prose-faint">{text('decision.sealed')}</span>
        <Button
          type="primary"
          danger={decision === 'return'}
          disabled={!isComplete(opinion) || lacksWords || lacksLooks}
          loading={isBusy}
          onClick={onSign}
        >
          {text(decision === 'return' ? 'decision.sign-return' : 'decision.sign')}
        </Button>
      </div>
      {decision === null || decision === 'agree' ? null : (
        <Reasons reasons={opinion.reasons} onChange={(reasons) => onChange({ ...opinion, reasons })} />
      )}
      {decision === null ? null : (
        <Input.TextArea
          aria-label={text('decision.words')}
          placeholder={text('decision.words')}
          className="grow"
          rows={1}
          maxLength={2000}
          value={opinion.words}
          onChange={(event) => onChange({ ...opinion, words: event.target.value })}
        />
      )}
      {lacksLooks ? <LookNotice missing={missing} /> : null}
      {lacksWords ? <p className="line-warning">{text('rekey.words-needed')}</p> : null}
      {notice}
    </section>
  )
}

interface ReasonsProps {
  readonly reasons: readonly ReasonCode[]
  onChange(reasons: readonly ReasonCode[]): void
}

export function Reasons({ reasons, onChange }: ReasonsProps) {
  const text = useText()
  return (
    <Checkbox.Group<ReasonCode>
      className="reasons"
      aria-label={text('decision.reasons')}
      value={[...reasons]}
      options={reasonCodes.map((code) => ({ value: code, label: text(`reason.${code}`) }))}
      onChange={onChange}
    />
  )
}
