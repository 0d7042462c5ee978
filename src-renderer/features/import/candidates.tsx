import { Select } from 'antd'
import type { PersonRow } from '../../../src-shared/contract/import.ts'
import { useClauses, useText } from '../../ui/text.ts'

type Placement = PersonRow['placement']

interface CandidatesProps {
  readonly person: Pick<PersonRow, 'name' | 'birth' | 'unit' | 'candidates' | 'placement'>
  readonly id: string
  onDecide(placement: Placement): void
}

/** Which dossier a person's rows go to, with the reasons for and against each in words. */
export function Candidates({ person, id, onDecide }: CandidatesProps) {
  const text = useText()
  const clauses = useClauses()
  const { name, candidates, placement } = person
  return (
    <div className="candidates">
      <Select<string>
        id={id}
        className="fill"
        aria-label={text('match.choose', { name })}
        value={placement ?? ''}
        options={[
          { value: '', label: text('match.later') },
          ...candidates.map((one) => ({
            value: one.cadre,
            label: [one.name, one.birth ?? '', one.post ?? ''].filter((part) => part !== '').join(' · '),
          })),
          { value: 'open', label: text('match.open', { name }) },
        ]}
        onChange={(value) => onDecide(value === '' ? null : value)}
      />
      <ul className="plain-list prose-faint">
        {candidates.map((one) => (
          <li key={one.cadre}>
            {text(`match.${one.likelihood}`, {
              name: [one.name, one.post ?? ''].filter((part) => part !== '').join(' '),
              reasons: clauses(one.reasons.map((reason) => text(`match.reason.${reason}`))),
            })}
          </li>
        ))}
      </ul>
    </div>
  )
}
