import type { KeyboardEvent } from 'react'

type FormKeyEvent = KeyboardEvent<HTMLFormElement>

interface FormKeys {
  onKeyDown(event: FormKeyEvent): void
  onKeyDownCapture(event: FormKeyEvent): void
}

/** A list while it is open, and the control of a date, whose calendar says nothing of itself. */
const popups = '[role="combobox"][aria-expanded="true"], .ant-picker'

function isForPopup({ target }: FormKeyEvent): boolean {
  return target instanceof Element && target.closest(popups) !== null
}

/**
 * The keys of a form: Escape closes it, where it is closed that way. Keys meant for an open list or a calendar do not
 * reach it: Enter on a date would sign the form half filled in, Escape in a list would throw it away.
 */
export function formKeys(onClose?: () => void): FormKeys {
  return {
    onKeyDown: (event) => {
      if (event.key === 'Escape' && !isForPopup(event) && !event.defaultPrevented) onClose?.()
    },
    // The calendar lets no Enter come up here.
    onKeyDownCapture: (event) => {
      if (event.key === 'Enter' && isForPopup(event)) event.preventDefault()
    },
  }
}
