import { create } from 'zustand'

/** Where the page is, as the parts of the address after `#/`. No part ever holds a name or a number of a person. */
export interface Route {
  readonly parts: readonly string[]
  /** What a list is narrowed to, after `?`. */
  readonly query: Query
  /** The same as it is written. */
  readonly search: string
}

export type Query = Readonly<Record<string, string>>

function routeOf(hash: string): Route {
  const [path = '', search = ''] = hash.replace(/^#\/?/, '').split('?')
  const parts = path.split('/')
  const query = Object.fromEntries(new URLSearchParams(search))
  try {
    return { parts: parts.filter((part) => part !== '').map(decodeURIComponent), query, search }
  } catch {
    // An address that nobody here wrote.
    return { parts: [], query: {}, search: '' }
  }
}

export const useRoute = create<Route>()(() => routeOf(window.location.hash))

window.addEventListener('hashchange', () => useRoute.setState(routeOf(window.location.hash)))

function pathOf(parts: readonly string[]): string {
  return `#/${parts.map(encodeURIComponent).join('/')}`
}

/** Beside its detail the list stays narrowed down as it was. */
const keepsSearch = 'dossiers'

/** The address of a place, for links. */
export function hrefOf(...parts: readonly string[]): string {
  const { parts: here, search } = useRoute.getState()
  const isKept = search !== '' && parts[0] === keepsSearch && here[0] === keepsSearch
  return isKept ? `${pathOf(parts)}?${search}` : pathOf(parts)
}

export function goTo(...parts: readonly string[]): void {
  window.location.hash = hrefOf(...parts)
}

/** The address of a place with what its list is narrowed to. */
export function hrefWith(query: Query, ...parts: readonly string[]): string {
  const search = new URLSearchParams(query).toString()
  return search === '' ? pathOf(parts) : `${pathOf(parts)}?${search}`
}

export function goWith(query: Query, ...parts: readonly string[]): void {
  window.location.hash = hrefWith(query, ...parts)
}

/** Narrows the place down, as a step that the browser's back takes back. */
export function setSearch(search: string): void {
  const path = pathOf(useRoute.getState().parts)
  window.location.hash = search === '' ? path : `${path}?${search}`
}
