import { Button, Input } from 'antd'
import { useState } from 'react'
import type { TransferStep, TransferView } from '../../../src-shared/contract/transfer.ts'
import { longestReason } from '../../../src-shared/transfer/hand-over-body.ts'
import { hrefOf } from '../../app/routes.ts'
import { useAction } from '../../app/use-action.ts'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { FormLine } from '../../ui/form-line.tsx'
import { momentText } from '../../ui/moment.ts'
import { Mark } from '../../ui/status-tag.tsx'
import { useText } from '../../ui/text.ts'
import { FolderBrowser } from '../sync/folder-browser.tsx'
import { ExportStep } from './export-step.tsx'

/** Steps that are taken at a row; a receipt is brought in above the table, for it says itself what it answers. */
const rowSteps: readonly TransferStep[] = ['export', 'cancel', 'receipt']

/** Dossiers that went out, or came in. */
export function MovedTable({
  rows,
  label,
}: {
  readonly rows: readonly TransferView[]
  readonly label: string
}) {
  const text = useText()
  const [open, setOpen] = useState<{ readonly id: string; readonly step: TransferStep } | null>(null)
  const row = rows.find(({ id, may }) => id === open?.id && may.includes(open.step))
  return (
    <>
      <table className="grid-table" aria-label={label}>
        <thead>
          <tr>
            <th scope="col">{text('column.cadre')}</th>
            <th scope="col">{text('transfer.column.unit')}</th>
            <th scope="col">{text('transfer.column.facts')}</th>
            <th scope="col">{text('transfer.column.signed')}</th>
            <th scope="col">{text('column.status')}</th>
            <th scope="col">{text('due.column.action')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((one) => (
            <tr key={one.id}>
              <td className="nowrap">
                {one.cadre === null ? (
                  one.cadreName
                ) : (
                  <a href={hrefOf('dossiers', one.cadre)}>{one.cadreName}</a>
                )}
              </td>
              <td>{one.unitName}</td>
              <td className="number">{one.facts}</td>
              <td className="nowrap">
                {one.by} <span className="number">{momentText(one.at)}</span>
              </td>
              <td>
                <TransferMark row={one} />
                {one.words === null || one.words === '' ? null : (
                  <span className="prose-faint"> {one.words}</span>
                )}
              </td>
              <td className="nowrap">
                {rowSteps
                  .filter((step) => one.may.includes(step))
                  .map((step) => (
                    <Button key={step} size="small" onClick={() => setOpen({ id: one.id, step })}>
                      {text(`transfer.step.${step}`)}
                    </Button>
                  ))}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {row === undefined || open === null ? null : (
        <section className="card" aria-label={text(`transfer.step.${open.step}`)}>
          <h3>
            {text('transfer.step.of', { step: text(`transfer.step.${open.step}`), name: row.cadreName })}
          </h3>
          {open.step === 'export' ? (
            <ExportStep transfer={row.id} code={row.code} />
          ) : open.step === 'cancel' ? (
            <CancelStep transfer={row.id} />
          ) : (
            <ReceiptStep transfer={row.id} />
          )}
          <Button onClick={() => setOpen(null)}>{text('do.close')}</Button>
        </section>
      )}
    </>
  )
}

export function TransferMark({ row }: { readonly row: TransferView }) {
  const text = useText()
  if (row.isLate)
    return <Mark shape="✕" tone="risk" word={text('transfer.late', { day: row.replyBy ?? '' })} />
  const word = text(`transfer.status.${row.status}`)
  if (row.status === 'waiting') return <Mark shape="▲" tone="watch" word={word} />
  return <span>{word}</span>
}

function CancelStep({ transfer }: { readonly transfer: string }) {
  const text = useText()
  const action = useAction('transfer.cancel')
  const [words, setWords] = useState('')
  return (
    <>
      <p className="prose-line">{text('transfer.cancel.hint')}</p>
      <FormLine id="cancel-words" label={text('transfer.cancel.words')} isRequired>
        <Input
          id="cancel-words"
          autoFocus
          maxLength={longestReason}
          value={words}
          onChange={(event) => setWords(event.target.value)}
        />
      </FormLine>
      <ErrorNotice failure={action.failure} />
      <Button
        danger
        disabled={words.trim() === ''}
        loading={action.isBusy}
        onClick={() => void action.run({ transfer, words: words.trim() })}
      >
        {text('transfer.cancel.sign')}
      </Button>{' '}
    </>
  )
}

function ReceiptStep({ transfer }: { readonly transfer: string }) {
  const text = useText()
  const action = useAction('transfer.receipt')
  const [path, setPath] = useState<string | null>(null)
  const [file, setFile] = useState<string | null>(null)
  const write = async (folder: string) => {
    const done = await action.run({ transfer, folder })
    if (done.ok) setFile(done.value.file)
  }
  return (
    <>
      <p className="prose-line">{text('transfer.receipt.hint')}</p>
      <FolderBrowser path={path} onPath={setPath}>
        {(folder) => (
          <Button type="primary" loading={action.isBusy} onClick={() => void write(folder.path)}>
            {text('transfer.export.here')}
          </Button>
        )}
      </FolderBrowser>
      {file === null ? null : (
        <p role="status">
          {text('transfer.exported')} <code>{file}</code>
        </p>
      )}
      <ErrorNotice failure={action.failure} />
    </>
  )
}
