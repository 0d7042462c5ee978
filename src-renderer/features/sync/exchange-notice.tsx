import { Alert } from 'antd'
import type { ExchangeView } from '../../../src-shared/contract/device-views.ts'
import { hrefOf } from '../../app/routes.ts'
import { useList, useText, useTextOr } from '../../ui/text.ts'
import { TieList } from '../record/tie-list.tsx'

/** What came from another computer: how much, by whom, what contradicts, what does not count. */
export function ExchangeNotice({ view }: { readonly view: ExchangeView }) {
  const text = useText()
  const textOr = useTextOr()
  const list = useList()
  const compartment = text(`compartment.${view.compartment}`)
  const isQuiet =
    view.conflicts.length === 0 && view.voids.length === 0 && view.ties.length === 0 && !view.forked
  return (
    <Alert
      type={isQuiet ? 'success' : 'warning'}
      showIcon
      role="status"
      title={text('exchange.received', { name: view.deviceName })}
      description={
        <>
          <p>
            {view.commits === 0
              ? text('exchange.nothing', { compartment })
              : text('exchange.line', { compartment, count: view.commits })}
            {view.evidence === 0 ? null : ` · ${text('exchange.evidence', { count: view.evidence })}`}
          </p>
          {view.members.length === 0 ? null : (
            <p>
              {text('exchange.by', {
                names: list(
                  view.members.map(({ name, commits }) => text('exchange.by.one', { name, count: commits })),
                ),
              })}
            </p>
          )}
          {view.derived.length === 0 ? null : (
            <p>
              {text('exchange.derived', {
                names: list(view.derived.map((one) => text(`compartment.${one}`))),
              })}
            </p>
          )}
          {view.forked ? <p>{text('exchange.forked')}</p> : null}
          {view.conflicts.length === 0 ? null : (
            <>
              <p>{text('exchange.conflicts', { count: view.conflicts.length })}</p>
              <ul>
                {view.conflicts.map((conflict) => (
                  <li key={conflict.record}>
                    <a href={hrefOf('dossiers', conflict.cadre)}>{conflict.cadreName}</a>{' '}
                    <code>{conflict.category}</code>
                  </li>
                ))}
              </ul>
            </>
          )}
          {view.ties.length === 0 ? null : (
            <>
              <p>{text('ties.found', { count: view.ties.length })}</p>
              <TieList ties={view.ties} />
            </>
          )}
          {view.voids.length === 0 ? null : (
            <>
              <p>{text('exchange.voids', { count: view.voids.length })}</p>
              <ul className="refused">
                {view.voids.slice(0, 20).map((step) => (
                  <li key={`${step.log}/${step.seq}/${step.code}`}>
                    <code>
                      {step.log.slice(0, 8)} #{step.seq}
                    </code>{' '}
                    {textOr(`error.${step.code}`)}
                  </li>
                ))}
              </ul>
            </>
          )}
        </>
      }
    />
  )
}
