import type { TwinPair, TwinPerson } from '../../../src-shared/contract/twins.ts'
import type { TwinReason } from '../../../src-shared/duplicates/weigh.ts'
import { hrefOf } from '../../app/routes.ts'
import { Mark } from '../../ui/status-tag.tsx'
import { useList, useText } from '../../ui/text.ts'
import { agrees, strengthMarks } from './use-twins.ts'

/** Who a dossier is about, in one line. */
export function personText({ name, identityTail, post, unit }: TwinPerson): string {
  return [name, identityTail === null ? '' : `**** ${identityTail}`, post ?? '', unit ?? '']
    .filter((part) => part !== '')
    .join(' ')
}

export function TwinPairs({ pairs }: { readonly pairs: readonly TwinPair[] }) {
  const text = useText()
  const list = useList()
  const words = (reasons: readonly TwinReason[]) => list(reasons.map((one) => text(`twins.reason.${one}`)))
  return (
    <div className="table-scroll">
      <table className="grid-table twins-table" aria-label={text('twins.list')}>
        <thead>
          <tr>
            <th scope="col">{text('twins.column.strength')}</th>
            <th scope="col">{text('twins.column.first')}</th>
            <th scope="col">{text('twins.column.second')}</th>
            <th scope="col">{text('twins.column.agrees')}</th>
            <th scope="col">{text('twins.column.differs')}</th>
            <th scope="col" aria-label={text('twins.compare')} />
          </tr>
        </thead>
        <tbody>
          {pairs.map((pair) => (
            <tr key={`${pair.first.cadre}/${pair.second.cadre}`}>
              <td className="nowrap">
                <Mark {...strengthMarks[pair.strength]} word={text(`twins.strength.${pair.strength}`)} />
              </td>
              <td>{personText(pair.first)}</td>
              <td>{personText(pair.second)}</td>
              <td>{words(pair.reasons.filter(agrees))}</td>
              <td>
                {words(pair.reasons.filter((one) => !agrees(one)))}
                {pair.wasApart ? <p className="twins-again">{text('twins.was-apart')}</p> : null}
              </td>
              <td className="nowrap">
                <a
                  href={hrefOf('twins', 'pair', pair.first.cadre, pair.second.cadre)}
                  aria-label={text('twins.compare.label', {
                    first: personText(pair.first),
                    second: personText(pair.second),
                  })}
                >
                  {text('twins.compare')}
                </a>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
