import { Button, Checkbox } from 'antd'
import { useMemo, useState } from 'react'
import { findCategory } from '../../../src-shared/catalogue/read.ts'
import type { BlankPaper } from '../../../src-shared/contract/paper-views.ts'
import { formDocument } from '../../../src-shared/paper/form-document.ts'
import { useDesk, visibleCategories } from '../../app/contexts.ts'
import { pageNonce } from '../../app/page-nonce.ts'
import { hrefOf } from '../../app/routes.ts'
import { useAction } from '../../app/use-action.ts'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { useLooks } from '../../ui/looks.ts'
import { momentText } from '../../ui/moment.ts'
import { PageHeader } from '../../ui/page-header.tsx'
import { useText } from '../../ui/text.ts'
import { PrintFrame } from '../disclosure/print-frame.tsx'
import { squaresOf } from './squares.ts'

const groups = ['A', 'B', 'C', 'D', 'E'] as const

/** Blank sheets of the categories that are chosen, for one cadre or for anybody. */
export function BlankPage({ cadre }: { readonly cadre: string | null }) {
  const text = useText()
  const desk = useDesk()
  const categories = visibleCategories(desk).filter(({ retired }) => retired !== true)
  const [chosen, setChosen] = useState<readonly string[]>([])
  const [isTried, setTried] = useState(false)
  const [paper, setPaper] = useState<(BlankPaper & { readonly at: string }) | null>(null)
  const make = useAction('paper.blank')
  if (paper !== null) return <BlankForms paper={paper} onClose={() => setPaper(null)} />
  const print = async () => {
    setTried(true)
    if (chosen.length === 0) return
    // In the order of the catalogue, whatever was ticked first.
    const wanted = categories.flatMap(({ id }) => (chosen.includes(id) ? [id] : []))
    const made = await make.run({ cadre, categories: wanted })
    if (made.ok) setPaper({ ...made.value, at: momentText(new Date().toISOString()) })
  }
  return (
    <div className="page paper-blank">
      <PageHeader
        title={text('paper.blank.title')}
        hint={text('paper.blank.hint')}
        actions={
          <Button href={cadre === null ? hrefOf('entry') : hrefOf('dossiers', cadre)}>
            {text('do.cancel')}
          </Button>
        }
      />
      <div className="paper-choice-tools">
        <Button size="small" onClick={() => setChosen(categories.map(({ id }) => id))}>
          {text('paper.blank.all')}
        </Button>
        <Button size="small" onClick={() => setChosen([])}>
          {text('paper.blank.clear')}
        </Button>
      </div>
      {groups.map((group) => {
        const members = categories.filter((category) => category.group === group)
        return members.length === 0 ? null : (
          <fieldset key={group} className="paper-choice">
            <legend>{text(`group.${group}`)}</legend>
            {members.map(({ id, name }) => (
              <Checkbox
                key={id}
                checked={chosen.includes(id)}
                onChange={({ target }) =>
                  setChosen(target.checked ? [...chosen, id] : chosen.filter((one) => one !== id))
                }
              >
                <span className="number">{id}</span> {name}
              </Checkbox>
            ))}
          </fieldset>
        )
      })}
      {isTried && chosen.length === 0 ? (
        <p className="line-error" role="alert">
          {text('paper.blank.none')}
        </p>
      ) : null}
      <ErrorNotice failure={make.failure} />
      <div className="form-actions">
        <Button type="primary" loading={make.isBusy} onClick={() => void print()}>
          {text('paper.blank.make', { count: chosen.length })}
        </Button>
      </div>
    </div>
  )
}

function BlankForms({
  paper,
  onClose,
}: {
  readonly paper: BlankPaper & { readonly at: string }
  onClose(): void
}) {
  const text = useText()
  const { session, catalogue } = useDesk()
  const locale = useLooks((looks) => looks.locale)
  const title =
    paper.cadreName === null
      ? text('paper.blank.title')
      : text('paper.blank.title.for', { name: paper.cadreName })
  const html = useMemo(() => {
    const sheets = paper.sheets.flatMap(({ category: id, code, number }) => {
      const category = findCategory(catalogue, id)
      const { cadreName, post } = paper
      const blank = { number, cadreName, post, content: null, status: '', hands: {} }
      return category === null ? [] : [{ category, catalogue, code: squaresOf(code), ...blank }]
    })
    const printedBy = text('paper.form.printed', { name: session.member.name, at: paper.at })
    return formDocument({ unit: session.unit.name, printedBy, sheets }, locale, pageNonce())
  }, [paper, catalogue, session, text, locale])
  return <PrintFrame title={title} html={html} hint={text('paper.blank.print.hint')} onClose={onClose} />
}
