import { Button, Select } from 'antd'
import { useState } from 'react'
import type { RecordView, RevisionView } from '../../../src-shared/contract/views.ts'
import { useAction } from '../../app/use-action.ts'
import { useQuery } from '../../app/use-query.ts'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { useText } from '../../ui/text.ts'

interface ConveneFormProps {
  readonly record: RecordView
  readonly revision: RevisionView
  onConvened(): void
}

/** Names three or more who took no part; what most of them say holds. */
export function ConveneForm({ record, revision, onConvened }: ConveneFormProps) {
  const text = useText()
  const unit = useQuery('unit.read', {})
  const convene = useAction('review.convene')
  const [members, setMembers] = useState<readonly string[]>(
    revision.group?.members.map(({ member }) => member) ?? [],
  )
  const involved = new Set([
    revision.author.member,
    ...revision.opinions.map((opinion) => opinion.reviewer.member),
    ...(revision.escalated === null ? [] : [revision.escalated.hand.member]),
  ])
  const able = (unit.data?.members ?? []).filter(
    (member) =>
      !involved.has(member.id) &&
      member.roles.some(
        ({ role, inForce }) => inForce && ['reviewer', 'approver', 'inspector'].includes(role),
      ),
  )
  const send = async () => {
    const rows = [{ record: record.record, revision: revision.revision }]
    const done = await convene.run({
      compartment: record.compartment,
      rows,
      members: [...members],
      words: '',
    })
    if (done.ok && done.value.refused.length === 0) onConvened()
  }
  return (
    <section className="card convene" aria-label={text('convene.title')}>
      <h2>{text('convene.title')}</h2>
      <p className="prose-faint">{text('convene.hint')}</p>
      <form
        className="thread-reply"
        onSubmit={(event) => {
          event.preventDefault()
          void send()
        }}
      >
        <Select<string[]>
          mode="multiple"
          className="grow"
          maxCount={9}
          aria-label={text('convene.members')}
          placeholder={text('convene.members')}
          value={[...members]}
          options={able.map((member) => ({ value: member.id, label: member.name }))}
          showSearch={{ optionFilterProp: 'label' }}
          onChange={setMembers}
        />
        <Button htmlType="submit" disabled={members.length < 3} loading={convene.isBusy}>
          {text('convene.run')}
        </Button>
      </form>
      <ErrorNotice failure={convene.failure} />
    </section>
  )
}
