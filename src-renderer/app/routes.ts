import { create } from 'zustand'

/** Where the page is, as the parts of the address after `#/`. No part ever holds a name or a number of a person. */
export interface Route {
  readonly parts: readonly string[]
}

function routeOf(hash: string): Route {
  const parts = hash.replace(/^#\/?/, '').split('/')
  try {
    return { parts: parts.filter((part) => part !== '').map(decodeURIComponent) }
  } catch {
    // An address that nobody here wrote.
    return { parts: [] }
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
