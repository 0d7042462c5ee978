import { Alert, Button, Checkbox, Input, Radio, Select, Skeleton } from 'antd'
import { useState } from 'react'
import { findCategory } from '../../../src-shared/catalogue/read.ts'
import {
  faultKinds,
  faultPlaces,
  type FaultKind,
  type FaultPlace,
} from '../../../src-shared/log/operations.ts'
import { useDesk } from '../../app/contexts.ts'
import { goTo, hrefOf } from '../../app/routes.ts'
import { useAction } from '../../app/use-action.ts'
import { useQuery } from '../../app/use-query.ts'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { FormLine } from '../../ui/form-line.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { useText } from '../../ui/text.ts'

/** An error of one revision: its class, where it came to light, the fields, and whose it is among those who handled it. */
export function FaultForm({ record, revision }: { readonly record: string; readonly revision: string }) {
  const text = useText()
  const { session, catalogue } = useDesk()
  const view = useQuery('record.read', { record })
  const hands = useQuery('fault.hands', { record, revision })
  const find = useAction('fault.find')
  const [kind, setKind] = useState<FaultKind>('misentry')
  const [found, setFound] = useState<FaultPlace>('later')
  const [fields, setFields] = useState<string[]>([])
  const [traced, setTraced] = useState<string[]>([])
  const [words, setWords] = useState('')
  const failure = view.failure ?? hands.failure
  if (failure !== null) return <ErrorNotice failure={failure} onRetry={view.reload} />
  if (view.data === null || hands.data === null) return <Skeleton active className="page" />
  const category = findCategory(catalogue, view.data.category)
  const others = hands.data.filter((hand) => hand.member !== session.member.id)
  const send = async () => {
    const done = await find.run({ record, revision, kind, found, fields, traced, words })
    if (done.ok) goTo('faults')
  }
  return (
    <div className="page">
      <PageHeader
        title={text('faults.new', { name: `${view.data.cadreName} · ${category?.name ?? ''}` })}
        actions={<Button href={hrefOf('faults')}>{text('faults.back')}</Button>}
      />
      <Alert type="info" showIcon title={text('faults.new.hint')} />
      <form
        className="card fault-form"
        onSubmit={(event) => {
          event.preventDefault()
          void send()
        }}
      >
        <FormLine id="fault-kind" label={text('faults.kind')} isRequired>
          <Radio.Group
            id="fault-kind"
            value={kind}
            options={faultKinds.map((one) => ({ value: one, label: text(`fault.${one}`) }))}
            onChange={(event) => setKind(event.target.value as FaultKind)}
          />
        </FormLine>
        <FormLine id="fault-found" label={text('faults.found')} isRequired>
          <Radio.Group
            id="fault-found"
            value={found}
            options={faultPlaces.map((one) => ({ value: one, label: text(`fault.found.${one}`) }))}
            onChange={(event) => setFound(event.target.value as FaultPlace)}
          />
        </FormLine>
        <FormLine id="fault-fields" label={text('faults.fields')}>
          <Select<string[]>
            id="fault-fields"
            mode="multiple"
            className="fill"
            value={fields}
            options={(category?.fields ?? []).map((field) => ({ value: field.id, label: field.label }))}
            showSearch={{ optionFilterProp: 'label' }}
            onChange={setFields}
          />
        </FormLine>
        <FormLine
          id="fault-traced"
          label={text('faults.traced')}
          hint={text('faults.traced.hint')}
          isRequired
        >
          <Checkbox.Group
            value={traced}
            options={others.map((hand) => ({
              value: hand.member,
              label: `${hand.name}（${text(`fault.as.${hand.as}`)}）`,
            }))}
            onChange={setTraced}
          />
        </FormLine>
        <FormLine id="fault-words" label={text('faults.words')} isRequired>
          <Input.TextArea
            id="fault-words"
            rows={3}
            maxLength={2000}
            value={words}
            onChange={(event) => setWords(event.target.value)}
          />
        </FormLine>
        <ErrorNotice failure={find.failure} />
        <p className="rekey-actions">
          <Button
            type="primary"
            htmlType="submit"
            disabled={traced.length === 0 || words.trim() === ''}
            loading={find.isBusy}
          >
            {text('faults.sign')}
          </Button>
          <span className="prose-faint">{text('faults.sign.hint')}</span>
        </p>
      </form>
    </div>
  )
}
