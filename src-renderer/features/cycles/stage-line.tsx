import { Button } from 'antd'
import { useState } from 'react'
import { useDesk } from '../../app/contexts.ts'
import { useQuery } from '../../app/use-query.ts'
import { momentText } from '../../ui/moment.ts'
import { useText } from '../../ui/text.ts'
import { stageName } from './due-words.ts'
import { StageForm } from './stage-form.tsx'

interface StageLineProps {
  readonly cadre: string
  readonly name: string
}

/** At which stage a cadre is, since when, and how they came there. */
export function StageLine({ cadre, name }: StageLineProps) {
  const text = useText()
  const { catalogue } = useDesk()
  const found = useQuery('cadre.stages', { cadre })
  const [isChanging, setChanging] = useState(false)
  if (found.data === null) return null
  const { present, steps, may } = found.data
  if (present === null && !may) return null
  return (
    <>
      <div className="stage-line">
        <span className="stage-label">{text('stage.label')}</span>
        {present === null ? (
          <span>{text('stage.unknown')}</span>
        ) : (
          <>
            <strong>{stageName(catalogue, present.stage)}</strong>
            <span className="number">{text('stage.since', { day: present.since })}</span>
            {present.isSigned ? null : <span className="prose-faint">{text('stage.by-basics')}</span>}
          </>
        )}
        {may && !isChanging ? (
          <Button size="small" onClick={() => setChanging(true)}>
            {text('stage.change')}
          </Button>
        ) : null}
        {steps.length === 0 ? null : (
          <details className="stage-history">
            <summary>{text('stage.history')}</summary>
            <ol>
              {steps.map(({ stage, since, reason, source, member, at }) => (
                <li key={`${at}/${stage}`}>
                  {text('stage.history.line', { since, stage: stageName(catalogue, stage), reason })}
                  {source === '' ? null : <span> {source}</span>}
                  <span className="prose-faint">
                    {text('stage.history.by', { member, at: momentText(at) })}
                  </span>
                </li>
              ))}
            </ol>
          </details>
        )}
      </div>
      {isChanging ? (
        <StageForm
          cadre={cadre}
          name={name}
          present={present?.stage ?? null}
          onClose={() => setChanging(false)}
        />
      ) : null}
    </>
  )
}
