import { create } from 'zustand'

/** Where the page is, as the parts of the address after `#/`. No part ever holds a name or a number of a person. */
export interface Route {
  readonly parts: readonly string[]
  /** What narrows the place down, after `?`: kept while one stays in it. */
  readonly query: string
}

function routeOf(hash: string): Route {
  const [path = '', query = ''] = hash.replace(/^#\/?/, '').split('?', 2)
  const parts = path.split('/')
  try {
    return { parts: parts.filter((part) => part !== '').map(decodeURIComponent), query }
  } catch {
    // An address that nobody here wrote.
    return { parts: [], query: '' }
  }
}

export const useRoute = create<Route>()(() => routeOf(window.location.hash))

window.addEventListener('hashchange', () => useRoute.setState(routeOf(window.location.hash)))

/** The address of a place, for links. */
export function hrefOf(...parts: readonly string[]): string {
  const { parts: here, query } = useRoute.getState()
  const kept = query !== '' && parts[0] === here[0] ? `?${query}` : ''
  return `#/${parts.map(encodeURIComponent).join('/')}${kept}`
}

export function goTo(...parts: readonly string[]): void {
  window.location.hash = hrefOf(...parts)
}

/** Narrows the place down, as a step that the browser's back takes back. */
export function setQuery(query: string): void {
  const path = hrefOf(...useRoute.getState().parts).split('?', 1)[0] ?? ''
  window.location.hash = query === '' ? path : `${path}?${query}`
}
