import { Button, Steps } from 'antd'
import { useLayoutEffect, useRef } from 'react'
import type { Category } from '../../../src-shared/catalogue/schema.ts'
import type { Digest, Id } from '../../../src-shared/kernel/ids.ts'
import { goTo, hrefOf } from '../../app/routes.ts'
import { useAction } from '../../app/use-action.ts'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { useText } from '../../ui/text.ts'

export interface SubmittedRow {
  readonly record: Id
  readonly revision: Digest
}

interface SubmittedProps {
  readonly row: SubmittedRow
  readonly category: Category
  readonly cadre: string
  readonly cadreName: string
  onAgain(): void
}

/** What happens next with what was entered. */
export function Submitted({ category, cadre, cadreName, row, onAgain }: SubmittedProps) {
  const text = useText()
  const withdrawing = useAction('record.withdraw')
  const takeBack = async () => {
    const result = await withdrawing.run({ ...row, reason: text('submitted.take-back.reason') })
    if (result.ok) goTo('entry', cadre, category.id, row.record)
  }
  const newest = useRef(takeBack)
  useLayoutEffect(() => {
    newest.current = takeBack
  })
  useLayoutEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.shiftKey || event.key.toLowerCase() !== 'z') return
      event.preventDefault()
      void newest.current()
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [])
  return (
    <div className="page submitted">
      <h1>{text('submitted.title')}</h1>
      <p>{text('submitted.what', { name: cadreName, category: category.name })}</p>
      <Steps
        size="small"
        current={1}
        items={[
          { title: text('submitted.step.entered') },
          {
            title: text('submitted.step.review'),
            content: text(category.verification === 'single' ? 'submitted.step.one' : 'submitted.step.two'),
          },
          { title: text('submitted.step.open') },
          { title: text('submitted.step.sign') },
        ]}
      />
      <ErrorNotice failure={withdrawing.failure} onClose={withdrawing.clear} />
      <div className="empty-actions">
        {category.many ? (
          <Button type="primary" autoFocus onClick={onAgain}>
            {text('submitted.again', { category: category.name })}
          </Button>
        ) : null}
        <Button href={hrefOf('entry', cadre)} {...(category.many ? {} : { autoFocus: true })}>
          {text('submitted.other', { name: cadreName })}
        </Button>
        <Button loading={withdrawing.isBusy} onClick={() => void takeBack()}>
          {text('submitted.take-back')}
          <kbd>Ctrl+Z</kbd>
        </Button>
        <Button href={hrefOf('entry', 'mine', 'on-the-way')}>{text('submitted.mine')}</Button>
        <Button href={hrefOf('dossiers', cadre)}>{text('submitted.dossier')}</Button>
      </div>
    </div>
  )
}
