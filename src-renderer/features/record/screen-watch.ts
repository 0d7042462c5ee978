/** How long something has to stand still on the screen before it counts as looked at, in milliseconds. */
const dwell = 400
/** How much of it, or of the window where it is taller than that. */
const enough = 0.6

/** Tells which elements with `data-look` have stood on the screen for a moment. */
export class ScreenWatch {
  readonly #timers = new Map<Element, number>()
  readonly #observer: IntersectionObserver
  readonly #tell: (id: string) => void

  constructor(tell: (id: string) => void) {
    this.#tell = tell
    const threshold = Array.from({ length: 11 }, (_, index) => index / 10)
    this.#observer = new IntersectionObserver((entries) => this.#moved(entries), { threshold })
  }

  /** @returns what ends the watching of the element */
  watch(element: Element): () => void {
    this.#observer.observe(element)
    return () => {
      this.#observer.unobserve(element)
      this.#stop(element)
    }
  }

  #moved(entries: readonly IntersectionObserverEntry[]): void {
    for (const { target, intersectionRatio, intersectionRect } of entries) {
      const isShown = intersectionRatio >= enough || intersectionRect.height >= window.innerHeight * enough
      if (!isShown) this.#stop(target)
      else if (!this.#timers.has(target)) this.#wait(target)
    }
  }

  #wait(element: Element): void {
    const timer = window.setTimeout(() => {
      // A window in the background shows nothing to anybody, nor does what a bar or a dialog lies over.
      if (document.visibilityState !== 'visible' || isCovered(element)) return this.#wait(element)
      this.#timers.delete(element)
      this.#tell(element.getAttribute('data-look') ?? '')
    }, dwell)
    this.#timers.set(element, timer)
  }

  #stop(element: Element): void {
    window.clearTimeout(this.#timers.get(element))
    this.#timers.delete(element)
  }
}

/** Whether something else lies over the middle of what the window shows of an element. */
function isCovered(element: Element): boolean {
  const { left, right, top, bottom } = element.getBoundingClientRect()
  const x = (Math.max(left, 0) + Math.min(right, window.innerWidth)) / 2
  const y = (Math.max(top, 0) + Math.min(bottom, window.innerHeight)) / 2
  const shown = document.elementFromPoint(x, y)
  return shown === null || !(element.contains(shown) || shown.contains(element))
}
