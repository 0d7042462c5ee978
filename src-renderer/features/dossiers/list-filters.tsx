import { Button, Checkbox, Select } from 'antd'
import { codeItem } from '../../../src-shared/catalogue/fields.ts'
import { stageTable } from '../../../src-shared/catalogue/schema.ts'
import { listingSorts, type ListingFacet, type ListingSort } from '../../../src-shared/contract/listing.ts'
import { useDesk } from '../../app/contexts.ts'
import { useQuery } from '../../app/use-query.ts'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { useText } from '../../ui/text.ts'
import { conditionsOf, filterOfAddress, type ListFilter } from './list-query.ts'

interface ListFiltersProps {
  readonly filter: ListFilter
  onChange(filter: ListFilter): void
}

/** What the list is narrowed down to, and its order. */
export function ListFilters({ filter, onChange }: ListFiltersProps) {
  const text = useText()
  const { catalogue } = useDesk()
  const facets = useQuery('dossier.facets', {})
  const nameOf = (id: string) => catalogue.categories.find((category) => category.id === id)?.name ?? id
  const choice = (name: 'unit' | 'post' | 'tag', found: readonly ListingFacet[]) => (
    <label className="filter-line">
      <span>{text(`dossiers.filter.${name}`)}</span>
      <Select
        allowClear
        showSearch
        size="small"
        aria-label={text(`dossiers.filter.${name}`)}
        placeholder={text('dossiers.filter.all')}
        value={filter[name]}
        loading={facets.isLoading}
        notFoundContent={text('dossiers.filter.nothing')}
        options={found.map(({ value, count }) => ({ value, label: `${value}（${count}）` }))}
        onChange={(value: string | undefined) => onChange({ ...filter, [name]: value ?? null })}
      />
    </label>
  )
  const found = facets.data
  return (
    <section className="list-filters" aria-label={text('dossiers.filter')}>
      <ErrorNotice failure={facets.failure} onRetry={facets.reload} />
      {choice('unit', found?.units ?? [])}
      {choice('post', found?.posts ?? [])}
      {choice('tag', found?.tags ?? [])}
      <label className="filter-line">
        <span>{text('dossiers.filter.stage')}</span>
        <Select
          allowClear
          size="small"
          aria-label={text('dossiers.filter.stage')}
          placeholder={text('dossiers.filter.all')}
          value={filter.stage}
          loading={facets.isLoading}
          notFoundContent={text('dossiers.filter.nothing')}
          options={(found?.stages ?? []).map(({ value, count }) => ({
            value,
            label: `${codeItem(catalogue, stageTable, value)?.label ?? value}（${count}）`,
          }))}
          onChange={(value: string | undefined) => onChange({ ...filter, stage: value ?? null })}
        />
      </label>
      <label className="filter-line">
        <span>{text('dossiers.filter.missing')}</span>
        <Select
          allowClear
          showSearch={{ optionFilterProp: 'label' }}
          size="small"
          aria-label={text('dossiers.filter.missing')}
          placeholder={text('dossiers.filter.all')}
          value={filter.missing}
          options={[
            { value: 'any', label: text('dossiers.filter.missing.any') },
            ...(found?.asked ?? []).map((id) => ({ value: id, label: nameOf(id) })),
          ]}
          onChange={(value: string | undefined) => onChange({ ...filter, missing: value ?? null })}
        />
      </label>
      <label className="filter-line">
        <span>{text('dossiers.sort')}</span>
        <Select<ListingSort>
          size="small"
          aria-label={text('dossiers.sort')}
          value={filter.sort}
          options={listingSorts.map((sort) => ({ value: sort, label: text(`dossiers.sort.${sort}`) }))}
          // Whoever sorts by change looks for the newest.
          onChange={(sort) => onChange({ ...filter, sort, descending: sort === 'changed' })}
        />
      </label>
      <div className="filter-end">
        <Checkbox
          checked={filter.overdue}
          onChange={(event) => onChange({ ...filter, overdue: event.target.checked })}
        >
          {text('dossiers.filter.overdue')}
        </Checkbox>
        <Checkbox
          checked={filter.withoutIdentity}
          onChange={(event) => onChange({ ...filter, withoutIdentity: event.target.checked })}
        >
          {text('dossiers.filter.identity')}
        </Checkbox>
        <Checkbox
          checked={filter.descending}
          onChange={(event) => onChange({ ...filter, descending: event.target.checked })}
        >
          {text('dossiers.sort.descending')}
        </Checkbox>
        <Button
          size="small"
          disabled={conditionsOf(filter) === 0}
          onClick={() => {
            const { sort, descending } = filter
            onChange({ ...filterOfAddress(''), sort, descending })
          }}
        >
          {text('dossiers.filter.clear')}
        </Button>
      </div>
    </section>
  )
}
