import { Select } from 'antd'
import { useEffect, useState } from 'react'
import { attachmentPieces, cadreParts } from '../../../src-shared/catalogue/references.ts'
import { useQuery } from '../../app/use-query.ts'
import { useText } from '../../ui/text.ts'
import { useEntry } from './entry-state.ts'
import type { KindProps } from './paired-controls.tsx'

const shownCadres = 20

/** A cadre out of the dossiers one may see, found by name, initials or the end of the identity number. */
export function CadreControl({ common, value, onChange, onLeave }: KindProps) {
  const text = useText()
  const [typed, setTyped] = useState('')
  const [search, setSearch] = useState('')
  useEffect(() => {
    const timer = window.setTimeout(() => setSearch(typed.trim()), 150)
    return () => window.clearTimeout(timer)
  }, [typed])
  const found = useQuery('cadre.list', { search, after: null, limit: shownCadres })
  const options = (found.data?.items ?? []).map((line) => ({
    value: `${line.name}#${line.id}`,
    label: [line.name, line.post].filter((word) => word !== null && word !== '').join(' · '),
  }))
  const isListed = options.some((option) => option.value === value)
  return (
    <Select<string>
      {...common}
      className="fill"
      allowClear
      {...(value === '' ? {} : { value })}
      showSearch={{ filterOption: false, onSearch: setTyped }}
      placeholder={text('entry.cadre.hint')}
      notFoundContent={text('dossiers.not-found')}
      options={value === '' || isListed ? options : [{ value, label: cadreParts(value).name }, ...options]}
      onChange={(chosen: string | undefined) => onChange(chosen ?? '')}
      onBlur={onLeave}
    />
  )
}

/** Pieces of the evidence of this record: those that are kept, and those that have arrived. */
export function AttachmentControl({ common, value, onChange, onLeave }: KindProps) {
  const text = useText()
  const kept = useEntry((entry) => entry.form?.draft.kept)
  const uploads = useEntry((entry) => entry.form?.uploads)
  const options = [
    ...(kept ?? []).map((line) => ({ value: line.hash, label: line.name })),
    ...(uploads ?? []).flatMap((one) =>
      one.upload === null ? [] : [{ value: `upload:${one.upload}`, label: one.name }],
    ),
  ]
  const known = new Set(options.map((option) => option.value))
  return (
    <Select<string[]>
      {...common}
      className="fill"
      mode="multiple"
      placeholder={text(options.length === 0 ? 'entry.attachment.none' : 'entry.attachment.hint')}
      notFoundContent={text('entry.attachment.none')}
      optionFilterProp="label"
      value={attachmentPieces(value).filter((piece) => known.has(piece))}
      options={options}
      onChange={(chosen) => onChange(chosen.join(' '))}
      onBlur={onLeave}
    />
  )
}
