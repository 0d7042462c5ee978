import { Button, Select, Skeleton } from 'antd'
import { useEffect, useState } from 'react'
import type { LineView } from '../../../src-shared/contract/workload.ts'
import { useDesk, visibleCategories } from '../../app/contexts.ts'
import { useAction } from '../../app/use-action.ts'
import { useQuery } from '../../app/use-query.ts'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { FormLine } from '../../ui/form-line.tsx'
import { useList, useText } from '../../ui/text.ts'

/** Who stands above or below whom among those the dossiers are about, as far as it keeps somebody out of a matter. */
export function LinePage() {
  const text = useText()
  const list = useList()
  const desk = useDesk()
  const lines = useQuery('line.list', {}, ['control'])
  if (lines.failure !== null) return <ErrorNotice failure={lines.failure} onRetry={lines.reload} />
  if (lines.data === null) return <Skeleton active />
  const apart = visibleCategories(desk).filter((one) => one.apartFromReportingLine === true)
  return (
    <section className="card" aria-labelledby="line-title">
      <h2 id="line-title">{text('line.title')}</h2>
      <p className="prose-line">{text('line.what', { names: list(apart.map((one) => one.name)) })}</p>
      {lines.data.map((line) => (
        <LineForm key={`${line.member}/${line.line.length}`} line={line} />
      ))}
    </section>
  )
}

const shownCadres = 20
const typingMilliseconds = 150

function LineForm({ line }: { readonly line: LineView }) {
  const text = useText()
  const { session } = useDesk()
  const action = useAction('member.line')
  const [typed, setTyped] = useState('')
  const [search, setSearch] = useState('')
  const [chosen, setChosen] = useState(() =>
    line.line.map(({ cadre, name }) => ({ value: cadre, label: name })),
  )
  useEffect(() => {
    const timer = window.setTimeout(() => setSearch(typed.trim()), typingMilliseconds)
    return () => window.clearTimeout(timer)
  }, [typed])
  const found = useQuery('cadre.list', search === '' ? null : { search, after: null, limit: shownCadres })
  const options = (found.data?.items ?? []).map((cadre) => ({
    value: cadre.id,
    label: [cadre.name, cadre.identityTail === null ? '' : `**** ${cadre.identityTail}`, cadre.post ?? '']
      .filter((one) => one !== '')
      .join(' '),
  }))
  const isOwn = line.member === session.member.id
  const before = line.line.map(({ cadre }) => cadre)
  const now = chosen.map(({ value }) => value)
  const isChanged = now.length !== before.length || now.some((cadre) => !before.includes(cadre))
  return (
    <div className="line-form">
      <FormLine id={`line-${line.member}`} isWide label={line.name} hint={isOwn ? text('line.own.hint') : ''}>
        <Select
          id={`line-${line.member}`}
          className="fill"
          mode="multiple"
          labelInValue
          placeholder={text('line.placeholder')}
          value={chosen}
          options={options}
          showSearch={{ filterOption: false, onSearch: setTyped }}
          notFoundContent={search === '' ? text('line.type') : text('dossiers.not-found')}
          onChange={(values: readonly { value: string; label: string }[]) =>
            setChosen(values.map(({ value, label }) => ({ value, label })))
          }
        />
      </FormLine>
      {isChanged ? (
        <Button
          type="primary"
          loading={action.isBusy}
          onClick={() => void action.run({ member: line.member, cadres: now })}
        >
          {text('line.save')}
        </Button>
      ) : null}
      <ErrorNotice failure={action.failure} />
    </div>
  )
}
