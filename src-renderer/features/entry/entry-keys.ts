import type { KeyboardEvent } from 'react'

interface EntryKeys {
  save(): void
  submit(): void
}

/** Enter goes to the next field, Ctrl+S keeps the draft, Ctrl+Enter submits: an entry needs no mouse. */
export function onEntryKey(event: KeyboardEvent<HTMLElement>, keys: EntryKeys): void {
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 's') {
    event.preventDefault()
    keys.save()
    return
  }
  if (event.key !== 'Enter' || event.nativeEvent.isComposing) return
  if (event.ctrlKey || event.metaKey) {
    event.preventDefault()
    keys.submit()
    return
  }
  const { target } = event
  if (!(target instanceof HTMLInputElement) || target.getAttribute('role') === 'combobox') return
  if (target.type === 'radio' || target.type === 'checkbox' || target.type === 'file') return
  event.preventDefault()
  focusNext(event.currentTarget, target)
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
