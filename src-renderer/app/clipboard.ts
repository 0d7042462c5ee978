import { useEffect } from 'react'
import { tellCopied } from '../bridge/index.ts'

/** Only when it is due: milliseconds since 1970. What was copied is never written down. */
const dueKey = 'liandang-clipboard-due'
/** The event comes before the clipboard has it. */
const arrivalMilliseconds = 150
/** While the browser does not allow it, it is tried again without waiting for the person to do something. */
const againMilliseconds = 1000

interface Copied {
  /** Null after a reload: what it was is not known any more. */
  readonly text: string | null
  readonly due: number
}

let copied: Copied | null = null
let timer = 0

/**
 * Notes what is copied out of the page and clears it from the clipboard after so many seconds; 0 for never. Under
 * desktop the shell does the clearing. A browser lets a page touch the clipboard only while it has the focus: what is
 * due while another window has it is cleared when the page gets it back.
 */
export function useClipboardClearing(seconds: number): void {
  useEffect(() => {
    if (seconds === 0) return undefined
    const noted = () => {
      const text = selectedText()
      if (text === '') return
      window.setTimeout(() => {
        if (!tellCopied(seconds)) awaitClearing({ text, due: Date.now() + seconds * 1000 })
      }, arrivalMilliseconds)
    }
    const retry = () => {
      if (copied !== null && Date.now() >= copied.due) void clearCopied()
    }
    const before = Number(sessionStorage.getItem(dueKey))
    if (copied === null && before > 0) awaitClearing({ text: null, due: before })
    for (const name of ['copy', 'cut'] as const) document.addEventListener(name, noted)
    for (const name of ['focus', 'pointerdown', 'keydown'] as const) window.addEventListener(name, retry)
    return () => {
      for (const name of ['copy', 'cut'] as const) document.removeEventListener(name, noted)
      for (const name of ['focus', 'pointerdown', 'keydown'] as const) window.removeEventListener(name, retry)
    }
  }, [seconds])
}

function awaitClearing(next: Copied): void {
  copied = next
  sessionStorage.setItem(dueKey, String(next.due))
  window.clearTimeout(timer)
  timer = window.setTimeout(() => void clearCopied(), Math.max(0, next.due - Date.now()))
}

/** Clears what is still to go, whether it is due or not. Stays pending while the browser does not allow it. */
export async function clearCopied(): Promise<void> {
  const mine = copied
  if (mine === null) return
  window.clearTimeout(timer)
  timer = window.setTimeout(() => void clearCopied(), againMilliseconds)
  if (!document.hasFocus()) return
  try {
    if (await holdsAnother(mine.text)) forget(mine)
    else {
      await navigator.clipboard.writeText('')
      forget(mine)
    }
  } catch {
    // Not allowed just now.
  }
}

function forget(done: Copied): void {
  if (copied !== done) return
  copied = null
  window.clearTimeout(timer)
  sessionStorage.removeItem(dueKey)
}

/** True only where the page may read the clipboard without asking the person, and something else is in it. */
async function holdsAnother(text: string | null): Promise<boolean> {
  if (text === null) return false
  try {
    const permission = await navigator.permissions.query({ name: 'clipboard-read' as PermissionName })
    return permission.state === 'granted' && isOther(await navigator.clipboard.readText(), text)
  } catch {
    return false
  }
}

/** A selection that reaches to the end of a block comes into the clipboard with a line break of its own. */
function isOther(held: string, text: string): boolean {
  return held.trim() !== text.trim()
}

function selectedText(): string {
  const field = document.activeElement
  if (field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement) {
    const { selectionStart, selectionEnd, value } = field
    if (selectionStart !== null && selectionEnd !== null) return value.slice(selectionStart, selectionEnd)
  }
  return document.getSelection()?.toString() ?? ''
}
