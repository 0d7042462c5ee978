import { Button, Select } from 'antd'
import { useEffect, useState } from 'react'
import type { Id } from '../../../src-shared/kernel/ids.ts'
import { useAction } from '../../app/use-action.ts'
import { useQuery } from '../../app/use-query.ts'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { FormLine } from '../../ui/form-line.tsx'
import { useText } from '../../ui/text.ts'

interface TieFormProps {
  readonly member: Id
  readonly name: string
}

const shownCadres = 20
const typingMilliseconds = 150

/** Chooses the dossier about a member, or says that there is none. */
export function TieForm({ member, name }: TieFormProps) {
  const text = useText()
  const tie = useAction('member.tie')
  const [typed, setTyped] = useState(name)
  const [search, setSearch] = useState(name)
  const [cadre, setCadre] = useState<Id | null>(null)
  useEffect(() => {
    const timer = window.setTimeout(() => setSearch(typed.trim()), typingMilliseconds)
    return () => window.clearTimeout(timer)
  }, [typed])
  const found = useQuery('cadre.list', { search, after: null, limit: shownCadres })
  const options = (found.data?.items ?? []).map((line) => ({
    value: line.id,
    label: [line.name, line.identityTail === null ? '' : `**** ${line.identityTail}`, line.post ?? ''].join(
      ' ',
    ),
  }))
  return (
    <div className="tie-form">
      <div className="form">
        <FormLine
          id={`tie-cadre-${member}`}
          label={text('members.tie.dossier')}
          hint={text('members.tie.hint')}
        >
          <Select<string>
            id={`tie-cadre-${member}`}
            className="fill"
            allowClear
            showSearch={{ filterOption: false, onSearch: setTyped }}
            value={cadre}
            options={options}
            notFoundContent={text('dossiers.not-found')}
            onChange={(chosen) => setCadre(chosen ?? null)}
          />
        </FormLine>
      </div>
      <ErrorNotice failure={tie.failure} />
      <div className="form-actions">
        <Button
          type="primary"
          disabled={cadre === null}
          loading={tie.isBusy}
          onClick={() => void tie.run({ member, cadre })}
        >
          {text('members.tie.run')}
        </Button>
        <Button loading={tie.isBusy} onClick={() => void tie.run({ member, cadre: null })}>
          {text('members.tie.none')}
        </Button>
      </div>
    </div>
  )
}
