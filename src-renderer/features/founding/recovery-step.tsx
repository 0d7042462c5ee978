import { Button, Input, InputNumber } from 'antd'
import { useId, type ChangeEvent } from 'react'
import { FormLine } from '../../ui/form-line.tsx'
import { useText } from '../../ui/text.ts'
import { administratorsAmongHolders, useFounding } from './founding-state.ts'

const mostHolders = 10

export function RecoveryStep() {
  const text = useText()
  const { draft, change } = useFounding()
  const picker = useId()
  const administrators = administratorsAmongHolders(draft)
  const resize = (count: number) =>
    change({
      holders: Array.from({ length: count }, (_, index) => draft.holders[index] ?? ''),
      threshold: Math.min(draft.threshold, count),
    })
  const readCard = async (event: ChangeEvent<HTMLInputElement>) => {
    const file = event.target.files?.[0]
    if (file !== undefined && file.size <= 10_000) change({ hubCard: await file.text() })
    event.target.value = ''
  }
  return (
    <div className="form">
      <p className="prose-line">{text('founding.recovery.what')}</p>
      <div className="line">
        <div className="line-label">
          <span>{text('founding.recovery.quorum')}</span>
        </div>
        <div className="line-control sentence">
          <InputNumber
            aria-label={text('founding.recovery.total')}
            min={2}
            max={mostHolders}
            value={draft.holders.length}
            onChange={(count) => resize(count ?? 3)}
          />
          <span>{text('founding.recovery.of')}</span>
          <InputNumber
            aria-label={text('founding.recovery.threshold')}
            min={2}
            max={draft.holders.length}
            value={draft.threshold}
            onChange={(threshold) => change({ threshold: threshold ?? 2 })}
          />
          <span>{text('founding.recovery.suffice')}</span>
        </div>
        <div className="line-notes" />
      </div>
      {draft.holders.map((holder, index) => (
        // Places on a list that only grows and shrinks at its end.
        // eslint-disable-next-line react/no-array-index-key
        <FormLine
          key={index}
          id={`holder-${index}`}
          label={text('founding.recovery.holder', { number: index + 1 })}
          isRequired
          error={
            administrators.includes(holder.trim()) ? text('founding.recovery.holder.administrator') : null
          }
          hint={index === 0 ? text('founding.recovery.holder.hint') : ''}
        >
          <Input
            id={`holder-${index}`}
            value={holder}
            maxLength={100}
            onChange={(event) =>
              change({ holders: draft.holders.map((name, at) => (at === index ? event.target.value : name)) })
            }
          />
        </FormLine>
      ))}
      <FormLine
        id="hub-card"
        label={text('founding.recovery.card')}
        hint={text('founding.recovery.card.hint')}
      >
        <Input.TextArea
          id="hub-card"
          rows={3}
          maxLength={10_000}
          value={draft.hubCard}
          onChange={(event) => change({ hubCard: event.target.value })}
        />
        <input id={picker} type="file" hidden onChange={(event) => void readCard(event)} />
        <Button size="small" onClick={() => document.getElementById(picker)?.click()}>
          {text('do.choose-file')}
        </Button>
      </FormLine>
    </div>
  )
}
