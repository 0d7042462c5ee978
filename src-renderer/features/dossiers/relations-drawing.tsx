import type { KeyboardEvent } from 'react'
import { flatness, nodeHeight, ringsOf, type PlacedNode } from '../../../src-shared/dossier/rings.ts'
import type { RelationEdge, RelationNode } from '../../../src-shared/dossier/relations.ts'
import { useText } from '../../ui/text.ts'
import { useNodeName } from './person-name.ts'

interface RelationsDrawingProps {
  readonly nodes: readonly RelationNode[]
  readonly edges: readonly RelationEdge[]
  readonly chosen: string | null
  onChoose(id: string): void
}

const margin = 16
const longestLabel = 12
const letterWide = 13
const letterNarrow = 7.5
const padding = 22

/**
 * The cadre in the middle, everybody and everything else on rings by how many steps they are away. People are round,
 * organisations square; outsiders have a broken edge, ties that have ended a broken line.
 */
export function RelationsDrawing({ nodes, edges, chosen, onChoose }: RelationsDrawingProps) {
  const text = useText()
  const nodeName = useNodeName()
  const { placed, radii, reach } = ringsOf(nodes, edges, (node) => widthOf(shortOf(nodeName(node))))
  const at = new Map(placed.map((one) => [one.node.id, one]))
  const width = 2 * (reach.x + margin)
  const height = 2 * (reach.y + margin)
  return (
    <div className="relations-drawing" role="region" aria-label={text('relations.drawing')} tabIndex={0}>
      <svg
        viewBox={`${-width / 2} ${-height / 2} ${width} ${height}`}
        style={{ width, maxWidth: width > 1400 ? 'none' : '100%' }}
        role="group"
        aria-label={text('relations.drawing.hint')}
      >
        {radii.map((radius) => (
          <ellipse key={radius} className="relations-ring" rx={radius * flatness} ry={radius} />
        ))}
        {edges.map(({ from, to, ties }) => {
          const start = at.get(from)
          const end = at.get(to)
          if (start === undefined || end === undefined) return null
          const classes = [
            'relations-edge',
            ties.every(({ isFormer }) => isFormer) ? 'is-former' : '',
            chosen === null || chosen === from || chosen === to ? '' : 'is-faint',
          ]
          return (
            <line
              key={`${from}/${to}`}
              className={classes.join(' ')}
              x1={start.x}
              y1={start.y}
              x2={end.x}
              y2={end.y}
            />
          )
        })}
        {placed.map((one) => (
          <Node
            key={one.node.id}
            placed={one}
            name={nodeName(one.node)}
            isChosen={chosen === one.node.id}
            isFaint={
              chosen !== null &&
              chosen !== one.node.id &&
              !edges.some(({ from, to }) => [from, to].includes(chosen) && [from, to].includes(one.node.id))
            }
            onChoose={() => onChoose(one.node.id)}
          />
        ))}
      </svg>
    </div>
  )
}

interface NodeProps {
  readonly placed: PlacedNode
  readonly name: string
  readonly isChosen: boolean
  readonly isFaint: boolean
  onChoose(): void
}

function Node({ placed, name, isChosen, isFaint, onChoose }: NodeProps) {
  const text = useText()
  const { node, x, y, width } = placed
  const chooseByKey = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' && event.key !== ' ') return
    event.preventDefault()
    onChoose()
  }
  return (
    <g
      className={`relations-node is-${node.kind}${isChosen ? ' is-chosen' : ''}${isFaint ? ' is-faint' : ''}`}
      transform={`translate(${x} ${y})`}
      role="button"
      tabIndex={0}
      aria-pressed={isChosen}
      aria-label={`${text(`relations.kind.${node.kind}`)} ${name}`}
      onClick={onChoose}
      onKeyDown={chooseByKey}
    >
      <title>{name}</title>
      <rect
        x={-width / 2}
        y={-nodeHeight / 2}
        width={width}
        height={nodeHeight}
        rx={node.kind === 'organization' ? 2 : nodeHeight / 2}
      />
      <text textAnchor="middle" dominantBaseline="central">
        {shortOf(name)}
      </text>
    </g>
  )
}

function shortOf(name: string): string {
  const letters = [...name]
  return letters.length <= longestLabel ? name : `${letters.slice(0, longestLabel - 1).join('')}…`
}

function widthOf(label: string): number {
  const letters = [...label]
  return Math.ceil(
    letters.reduce((sum, letter) => sum + (letter > '\u2e7f' ? letterWide : letterNarrow), padding),
  )
}
