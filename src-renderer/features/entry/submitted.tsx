import { Button, Steps } from 'antd'
import type { Category } from '../../../src-shared/catalogue/schema.ts'
import { hrefOf } from '../../app/routes.ts'
import { useText } from '../../ui/text.ts'

interface SubmittedProps {
  readonly category: Category
  readonly cadre: string
  readonly cadreName: string
  onAgain(): void
}

/** What happens next with what was entered. */
export function Submitted({ category, cadre, cadreName, onAgain }: SubmittedProps) {
  const text = useText()
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
      <div className="empty-actions">
        {category.many ? (
          <Button type="primary" autoFocus onClick={onAgain}>
            {text('submitted.again', { category: category.name })}
          </Button>
        ) : null}
        <Button href={hrefOf('entry', cadre)} {...(category.many ? {} : { autoFocus: true })}>
          {text('submitted.other', { name: cadreName })}
        </Button>
        <Button href={hrefOf('entry', 'mine', 'on-the-way')}>{text('submitted.mine')}</Button>
        <Button href={hrefOf('dossiers', cadre)}>{text('submitted.dossier')}</Button>
      </div>
    </div>
  )
}
