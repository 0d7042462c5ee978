import { Alert } from 'antd'
import { useEffect, useState } from 'react'
import { hrefOf } from '../../app/routes.ts'
import { useQuery } from '../../app/use-query.ts'
import { useList, useText } from '../../ui/text.ts'
import { personText } from './twin-pairs.tsx'

interface NearTwinsProps {
  readonly name: string
  readonly identityNumber: string | null
  readonly post: string
}

const settleMilliseconds = 300

/** Dossiers that may be those of whom one is about to be opened for, each with the reasons. */
export function NearTwins({ name, identityNumber, post }: NearTwinsProps) {
  const text = useText()
  const list = useList()
  const typed = JSON.stringify({ name: name.trim(), identityNumber, post: post.trim() || null })
  const [settled, setSettled] = useState(typed)
  useEffect(() => {
    const timer = window.setTimeout(() => setSettled(typed), settleMilliseconds)
    return () => window.clearTimeout(timer)
  }, [typed])
  const asked = JSON.parse(settled) as { name: string; identityNumber: string | null; post: string | null }
  const { data } = useQuery('twin.near', asked.name.length < 2 ? null : asked)
  // A name that many bear is no reason by itself, but whoever opens a dossier knows more than its name.
  const sameName = useQuery(
    'cadre.list',
    asked.name.length < 2 ? null : { search: asked.name, after: null, limit: 20 },
  ).data
  const near = data?.near ?? []
  const others = (sameName?.items ?? []).filter(
    ({ id, name: known }) => known === asked.name && !near.some(({ person }) => person.cadre === id),
  )
  if (near.length + others.length === 0) return null
  const isNamesake = others.length > 0 || near.some(({ person }) => person.name === asked.name)
  return (
    <Alert
      type="warning"
      showIcon
      title={text(isNamesake ? 'dossiers.namesake' : 'twins.near')}
      description={[
        ...near.map(({ person, strength, reasons }) => (
          <a key={person.cadre} className="namesake" href={hrefOf('dossiers', person.cadre)}>
            {personText(person)}
            <span className="namesake-why">
              {text('twins.near.line', {
                strength: text(`twins.strength.${strength}`),
                reasons: list(reasons.map((one) => text(`twins.reason.${one}`))),
              })}
            </span>
          </a>
        )),
        ...others.map((line) => (
          <a key={line.id} className="namesake" href={hrefOf('dossiers', line.id)}>
            {line.name} {line.identityTail === null ? '' : `**** ${line.identityTail}`} {line.post ?? ''}
          </a>
        )),
      ]}
    />
  )
}
