import { Button } from 'antd'
import { useState } from 'react'
import type { MemberTasks } from '../../../src-shared/contract/member-views.ts'
import type { Id } from '../../../src-shared/kernel/ids.ts'
import { useText } from '../../ui/text.ts'
import { TieForm } from './tie-form.tsx'

/** Members of whom nobody said yet whether a dossier is about them; one is looked at at a time. */
export function UnansweredCard({ unanswered }: { readonly unanswered: MemberTasks['unanswered'] }) {
  const text = useText()
  const [open, setOpen] = useState<Id | null>(null)
  return (
    <section className="card" aria-labelledby="unanswered">
      <h2 id="unanswered">{text('members.bench.unanswered')}</h2>
      <p className="prose-line">{text('members.tie.what')}</p>
      <ul className="unanswered">
        {unanswered.map(({ member, name }) => (
          <li key={member}>
            <span>{text('members.tie.title', { name })}</span>
            <Button
              size="small"
              aria-expanded={open === member}
              aria-label={text('members.tie.open.name', { name })}
              onClick={() => setOpen(open === member ? null : member)}
            >
              {text('members.tie.open')}
            </Button>
            {open === member ? <TieForm member={member} name={name} /> : null}
          </li>
        ))}
      </ul>
    </section>
  )
}
