import { useDesk } from '../../app/contexts.ts'
import { useText } from '../../ui/text.ts'
import { TieForm } from './tie-form.tsx'

/** Whether one of the dossiers is about the member at work: they never take part in it. */
export function TieCard() {
  const text = useText()
  const { session } = useDesk()
  return (
    <section className="card" aria-labelledby="tie-own">
      <h2 id="tie-own">{text('members.tie.own')}</h2>
      <p className="prose-line">{text('members.tie.what')}</p>
      <TieForm member={session.member.id} name={session.member.name} />
    </section>
  )
}
