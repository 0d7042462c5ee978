import { Alert } from 'antd'
import { findCategory } from '../../../src-shared/catalogue/read.ts'
import type { DirectivesView } from '../../../src-shared/contract/log-views.ts'
import { useDesk } from '../../app/contexts.ts'
import { hrefOf } from '../../app/routes.ts'
import { momentText } from '../../ui/moment.ts'
import { useText, useTextOr } from '../../ui/text.ts'

/** What the level above decided: on which entry, by whom, with which words; and what does not count here, or not yet. */
export function DirectivesNotice({ views }: { readonly views: readonly DirectivesView[] }) {
  const text = useText()
  const textOr = useTextOr()
  const { catalogue } = useDesk()
  const decisions = views.flatMap((view) => view.decisions)
  const isQuiet = decisions.every(({ code }) => code === null)
  return (
    <Alert
      type={isQuiet ? 'success' : 'warning'}
      showIcon
      role="status"
      title={
        decisions.length === 0
          ? text('directives.none')
          : text('directives.title', { count: decisions.length })
      }
      description={
        decisions.length === 0 ? null : (
          <ul className="receipts">
            {decisions.map((one) => (
              <li key={`${one.revision}/${one.at}/${one.decision}`}>
                {one.cadre === null || one.category === null ? (
                  <code>{one.record.slice(0, 8)}</code>
                ) : (
                  <a href={hrefOf('dossiers', one.cadre, one.record)}>
                    {one.cadreName} · {findCategory(catalogue, one.category)?.name ?? one.category}
                  </a>
                )}{' '}
                <strong>{text(`directive.${one.decision}`)}</strong>{' '}
                {text('directives.by', { office: one.office, officer: one.officer, at: momentText(one.at) })}
                {one.words === '' ? null : <span className="many-lines"> {one.words}</span>}
                {one.code === null ? null : <p className="prose-faint">{textOr(`error.${one.code}`)}</p>}
              </li>
            ))}
          </ul>
        )
      }
    />
  )
}
