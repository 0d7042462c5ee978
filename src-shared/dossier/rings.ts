import type { RelationEdge, RelationNode } from './relations.ts'

/** Where a node is drawn; the cadre is at 0, 0. */
export interface PlacedNode {
  readonly node: RelationNode
  /** Steps from the cadre. */
  readonly distance: number
  readonly x: number
  readonly y: number
  readonly width: number
}

export interface Rings {
  readonly placed: readonly PlacedNode[]
  /** Pixels of each ring. */
  readonly radii: readonly number[]
  /** How far the drawing reaches from the middle. */
  readonly reach: { readonly x: number; readonly y: number }
}

export const nodeHeight = 30
const gap = 12
const firstRadius = 110
const ringStep = 84
const growth = 8
/** Screens are wider than high. */
export const flatness = 1.35

/**
 * Puts nodes on rings by how many steps they are from the cadre, each within the sector of the node it hangs on, on the
 * smallest rings on which no two lie over each other. The same relations are always drawn alike.
 *
 * @param width of a node in pixels
 */
export function ringsOf(
  nodes: readonly RelationNode[],
  edges: readonly RelationEdge[],
  width: (node: RelationNode) => number,
): Rings {
  const [centre] = nodes
  if (centre === undefined) return { placed: [], radii: [], reach: { x: 0, y: 0 } }
  const tree = treeOf(centre.id, nodes, edges)
  const angles = anglesOf(centre.id, tree.children)
  const placed: PlacedNode[] = [{ node: centre, distance: 0, x: 0, y: 0, width: width(centre) }]
  const radii: number[] = []
  const depth = Math.max(0, ...tree.distance.values())
  for (let distance = 1; distance <= depth; distance++) {
    const ring = nodes.filter((node) => tree.distance.get(node.id) === distance)
    let radius = distance === 1 ? firstRadius : (radii.at(-1) ?? 0) + ringStep
    let onRing = place(ring, angles, radius, distance, width)
    // Two at different angles come apart as the ring grows; there is a radius at which all have.
    while (overlaps(onRing, placed)) {
      radius += growth
      onRing = place(ring, angles, radius, distance, width)
    }
    placed.push(...onRing)
    radii.push(radius)
  }
  return {
    placed,
    radii,
    reach: {
      x: Math.max((radii.at(-1) ?? 0) * flatness, ...placed.map((one) => Math.abs(one.x) + one.width / 2)),
      y: Math.max(radii.at(-1) ?? 0, ...placed.map((one) => Math.abs(one.y) + nodeHeight / 2)),
    },
  }
}

interface Tree {
  readonly distance: ReadonlyMap<string, number>
  readonly children: ReadonlyMap<string, readonly string[]>
}

/** Each node hangs on the first that reaches it, nearest to the middle; what is not reached at all is left out. */
function treeOf(centre: string, nodes: readonly RelationNode[], edges: readonly RelationEdge[]): Tree {
  const neighbours = new Map<string, Set<string>>(nodes.map(({ id }) => [id, new Set()]))
  for (const { from, to } of edges) {
    neighbours.get(from)?.add(to)
    neighbours.get(to)?.add(from)
  }
  const distance = new Map([[centre, 0]])
  const children = new Map<string, string[]>()
  const queue = [centre]
  for (const id of queue) {
    const own: string[] = []
    for (const { id: next } of nodes) {
      if (distance.has(next) || neighbours.get(id)?.has(next) !== true) continue
      distance.set(next, (distance.get(id) ?? 0) + 1)
      own.push(next)
      queue.push(next)
    }
    children.set(id, own)
  }
  return { distance, children }
}

/** An angle a node: a sector is as wide as the ends that hang on it are many. */
function anglesOf(centre: string, children: Tree['children']): ReadonlyMap<string, number> {
  const ends = new Map<string, number>()
  const count = (id: string): number => {
    const below = (children.get(id) ?? []).reduce((sum, child) => sum + count(child), 0)
    ends.set(id, Math.max(1, below))
    return Math.max(1, below)
  }
  count(centre)
  const angles = new Map<string, number>()
  const spread = (id: string, from: number, to: number): void => {
    angles.set(id, (from + to) / 2)
    let at = from
    for (const child of children.get(id) ?? []) {
      const part = ((to - from) * (ends.get(child) ?? 1)) / (ends.get(id) ?? 1)
      spread(child, at, at + part)
      at += part
    }
  }
  // From the top, as the clock goes.
  spread(centre, -Math.PI / 2, (3 * Math.PI) / 2)
  return angles
}

function place(
  ring: readonly RelationNode[],
  angles: ReadonlyMap<string, number>,
  radius: number,
  distance: number,
  width: (node: RelationNode) => number,
): readonly PlacedNode[] {
  return ring.map((node) => {
    const angle = angles.get(node.id) ?? 0
    return {
      node,
      distance,
      x: Math.round(Math.cos(angle) * radius * flatness),
      y: Math.round(Math.sin(angle) * radius),
      width: width(node),
    }
  })
}

function overlaps(ring: readonly PlacedNode[], inner: readonly PlacedNode[]): boolean {
  const all = [...inner, ...ring]
  return ring.some((one, index) => {
    for (let other = 0; other < inner.length + index; other++) {
      const two = all[other] as PlacedNode
      const apartX = Math.abs(one.x - two.x) >= (one.width + two.width) / 2 + gap
      if (!apartX && Math.abs(one.y - two.y) < nodeHeight + gap) return true
    }
    return false
  })
}
