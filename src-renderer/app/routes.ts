import { create } from 'zustand'

/** Where the page is, as the parts of the address after `#/`. No part ever holds a name or a number of a person. */
export interface Route {
  readonly parts: readonly string[]
  /** What a list is narrowed to, after `?`. */
  readonly query: Query
}

export type Query = Readonly<Record<string, string>>

function routeOf(hash: string): Route {
  const [path = '', search = ''] = hash.replace(/^#\/?/, '').split('?')
  const parts = path.split('/')
  const query = Object.fromEntries(new URLSearchParams(search))
  try {
    return { parts: parts.filter((part) => part !== '').map(decodeURIComponent), query }
  } catch {
    // An address that nobody here wrote.
    return { parts: [], query: {} }
  }
}

export const useRoute = create<Route>()(() => routeOf(window.location.hash))

window.addEventListener('hashchange', () => useRoute.setState(routeOf(window.location.hash)))

/** The address of a place, for links. */
export function hrefOf(...parts: readonly string[]): string {
  return `#/${parts.map(encodeURIComponent).join('/')}`
}

export function goTo(...parts: readonly string[]): void {
  window.location.hash = hrefOf(...parts)
}

/** The address of a place with what its list is narrowed to. */
export function hrefWith(query: Query, ...parts: readonly string[]): string {
  const search = new URLSearchParams(query).toString()
  return search === '' ? hrefOf(...parts) : `${hrefOf(...parts)}?${search}`
}
