import { Cascader } from 'antd'
import { useMemo } from 'react'
import { areaPath, areasBelow } from '../../../src-shared/catalogue/areas.ts'
import type { CodeTable } from '../../../src-shared/catalogue/schema.ts'
import { foldForSearch } from '../../../src-shared/search/fold.ts'
import { pinyinInitials } from '../../../src-shared/search/pinyin.ts'
import { useDesk } from '../../app/contexts.ts'
import { useText } from '../../ui/text.ts'
import { leaving, type KindProps } from './paired-controls.tsx'

interface AreaOption {
  readonly value: string
  readonly label: string
  /** Name and pinyin initials, folded: typed words find the area anywhere in its path. */
  readonly words: string
  readonly children?: AreaOption[]
}

const trees = new WeakMap<CodeTable, AreaOption[]>()

function treeOf(table: CodeTable): AreaOption[] {
  const known = trees.get(table)
  if (known !== undefined) return known
  const below = (code: string): AreaOption[] =>
    areasBelow(table, code).map((area) => {
      const children = below(area.code)
      const words = [area.name, pinyinInitials(area.name), area.code].map(foldForSearch).join(' ')
      return { value: area.code, label: area.name, words, ...(children.length === 0 ? {} : { children }) }
    })
  const tree = below('')
  trees.set(table, tree)
  return tree
}

/** Province, prefecture, county: chosen step by step, or found by typing part of a name, its initials or its code. */
export function AreaControl({ common, field, value, onChange, onLeave }: KindProps) {
  const text = useText()
  const { catalogue } = useDesk()
  const table = catalogue.codeTables.find(({ id }) => id === field.table)
  const tree = useMemo(() => (table === undefined ? [] : treeOf(table)), [table])
  const path = table === undefined ? [] : areaPath(table, value)
  return (
    <div className="fill" onBlur={leaving(onLeave)}>
      <Cascader<AreaOption>
        {...common}
        className="fill"
        allowClear
        changeOnSelect
        expandTrigger="click"
        placeholder={text('entry.area.hint')}
        options={tree}
        value={[...path]}
        displayRender={(labels) => labels.join('')}
        showSearch={{
          limit: 30,
          filter: (typed, options) => {
            const words = options.map((option) => option.words).join(' ')
            return typed
              .split(/[\s/]+/)
              .filter((word) => word !== '')
              .every((word) => words.includes(foldForSearch(word)))
          },
        }}
        onChange={(chosen) => onChange(String(chosen?.at(-1) ?? ''))}
      />
    </div>
  )
}
