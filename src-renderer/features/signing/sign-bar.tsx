import { Button, Input, Popconfirm } from 'antd'
import { useState } from 'react'
import type { Signed } from '../../../src-shared/contract/review.ts'
import type { Compartment } from '../../../src-shared/access/roles.ts'
import { useAction } from '../../app/use-action.ts'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { useText } from '../../ui/text.ts'
import { byCompartment } from './by-compartment.ts'
import { useSignOutcome } from './sign-state.ts'

interface SignBarProps {
  readonly places: readonly {
    readonly record: string
    readonly revision: string
    readonly compartment: Compartment
  }[]
  onSigned(signed: Signed): void
}

/** The responsible signature over one or many: after it they are facts, and only a correction can follow. */
export function SignBar({ places, onSigned }: SignBarProps) {
  const text = useText()
  const sign = useAction('review.sign')
  const tell = useSignOutcome((outcome) => outcome.tell)
  const [words, setWords] = useState('')
  const run = async () => {
    let done = 0
    let awaitingAbove = 0
    const refused: Signed['refused'][number][] = []
    for (const input of byCompartment(places)) {
      const result = await sign.run({ ...input, words })
      if (!result.ok) break
      done += result.value.done
      awaitingAbove += result.value.awaitingAbove ?? 0
      refused.push(...result.value.refused)
    }
    if (done + refused.length === 0) return
    const signed = { done, refused, awaitingAbove }
    setWords('')
    tell(signed)
    onSigned(signed)
  }
  return (
    <div className="sign-bar">
      <ErrorNotice failure={sign.failure} />
      <Input
        aria-label={text('sign.words')}
        placeholder={text('sign.words')}
        maxLength={2000}
        value={words}
        onChange={(event) => setWords(event.target.value)}
      />
      <Popconfirm
        title={text('sign.confirm', { count: places.length })}
        description={text('sign.confirm.hint')}
        okText={text('sign.run', { count: places.length })}
        cancelText={text('do.cancel')}
        okButtonProps={{ danger: true }}
        onConfirm={() => void run()}
      >
        <Button type="primary" danger disabled={places.length === 0} loading={sign.isBusy}>
          {text('sign.run', { count: places.length })}
        </Button>
      </Popconfirm>
    </div>
  )
}
