import { organisationParts } from '../catalogue/organisation.ts'
import { periodParts } from '../catalogue/period.ts'
import type { Category, Field } from '../catalogue/schema.ts'
import type { RecordFact, RevisionFact } from '../contract/views.ts'
import type { Id } from '../kernel/ids.ts'
import { familyCategory } from '../audit/kin.ts'
import {
  holderFields,
  noKin,
  People,
  relationTable,
  selfRelation,
  textIn,
  type KnownPerson,
} from './people.ts'

/** `outsider`: neither the cadre nor kin; a person or, where a record names no more, a counterpart of any kind. */
export const nodeKinds = ['cadre', 'kin', 'organization', 'outsider'] as const
export type NodeKind = (typeof nodeKinds)[number]

export interface RelationNode {
  readonly id: string
  readonly kind: NodeKind
  /** Null for kin of whom only the relation is known. */
  readonly name: string | null
  /** GB/T 4761, for kin. */
  readonly relation: string | null
}

/** One record that ties two nodes. */
export interface RelationTie {
  readonly record: Id
  readonly category: string
  /** The field that names the further node. */
  readonly field: string
  /** It has come to its end by a date of the record. */
  readonly isFormer: boolean
}

export interface RelationEdge {
  /** The node nearer to the cadre. */
  readonly from: string
  readonly to: string
  readonly ties: readonly RelationTie[]
}

export interface Relations {
  /** The cadre first. */
  readonly nodes: readonly RelationNode[]
  readonly edges: readonly RelationEdge[]
}

/** Fields in which the shipped catalogue names an organisation in plain words. */
const organizationFields: readonly string[] = ['organization', 'workplace']
/** What people write where somebody works nowhere. */
const nowhere: readonly string[] = [
  '无',
  '退休',
  '离休',
  '无业',
  '待业',
  '务农',
  '务工',
  '外出务工',
  '学生',
  '学龄前',
  '已故',
]
/** The other side of a loan or a payment, in plain words. */
const counterpartFields: readonly string[] = ['creditor', 'debtor', 'payee']
/** Dates after which a tie is a former one. */
const endings: readonly string[] = ['to', 'endedOn', 'settledOn']

/** The field that says which organisation a record is about. */
function organizationField({ fields }: Category): Field | undefined {
  const named = fields.find(({ kind }) => kind === 'organisation')
  if (named !== undefined) return named
  const plain = fields.find(({ id, kind }) => kind === 'text' && organizationFields.includes(id))
  if (plain !== undefined) return plain
  return fields.some(({ kind }) => kind === 'creditCode')
    ? fields.find(({ id, kind }) => kind === 'text' && id === 'name')
    : undefined
}

/**
 * Whom and what the archived records tie the cadre to. The answer hangs on the records alone and not on their order.
 *
 * @param categories those the member sees
 */
export function relationsOf(
  cadreName: string,
  categories: readonly Category[],
  records: readonly RecordFact[],
): Relations {
  const people = new People(cadreName, records)
  const nodes = new Map<string, RelationNode>()
  const edges = new Map<string, { from: string; to: string; ties: RelationTie[] }>()
  const add = (node: RelationNode) => {
    if (!nodes.has(node.id)) nodes.set(node.id, node)
    return node.id
  }
  const cadre = add({ id: people.cadre.id, kind: 'cadre', name: cadreName, relation: null })
  const tie = (from: string, to: string, by: RelationTie) => {
    if (from === to) return
    const key = JSON.stringify([from, to])
    const edge = edges.get(key) ?? { from, to, ties: [] }
    if (!edge.ties.some(({ record, field }) => record === by.record && field === by.field)) edge.ties.push(by)
    edges.set(key, edge)
  }
  const person = (one: KnownPerson) =>
    one.id === cadre
      ? cadre
      : add({ id: one.id, kind: isKin(one) ? 'kin' : 'outsider', name: one.name, relation: one.relation })
  const known = new Map(categories.map((category) => [category.id, category]))
  for (const { record, category: id, head } of inOrder(records)) {
    const category = known.get(id)
    if (category === undefined || head === null || head.declaration !== 'present') continue
    const isFormer = isOver(category, head)
    const by = (field: string): RelationTie => ({ record, category: id, field, isFormer })
    const { holder, relation } = holderFields(category)
    const whose = people.holderOf(category, head.values)
    const owner = person(whose)
    // A record about kin is what ties the cadre to them, whatever else it says.
    if (owner !== cadre) tie(cadre, owner, by(holder?.id ?? relation?.id ?? ''))
    for (const [field, other] of othersIn(category, head, people)) {
      const to = person(other)
      if (to !== cadre && to !== owner) tie(other.relation === null ? owner : cadre, to, by(field))
    }
    const named = organizationField(category)
    const told = named === undefined ? null : textIn(head.values, named.id)
    const organization = told !== null && named?.kind === 'organisation' ? organisationParts(told).name : told
    if (named !== undefined && organization !== null && !nowhere.includes(organization)) {
      const node = { id: `organization:${organization}`, kind: 'organization', name: organization } as const
      tie(owner, add({ ...node, relation: null }), by(named.id))
    }
  }
  return { nodes: [...nodes.values()], edges: [...edges.values()] }
}

function isOver({ fields }: Category, { values }: RevisionFact): boolean {
  const periods = fields.flatMap(({ id, kind }) => (kind === 'period' ? [textIn(values, id)] : []))
  return (
    endings.some((field) => values[field] !== undefined) ||
    periods.some((period) => period !== null && periodParts(period).to !== '')
  )
}

function inOrder(records: readonly RecordFact[]): readonly RecordFact[] {
  // The register of kin first: a name there says who is meant elsewhere.
  const rank = ({ category, record }: RecordFact) =>
    `${category === familyCategory ? 0 : 1}${category} ${record}`
  return records.toSorted((a, b) => (rank(a) < rank(b) ? -1 : 1))
}

function isKin({ relation, record }: KnownPerson): boolean {
  return record !== null ? relation !== noKin : relation !== null && relation !== noKin
}

/** People and counterparts that a record names beside its holder, by the field that names them. */
function othersIn(
  category: Category,
  { values }: RevisionFact,
  people: People,
): readonly (readonly [string, KnownPerson])[] {
  const { holder } = holderFields(category)
  const told = category.fields.filter(
    ({ kind, table, identifying }) => kind === 'code' && table === relationTable && identifying !== true,
  )
  // A relation that does not identify the record says who its one other person is.
  const relation = told.length === 1 ? textIn(values, told[0]?.id) : null
  const found: (readonly [string, KnownPerson])[] = []
  for (const { id, kind, identifying } of category.fields) {
    const isPerson = (kind === 'person' || kind === 'personName') && identifying !== true
    if (id === holder?.id || !(isPerson || (kind === 'text' && counterpartFields.includes(id)))) continue
    for (const name of textIn(values, id)?.split('、') ?? []) {
      if (relation === selfRelation) continue
      found.push([id, people.named(name) ?? people.meant(isPerson ? relation : null, name)])
    }
  }
  return found
}
