import { Select } from 'antd'
import { useEffect, useId, useState } from 'react'
import { findCategory } from '../../../src-shared/catalogue/read.ts'
import type { PaperPlace } from '../../../src-shared/contract/paper-views.ts'
import { useDesk } from '../../app/contexts.ts'
import { useQuery } from '../../app/use-query.ts'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { FormLine } from '../../ui/form-line.tsx'
import { momentText } from '../../ui/moment.ts'
import { useText } from '../../ui/text.ts'

const shownCadres = 20

interface PlacePickerProps {
  /** Whom and what the sheet names, where it does. */
  readonly cadre: { readonly id: string; readonly name: string } | null
  readonly category: string | null
  onChoose(place: PaperPlace): void
}

/** The entry that a scan belongs to, chosen by a person. */
export function PlacePicker({ cadre: named, category, onChoose }: PlacePickerProps) {
  const text = useText()
  const { catalogue } = useDesk()
  const id = useId()
  const [chosen, setChosen] = useState(named?.id ?? '')
  const [typed, setTyped] = useState('')
  const [search, setSearch] = useState('')
  useEffect(() => {
    const timer = window.setTimeout(() => setSearch(typed.trim()), 150)
    return () => window.clearTimeout(timer)
  }, [typed])
  const found = useQuery('cadre.list', { search, after: null, limit: shownCadres })
  const places = useQuery('paper.places', chosen === '' ? null : { cadre: chosen, category })
  const listed = (found.data?.items ?? []).map(({ id: value, name, post }) => ({
    value,
    label: [name, post].filter((word) => word !== null && word !== '').join(' · '),
  }))
  const isListed = named === null || listed.some(({ value }) => value === named.id)
  const line = ({ category: of, entered }: PaperPlace) =>
    text('scans.place.line', {
      category: of,
      name: findCategory(catalogue, of)?.name ?? '',
      at: momentText(entered.at),
      author: entered.name,
    })
  return (
    <div className="scan-picker">
      <FormLine id={`${id}-cadre`} label={text('scans.place.cadre')}>
        <Select<string>
          id={`${id}-cadre`}
          className="fill"
          {...(chosen === '' ? {} : { value: chosen })}
          showSearch={{ filterOption: false, onSearch: setTyped }}
          placeholder={text('entry.cadre.hint')}
          notFoundContent={text('dossiers.not-found')}
          options={isListed ? listed : [{ value: named.id, label: named.name }, ...listed]}
          onChange={setChosen}
        />
      </FormLine>
      <FormLine id={`${id}-revision`} label={text('scans.place.revision')}>
        <Select<string>
          id={`${id}-revision`}
          className="fill"
          disabled={chosen === ''}
          placeholder={text('scans.place.choose')}
          notFoundContent={text('scans.place.none')}
          options={(places.data ?? []).map((place) => ({
            value: place.revision,
            label: `${line(place)} · ${text(`status.${place.status}`)}`,
          }))}
          onChange={(revision: string) => {
            const place = places.data?.find((one) => one.revision === revision)
            if (place !== undefined) onChoose(place)
          }}
        />
      </FormLine>
      <ErrorNotice failure={places.failure ?? found.failure} />
    </div>
  )
}
