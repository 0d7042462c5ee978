import { Button } from 'antd'
import { useEffect, useState } from 'react'
import type { ImportPreview, PersonRow } from '../../../src-shared/contract/import.ts'
import type { Failure } from '../../../src-shared/kernel/errors.ts'
import { call } from '../../bridge/index.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { useText } from '../../ui/text.ts'
import { Candidates } from './candidates.tsx'

const pageSize = 50

interface PeopleStepProps {
  readonly session: string
  onChanged(preview: ImportPreview): void
}

/** People of the table who are known by name alone: a person says which dossier is theirs. */
export function PeopleStep({ session, onChanged }: PeopleStepProps) {
  const text = useText()
  const [people, setPeople] = useState<readonly PersonRow[]>([])
  const [total, setTotal] = useState<number | null>(null)
  const [offset, setOffset] = useState(0)
  const [failure, setFailure] = useState<Failure | null>(null)
  useEffect(() => {
    let isCurrent = true
    void call('import.people', { session, undecided: true, offset, limit: pageSize }).then((result) => {
      if (!isCurrent) return
      if (!result.ok) setFailure(result.error)
      else {
        setPeople(result.value.people)
        setTotal(result.value.total)
      }
    })
    return () => {
      isCurrent = false
    }
  }, [session, offset])
  const decide = async (decisions: readonly { person: number; cadre: PersonRow['placement'] }[]) => {
    const result = await call('import.decide', { session, decisions: [...decisions] })
    if (!result.ok) {
      setFailure(result.error)
      return
    }
    setFailure(null)
    const made = new Map(decisions.map(({ person, cadre }) => [person, cadre]))
    setPeople((before) =>
      before.map((one) => (made.has(one.person) ? { ...one, placement: made.get(one.person) ?? null } : one)),
    )
    onChanged(result.value)
  }
  if (total === null) return <ErrorNotice failure={failure} />
  if (total === 0) return <EmptyState isSmall title={text('match.none')} />
  const likely = people.flatMap((one) => {
    const sure = one.candidates.filter((candidate) => candidate.likelihood === 'likely')
    const [only] = sure
    return one.placement === null && sure.length === 1 && only !== undefined
      ? [{ person: one.person, cadre: only.cadre }]
      : []
  })
  return (
    <div className="people">
      <p className="prose-line">{text('match.hint')}</p>
      {likely.length === 0 ? null : (
        <div className="run-actions">
          <Button onClick={() => void decide(likely)}>
            {text('match.take-likely', { count: likely.length })}
          </Button>
        </div>
      )}
      <table className="grid-table">
        <thead>
          <tr>
            <th scope="col">{text('column.cadre')}</th>
            <th scope="col">{text('match.birth')}</th>
            <th scope="col">{text('match.unit')}</th>
            <th scope="col" className="is-end">
              {text('match.rows')}
            </th>
            <th scope="col">{text('match.dossier')}</th>
          </tr>
        </thead>
        <tbody>
          {people.map((one) => (
            <tr key={one.person}>
              <td className="nowrap">{one.name}</td>
              <td className="nowrap number">{one.birth ?? ''}</td>
              <td>{one.unit ?? ''}</td>
              <td className="is-end number">{one.rows}</td>
              <td className="candidates-cell">
                <Candidates
                  id={`match-${one.person}`}
                  person={one}
                  onDecide={(cadre) => void decide([{ person: one.person, cadre }])}
                />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {total <= pageSize ? null : (
        <div className="run-actions">
          <Button disabled={offset === 0} onClick={() => setOffset(offset - pageSize)}>
            {text('match.before')}
          </Button>
          <span className="number">
            {offset + 1}–{Math.min(total, offset + pageSize)} / {total}
          </span>
          <Button disabled={offset + pageSize >= total} onClick={() => setOffset(offset + pageSize)}>
            {text('match.after')}
          </Button>
        </div>
      )}
      <ErrorNotice failure={failure} />
    </div>
  )
}
