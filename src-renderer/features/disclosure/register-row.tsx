import { Button } from 'antd'
import { Fragment } from 'react'
import { findCategory } from '../../../src-shared/catalogue/read.ts'
import type { CopyItem, CorrectionItem, RegisterItem } from '../../../src-shared/contract/disclosure.ts'
import type { Sheet } from '../../../src-shared/disclosure/sheet.ts'
import { copyNumber } from '../../../src-shared/disclosure/sheet-document.ts'
import { useDesk } from '../../app/contexts.ts'
import { hrefOf } from '../../app/routes.ts'
import { momentText } from '../../ui/moment.ts'
import { useList, useText, useTextOr } from '../../ui/text.ts'
import { Answer, Approve, Make } from './register-actions.tsx'
import { RegisterStatus } from './register-status.tsx'

interface RegisterRowProps {
  readonly item: RegisterItem
  readonly isOpen: boolean
  onToggle(): void
  onSheet(sheet: Sheet): void
}

export const registerColumns = 8

/** A row of the register, with what the member may do with it below. */
export function RegisterRow({ item, isOpen, onToggle, onSheet }: RegisterRowProps) {
  const text = useText()
  const { answered } = item
  const byHand = item.kind === 'copy' ? (item.requested ?? item.made) : item.requested
  return (
    <Fragment>
      <tr>
        <td className="nowrap number">{momentText(item.at)}</td>
        <td className="nowrap">
          {text(item.kind === 'copy' ? `register.kind.${item.form}` : 'register.kind.correction')}
          <span className="register-number number">{copyNumber(item.id)}</span>
        </td>
        <td className="nowrap">
          {item.cadre === '' ? '—' : <a href={hrefOf('dossiers', item.cadre)}>{item.cadreName}</a>}
        </td>
        <td className="register-what">
          {item.kind === 'copy' ? <CopyWords item={item} /> : <CorrectionWords item={item} />}
        </td>
        <td className="nowrap">{byHand?.name}</td>
        <td className="register-what">
          {answered === null ? null : (
            <>
              <span className="nowrap">
                {answered.name} <span className="number">{momentText(answered.at)}</span>
              </span>
              {answered.words === '' ? null : <span className="register-said">{answered.words}</span>}
            </>
          )}
          {item.kind === 'correction' && answered === null ? (
            <span className="nowrap">{text('register.due', { day: item.dueOn })}</span>
          ) : null}
        </td>
        <td className="nowrap">
          <RegisterStatus item={item} />
        </td>
        <td className="nowrap no-print">
          <RowButtons item={item} isOpen={isOpen} onToggle={onToggle} />
        </td>
      </tr>
      {isOpen ? (
        <tr className="grid-more no-print">
          <td colSpan={registerColumns}>
            {item.kind === 'copy' && item.may.includes('approve') ? (
              <Approve item={item} onDone={onToggle} />
            ) : null}
            {item.kind === 'copy' && item.may.includes('make') ? (
              <Make item={item} onSheet={onSheet} />
            ) : null}
            {item.kind === 'correction' && item.may.includes('answer') ? (
              <Answer item={item} onDone={onToggle} />
            ) : null}
          </td>
        </tr>
      ) : null}
    </Fragment>
  )
}

function RowButtons({ item, isOpen, onToggle }: Omit<RegisterRowProps, 'onSheet'>) {
  const text = useText()
  const { may } = item
  const opens = may.includes('approve')
    ? text('register.do.approve')
    : may.includes('make')
      ? text('register.do.make')
      : may.includes('answer')
        ? text('register.do.answer')
        : null
  const label = (word: string) => `${word} ${item.cadreName} ${copyNumber(item.id)}`
  return (
    <span className="row-buttons">
      {item.kind === 'correction' && may.includes('correct') ? (
        <Button
          size="small"
          type="primary"
          aria-label={label(text('register.do.correct'))}
          href={hrefOf('entry', item.cadre, item.category, item.record ?? 'new', item.id)}
        >
          {text('register.do.correct')}
        </Button>
      ) : null}
      {opens === null ? null : (
        <Button size="small" aria-expanded={isOpen} aria-label={label(opens)} onClick={onToggle}>
          {opens}
        </Button>
      )}
    </span>
  )
}

function CopyWords({ item }: { readonly item: CopyItem }) {
  const text = useText()
  const textOr = useTextOr()
  const list = useList()
  const { catalogue } = useDesk()
  const names = item.categories.map((id) => findCategory(catalogue, id)?.name ?? id)
  const { purpose } = item
  return (
    <>
      <span>
        {item.form === 'list'
          ? text('register.lines', { count: item.records })
          : text('register.records', { count: item.records, names: list(names) })}
      </span>
      <span className="register-said">
        {textOr(`purpose.${purpose.kind}`)}
        {purpose.words === '' ? '' : `：${purpose.words}`}
        {item.recipient === null ? '' : `；${text('sheet.recipient')} ${item.recipient}`}
      </span>
    </>
  )
}

function CorrectionWords({ item }: { readonly item: CorrectionItem }) {
  const text = useText()
  const { catalogue } = useDesk()
  const name = findCategory(catalogue, item.category)?.name ?? item.category
  const came = [text(`correction.way.${item.way}`), item.receivedOn, item.reference].filter(
    (one) => one !== '',
  )
  return (
    <>
      <span>
        {item.record === null ? text('correction.missing.of', { name }) : name}
        {item.field === '' ? '' : `：${item.field}`}
      </span>
      <span className="register-said">{item.words}</span>
      <span className="register-said prose-faint">{came.join(' ')}</span>
    </>
  )
}
