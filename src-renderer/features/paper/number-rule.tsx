import { Button, Input, InputNumber, Select } from 'antd'
import { useCallback, useState } from 'react'
import {
  numberRuleSchema,
  partKinds,
  type NumberRule,
  type PartKind,
} from '../../../src-shared/paper/file-number.ts'
import { useAction } from '../../app/use-action.ts'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { useText } from '../../ui/text.ts'

type Part = NumberRule['parts'][number]

const mostParts = 8
const longestPart = 20
const newPart: Part = { label: '', kind: 'digits', least: 1, most: 4, text: '' }

/** A rule in words: 全宗号（…）-“廉”-案卷号（…）. */
export function useRuleWords(): (rule: NumberRule) => string {
  const text = useText()
  return useCallback(
    ({ parts }: NumberRule) =>
      parts
        .map(({ label, kind, least, most, text: fixed }) =>
          kind === 'fixed'
            ? text('volume.rule.said.fixed', { text: fixed })
            : text('volume.rule.said', { label, kind: text(`volume.rule.kind.${kind}`), least, most }),
        )
        .join('-'),
    [text],
  )
}

interface NumberRuleLineProps {
  readonly rule: NumberRule
  readonly isDefault: boolean
  /** Whether the member at work sets it. */
  readonly may: boolean
}

/** How the unit numbers its volumes. */
export function NumberRuleLine({ rule, isDefault, may }: NumberRuleLineProps) {
  const text = useText()
  const ruleWords = useRuleWords()
  const [isSetting, setSetting] = useState(false)
  const said = ruleWords(rule)
  return (
    <section className="volume-rule" aria-label={text('volume.rule')}>
      <p>
        <strong>{text('volume.rule')}</strong>{' '}
        <span>{isDefault ? text('volume.rule.default', { rule: said }) : said}</span>{' '}
        {may && !isSetting ? (
          <Button size="small" onClick={() => setSetting(true)}>
            {text('volume.rule.set')}
          </Button>
        ) : null}
      </p>
      {isSetting ? <RuleForm rule={rule} onClose={() => setSetting(false)} /> : null}
    </section>
  )
}

function RuleForm({ rule, onClose }: { readonly rule: NumberRule; onClose(): void }) {
  const text = useText()
  const set = useAction('volume.rule')
  const [parts, setParts] = useState<readonly Part[]>(rule.parts)
  const [isTried, setTried] = useState(false)
  const read = numberRuleSchema.safeParse({ parts })
  const change = (index: number, part: Partial<Part>) =>
    setParts(parts.map((one, at) => (at === index ? { ...one, ...part } : one)))
  const save = async () => {
    setTried(true)
    if (!read.success) return
    const done = await set.run(read.data)
    if (done.ok) onClose()
  }
  return (
    <div className="volume-rule-form">
      <p className="prose-faint">{text('volume.rule.hint')}</p>
      {parts.map((part, index) => (
        // Parts have no names of their own while they are typed.
        // eslint-disable-next-line react/no-array-index-key
        <fieldset key={index}>
          <legend>{text('volume.rule.part', { place: index + 1 })}</legend>
          <Input
            aria-label={text('volume.rule.label')}
            placeholder={text('volume.rule.label')}
            maxLength={longestPart}
            value={part.label}
            onChange={(event) => change(index, { label: event.target.value })}
          />
          <Select<PartKind>
            aria-label={text('volume.rule.kind')}
            value={part.kind}
            options={partKinds.map((value) => ({ value, label: text(`volume.rule.kind.${value}`) }))}
            onChange={(kind) => change(index, { kind, text: '' })}
          />
          {part.kind === 'fixed' ? (
            <Input
              aria-label={text('volume.rule.text')}
              placeholder={text('volume.rule.text')}
              maxLength={longestPart}
              value={part.text}
              onChange={(event) => change(index, { text: event.target.value })}
            />
          ) : (
            (['least', 'most'] as const).map((bound) => (
              <label key={bound}>
                {text(`volume.rule.${bound}`)}
                <InputNumber
                  min={1}
                  max={longestPart}
                  value={part[bound]}
                  onChange={(value) => change(index, { [bound]: value ?? 1 })}
                />
              </label>
            ))
          )}
          <Button
            size="small"
            type="text"
            disabled={parts.length === 1}
            aria-label={text('volume.rule.remove', { place: index + 1 })}
            onClick={() => setParts(parts.filter((_, at) => at !== index))}
          >
            ✕
          </Button>
        </fieldset>
      ))}
      {isTried && !read.success ? (
        <p className="line-error" role="alert">
          {text('volume.rule.wrong')}
        </p>
      ) : null}
      <ErrorNotice failure={set.failure} />
      <p className="record-actions">
        <Button type="primary" loading={set.isBusy} onClick={() => void save()}>
          {text('volume.save')}
        </Button>
        <Button disabled={parts.length >= mostParts} onClick={() => setParts([...parts, newPart])}>
          {text('volume.rule.add')}
        </Button>
        <Button onClick={onClose}>{text('do.cancel')}</Button>
      </p>
    </div>
  )
}
