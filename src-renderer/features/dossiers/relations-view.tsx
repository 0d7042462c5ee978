import { useMemo, useState } from 'react'
import { findCategory } from '../../../src-shared/catalogue/read.ts'
import {
  relationsOf,
  type RelationEdge,
  type RelationNode,
  type RelationTie,
} from '../../../src-shared/dossier/relations.ts'
import { useDesk } from '../../app/contexts.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { useText } from '../../ui/text.ts'
import { viewHref, type DossierViewProps } from './dossier-views.ts'
import { useNodeName } from './person-name.ts'
import { RelationsDrawing } from './relations-drawing.tsx'

/** More than these make no picture; the table names them all. */
const mostDrawn = 80

/** Whom and what the archived records tie the cadre to: a picture, and a table that says the same. */
export function RelationsView({ dossier, categories }: DossierViewProps) {
  const text = useText()
  const [chosen, setChosen] = useState<string | null>(null)
  const { cadre, records } = dossier
  const { nodes, edges } = useMemo(
    () => relationsOf(cadre.name, categories, records),
    [cadre.name, categories, records],
  )
  if (edges.length === 0)
    return <EmptyState title={text('relations.empty')} hint={text('relations.empty.hint')} />
  // In the order of the records kin comes first, and everybody after what they hang on.
  const drawn = nodes.slice(0, mostDrawn)
  const shown = chosen === null ? edges : edges.filter(({ from, to }) => from === chosen || to === chosen)
  return (
    <div className="relations">
      <RelationsDrawing
        nodes={drawn}
        edges={edges.filter(({ from, to }) => [from, to].every((id) => drawn.some((node) => node.id === id)))}
        chosen={chosen}
        onChoose={(id) => setChosen(id === chosen ? null : id)}
      />
      {drawn.length === nodes.length ? null : (
        <p className="household-warning">
          {text('relations.cut', { shown: drawn.length, total: nodes.length })}
        </p>
      )}
      <p className="prose-faint no-print">
        {text(chosen === null ? 'relations.hint' : 'relations.chosen')}{' '}
        {chosen === null ? null : (
          <button type="button" className="figure" onClick={() => setChosen(null)}>
            {text('relations.all')}
          </button>
        )}
      </p>
      <RelationsTable cadre={cadre.id} nodes={nodes} edges={shown} />
    </div>
  )
}

interface RelationsTableProps {
  readonly cadre: string
  readonly nodes: readonly RelationNode[]
  readonly edges: readonly RelationEdge[]
}

function RelationsTable({ cadre, nodes, edges }: RelationsTableProps) {
  const text = useText()
  const nodeName = useNodeName()
  const { catalogue } = useDesk()
  const named = new Map(nodes.map((node) => [node.id, node]))
  const name = (id: string) => {
    const node = named.get(id)
    return node === undefined ? '' : nodeName(node)
  }
  const label = ({ category, field }: RelationTie) => {
    const found = findCategory(catalogue, category)
    const words = [found?.name ?? category, found?.fields.find(({ id }) => id === field)?.label]
    return words.filter((word) => word !== undefined).join(' · ')
  }
  return (
    <table className="facts relations-table" aria-label={text('relations.table')}>
      <thead>
        <tr>
          <th scope="col">{text('relations.from')}</th>
          <th scope="col">{text('relations.to')}</th>
          <th scope="col">{text('relations.kind')}</th>
          <th scope="col">{text('relations.records')}</th>
        </tr>
      </thead>
      <tbody>
        {edges.map((edge) => (
          <tr key={`${edge.from}/${edge.to}`}>
            <td>{name(edge.from)}</td>
            <td>{name(edge.to)}</td>
            <td className="nowrap">{text(`relations.kind.${named.get(edge.to)?.kind ?? 'outsider'}`)}</td>
            <td className="relations-records">
              {edge.ties.map((tie) => (
                <a key={`${tie.record}/${tie.field}`} href={viewHref(cadre, 'relations', tie.record)}>
                  {label(tie)}
                  {tie.isFormer ? text('relations.former') : ''}
                </a>
              ))}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
