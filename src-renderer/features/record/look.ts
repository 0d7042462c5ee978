import { createContext, useContext, useMemo, useState } from 'react'
import { ScreenWatch } from './screen-watch.ts'

export interface Look {
  readonly seen: ReadonlySet<string>
  /** Of what has been opened rather than merely been on the screen. */
  see(id: string): void
  /** For `ref`: watches whether an element with `data-look` is on the screen. */
  watch(element: HTMLElement | null): (() => void) | undefined
}

const nobodyLooks: Look = { seen: new Set(), see: () => undefined, watch: () => undefined }

/** Who looks at what is shown; by default nobody keeps count. */
export const LookContext = createContext<Look>(nobodyLooks)

export function useLook(): Look {
  return useContext(LookContext)
}

/**
 * Keeps count of what was on the screen, so that an opinion is not signed by a slip before it was looked at. It is a
 * help to whoever reviews and proves nothing about them: nothing of it leaves the page.
 */
export function useLooking(): Look {
  const [seen, setSeen] = useState<ReadonlySet<string>>(new Set())
  const [{ see, watch }] = useState(() => {
    const note = (id: string) => setSeen((before) => (before.has(id) ? before : new Set(before).add(id)))
    const screen = new ScreenWatch(note)
    return {
      see: note,
      watch: (element: HTMLElement | null) => (element === null ? undefined : screen.watch(element)),
    }
  })
  return useMemo(() => ({ seen, see, watch }), [seen, see, watch])
}
