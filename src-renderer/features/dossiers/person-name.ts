import { codeItem } from '../../../src-shared/catalogue/fields.ts'
import { relationTable, type KnownPerson } from '../../../src-shared/dossier/people.ts'
import type { RelationNode } from '../../../src-shared/dossier/relations.ts'
import { useDesk } from '../../app/contexts.ts'
import { useText } from '../../ui/text.ts'

/** `配偶 赵明霞`; the relation alone where nobody said a name. */
export function usePersonName(): (person: Pick<KnownPerson, 'name' | 'relation'>) => string {
  const text = useText()
  const { catalogue } = useDesk()
  return ({ name, relation }) => {
    const word = relation === null ? null : codeItem(catalogue, relationTable, relation)?.label
    const words = [word, name].filter((one) => one !== null && one !== undefined)
    return words.length === 0 ? text('household.unnamed') : words.join(' ')
  }
}

/** A node as the table and the picture of the relations name it. */
export function useNodeName(): (node: RelationNode) => string {
  const personName = usePersonName()
  return (node) => (node.kind === 'kin' ? personName(node) : (node.name ?? ''))
}
