import { useState } from 'react'
import { levels, type Level } from '../../../src-shared/access/roles.ts'
import { ownerTable, type Catalogue, type Category } from '../../../src-shared/catalogue/schema.ts'
import { useText } from '../../ui/text.ts'
import { EditDrawer } from './edit-drawer.tsx'
import { ChoiceLine, TextLine } from './lines.tsx'
import { Problems } from './problems.tsx'
import { useStep, wrongProperties } from './use-step.ts'

const groups = ['A', 'B', 'C', 'D', 'E'] as const
type Group = (typeof groups)[number]

interface NewCategoryProps {
  readonly isOpen: boolean
  readonly working: Catalogue
  /** With the id of what was added, or null. */
  onClose(added: string | null): void
}

export function NewCategory({ isOpen, ...rest }: NewCategoryProps) {
  return isOpen ? <Form {...rest} /> : null
}

/** A category begins with its name, its place and one field; the rest is filled in beside the list. */
function Form({ working, onClose }: Omit<NewCategoryProps, 'isOpen'>) {
  const text = useText()
  const step = useStep()
  const [name, setName] = useState('')
  const [group, setGroup] = useState<Group>('D')
  const [level, setLevel] = useState<Level>(2)
  const [field, setField] = useState('')
  const id = freeId(working, group)
  const owners = working.codeTables.find((table) => table.id === ownerTable)?.items ?? []
  const [owner, setOwner] = useState(owners[0]?.code ?? '')
  const wrong = wrongProperties(step.problems, { category: id })
  const isFieldWrong = wrongProperties(step.problems, { category: id, field: 'item1' }).has('label')
  const save = () => {
    const category: Category = {
      id,
      name: name.trim(),
      group,
      compartment: level === 4 ? 'discipline' : 'archive',
      level,
      verification: 'dual',
      signer: 'approver',
      owner,
      cycle: 'event',
      evidence: 'optional',
      many: true,
      declarations: ['present', 'none'],
      legalBasis: '',
      guidance: '',
      summary: '{item1}',
      fields: [{ id: 'item1', label: field.trim(), kind: 'text', required: true }],
      crossChecks: [],
    }
    if (step.take({ edit: 'category.add', category })) onClose(id)
  }
  return (
    <EditDrawer title={text('catalogue.category.add')} onSave={save} onClose={() => onClose(null)}>
      <TextLine
        id="new-category-name"
        label={text('catalogue.property.name')}
        isRequired
        isWrong={wrong.has('name')}
        value={name}
        onChange={setName}
      />
      <ChoiceLine<Group>
        id="new-category-group"
        label={text('catalogue.property.group')}
        hint={text('catalogue.group.hint', { id })}
        value={group}
        options={groups.map((one) => ({ value: one, label: `${one} ${text(`group.${one}`)}` }))}
        onChange={(chosen = group) => setGroup(chosen)}
      />
      <ChoiceLine<Level>
        id="new-category-level"
        label={text('catalogue.property.level')}
        hint={text('catalogue.level.hint')}
        value={level}
        options={levels.map((one) => ({ value: one, label: text(`members.level.${one}`) }))}
        onChange={(chosen = level) => setLevel(chosen)}
      />
      <ChoiceLine
        id="new-category-owner"
        label={text('catalogue.property.owner')}
        value={owner}
        options={owners.map(({ code, label }) => ({ value: code, label }))}
        onChange={(chosen = owner) => setOwner(chosen)}
      />
      <TextLine
        id="new-category-field"
        label={text('catalogue.first-field')}
        hint={text('catalogue.first-field.hint')}
        isRequired
        isWrong={isFieldWrong}
        value={field}
        onChange={setField}
      />
      <Problems problems={step.problems} versions={[working]} />
    </EditDrawer>
  )
}

function freeId(working: Catalogue, group: Group): string {
  const taken = new Set(working.categories.map(({ id }) => id))
  let number = 1
  while (taken.has(`${group}${number}`)) number += 1
  return `${group}${number}`
}
