import { Select } from 'antd'
import { useState } from 'react'
import type { Failure } from '../../../src-shared/kernel/errors.ts'
import { useJob } from '../../app/use-job.ts'
import { call } from '../../bridge/index.ts'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { FormLine } from '../../ui/form-line.tsx'
import { ProgressBar } from '../../ui/progress-bar.tsx'
import { useText } from '../../ui/text.ts'
import { useImport, type ChosenTable } from './import-state.ts'

const shownLength = 60

/** Which sheet is read, and which of its rows holds the headings. */
export function SourcePlace({ table }: { readonly table: ChosenTable }) {
  const text = useText()
  const choose = useImport((state) => state.choose)
  const job = useJob()
  const [failure, setFailure] = useState<Failure | null>(null)
  if (table.kind === 'form') return null
  const look = (sheet: string | null, headerRow?: number) => {
    setFailure(null)
    void job.run(async (_, signal) => {
      const input = { upload: table.upload, sheet, ...(headerRow === undefined ? {} : { headerRow }) }
      const found = await call('import.suggest', input, { signal })
      if (!found.ok) {
        if (found.error.code !== 'call/cancelled') setFailure(found.error)
        return
      }
      const { suggestion, encoding: _encoding, ...rest } = found.value
      const { name, upload, delivery } = table
      choose({ ...rest, name, upload, ...(delivery === undefined ? {} : { delivery }) }, suggestion)
    })
  }
  return (
    <fieldset className="card import-settings">
      <legend>{text('import.place')}</legend>
      {table.sheet === null ? null : (
        <FormLine id="source-sheet" label={text('import.sheet')}>
          <Select
            id="source-sheet"
            className="fill"
            value={table.sheet}
            options={table.sheets.map(({ name, hidden }) => ({
              value: name,
              label: hidden ? text('import.sheet.hidden', { name }) : name,
            }))}
            onChange={(sheet) => look(sheet)}
          />
        </FormLine>
      )}
      <FormLine id="source-header" label={text('import.header-row')} hint={text('import.header-row.hint')}>
        <Select
          id="source-header"
          className="fill"
          value={table.headerRow ?? 0}
          options={[
            { value: 0, label: text('import.header-row.none') },
            ...table.first.map(({ row, cells }) => ({
              value: row,
              label: `${text('import.header-row.number', { row })} ${cells
                .filter((cell) => cell !== '')
                .join(' | ')
                .slice(0, shownLength)}`,
            })),
          ]}
          onChange={(headerRow) => look(table.sheet, headerRow)}
        />
      </FormLine>
      <ErrorNotice failure={failure} />
      {job.progress === null ? null : (
        <ProgressBar label={text('import.reading')} {...job.progress} onCancel={job.cancel} />
      )}
    </fieldset>
  )
}
