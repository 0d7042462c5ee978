import { Input, Radio } from 'antd'
import type { DisclosurePolicy } from '../../../src-shared/disclosure/policy.ts'
import type { Purpose } from '../../../src-shared/disclosure/purpose.ts'
import { useText, useTextOr } from '../../ui/text.ts'

interface PurposeFieldsProps {
  readonly policy: DisclosurePolicy
  readonly purpose: Purpose
  readonly isTried: boolean
  onChange(purpose: Purpose): void
  onEnter?(): void
}

function needsWords(policy: DisclosurePolicy, kind: string): boolean {
  return policy.purposes.find((one) => one.kind === kind)?.needsWords === true
}

/** The list of purposes, and the words that go with one. */
export function PurposeFields({ policy, purpose, isTried, onChange, onEnter }: PurposeFieldsProps) {
  const text = useText()
  const textOr = useTextOr()
  const wanted = needsWords(policy, purpose.kind)
  const label = text(wanted ? 'purpose.words.required' : 'purpose.words')
  return (
    <div className="purpose-fields">
      <Radio.Group
        aria-label={text('purpose.kind')}
        value={purpose.kind}
        onChange={(event) => onChange({ ...purpose, kind: event.target.value as string })}
        options={policy.purposes.map(({ kind }) => ({ value: kind, label: textOr(`purpose.${kind}`) }))}
      />
      <Input
        aria-label={label}
        placeholder={label}
        maxLength={200}
        value={purpose.words}
        status={isTried && wanted && purpose.words.trim().length < 2 ? 'error' : ''}
        onChange={(event) => onChange({ ...purpose, words: event.target.value })}
        {...(onEnter === undefined ? {} : { onPressEnter: onEnter })}
      />
      {isTried && purpose.kind === '' ? (
        <p className="line-error" role="alert">
          {text('purpose.choose')}
        </p>
      ) : null}
      {isTried && wanted && purpose.words.trim().length < 2 ? (
        <p className="line-error" role="alert">
          {text('purpose.words.missing')}
        </p>
      ) : null}
    </div>
  )
}
