import {
  everyDossier,
  listingSorts,
  missingSchema,
  type ListingQuery,
} from '../../../src-shared/contract/listing.ts'

/** The part of a query that stands in the address. What is searched for may be a name, so it does not. */
export type ListFilter = Omit<ListingQuery, 'search'>

const texts = ['unit', 'post', 'tag', 'stage'] as const

/** Reads the filter out of an address; what nobody here wrote is passed over. */
export function filterOfAddress(address: string): ListFilter {
  const said = new URLSearchParams(address)
  const text = (name: string) => (said.get(name) === '' ? null : said.get(name))
  const missing = missingSchema.safeParse(said.get('missing'))
  const { search: _search, ...every } = everyDossier
  return {
    ...every,
    unit: text('unit'),
    post: text('post'),
    tag: text('tag'),
    stage: text('stage'),
    overdue: said.get('due') === 'overdue',
    missing: missing.success ? missing.data : null,
    withoutIdentity: said.get('identity') === 'none',
    sort: listingSorts.find((sort) => sort === said.get('sort')) ?? 'name',
    descending: said.get('order') === 'down',
  }
}

export function addressOfFilter(filter: ListFilter): string {
  const said = new URLSearchParams()
  for (const name of texts) if (filter[name] !== null) said.set(name, filter[name])
  if (filter.missing !== null) said.set('missing', filter.missing)
  if (filter.overdue) said.set('due', 'overdue')
  if (filter.withoutIdentity) said.set('identity', 'none')
  if (filter.sort !== 'name') said.set('sort', filter.sort)
  if (filter.descending) said.set('order', 'down')
  return said.toString()
}

/** How many conditions narrow the list down. */
export function conditionsOf(filter: ListFilter): number {
  const { unit, post, tag, missing, stage, withoutIdentity, overdue } = filter
  const chosen = [unit, post, tag, missing, stage].filter((one) => one !== null).length
  return chosen + [withoutIdentity, overdue].filter(Boolean).length
}

export function sameQuery(a: ListingQuery, b: ListingQuery): boolean {
  return a.search.trim() === b.search.trim() && addressOfFilter(a) === addressOfFilter(b)
}
