import { useLayoutEffect, useRef, type KeyboardEvent as FormKeyboardEvent, type MouseEvent } from 'react'

interface EntryKeys {
  save(): void
  submit(): void
  /** Goes over to the evidence beside the form, or back. */
  turn(): void
}

/** Ctrl+S keeps the draft, Ctrl+Enter submits and F6 changes sides, wherever the focus is while the form is open. */
export function useEntryKeys(keys: EntryKeys): void {
  const newest = useRef(keys)
  useLayoutEffect(() => {
    newest.current = keys
  })
  useLayoutEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'F6' && !event.ctrlKey && !event.altKey && !event.shiftKey) {
        event.preventDefault()
        newest.current.turn()
        return
      }
      if (!(event.ctrlKey || event.metaKey) || event.isComposing) return
      if (event.key.toLowerCase() === 's') newest.current.save()
      else if (event.key === 'Enter') newest.current.submit()
      else return
      event.preventDefault()
      // Before any control takes the key for itself: a list would open on Enter.
      event.stopPropagation()
    }
    window.addEventListener('keydown', onKey, { capture: true })
    return () => window.removeEventListener('keydown', onKey, { capture: true })
  }, [])
}

/** Enter goes to the next field: with it an entry needs no mouse. */
export function onEnter(event: FormKeyboardEvent<HTMLElement>): void {
  if (event.key !== 'Enter' || event.ctrlKey || event.metaKey || event.nativeEvent.isComposing) return
  const { target } = event
  if (!(target instanceof HTMLInputElement) || target.getAttribute('role') === 'combobox') return
  if (target.type === 'radio' || target.type === 'checkbox' || target.type === 'file') return
  event.preventDefault()
  focusNext(event.currentTarget, target)
}

/**
 * Enter in a field with suggestions, whether it took one of them or what was typed: on to the next field, which must
 * not hear the key and hand in the form.
 */
export function onSuggestionEnter(event: FormKeyboardEvent<HTMLElement>): void {
  if (event.key !== 'Enter' || event.ctrlKey || event.metaKey || event.nativeEvent.isComposing) return
  event.preventDefault()
  const { target } = event
  const form = target instanceof HTMLElement ? target.closest('form') : null
  if (form !== null) focusNext(form, target as HTMLElement)
}

/**
 * A button that is pressed leaves the focus where one was typing. What leaving a field says below it moves the page, and
 * the button would be gone from under the pointer before the mouse is let go.
 */
export function keepFocus(event: MouseEvent<HTMLElement>): void {
  const { activeElement } = document
  const isTyping = activeElement instanceof HTMLInputElement || activeElement instanceof HTMLTextAreaElement
  if (!isTyping || !event.currentTarget.contains(activeElement)) return
  if (event.target instanceof Element && event.target.closest('button') !== null) event.preventDefault()
}

/** Moves to the control after `from` in the order of the form. */
export function focusNext(form: Element, from: Element): void {
  const controls = [
    ...form.querySelectorAll<HTMLElement>('input:not([type=file]):not([disabled]), textarea:not([disabled])'),
  ].filter((control) => control.offsetParent !== null && control.tabIndex >= 0)
  const next = controls[controls.indexOf(from as HTMLElement) + 1]
  if (next === undefined) form.querySelector<HTMLElement>('[data-submit]')?.focus()
  else next.focus()
}
