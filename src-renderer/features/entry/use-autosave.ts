import { useCallback, useEffect, useRef } from 'react'
import { saveBeforeLock } from '../../app/lock.ts'
import { saveDraft } from '../../drafts/database.ts'
import { useEntry } from './entry-state.ts'

/** Typing rests this long before what was typed is sealed and kept. */
const restMilliseconds = 800
/** Somebody who types without a rest is kept up with all the same. */
const longestMilliseconds = 3_000

/** Keeps the open form as a draft while one types, and when one leaves the page. */
export function useAutosave(): () => Promise<void> {
  const draft = useEntry((entry) => entry.form?.draft)
  const isDirty = useEntry((entry) => entry.form?.isDirty ?? false)
  const savedAt = useRef(0)
  const save = useCallback(async () => {
    const { form } = useEntry.getState()
    if (form === null || !form.isDirty) return
    if (!(await saveDraft(form.place, form.draft))) return
    // What was typed while it was being written is not on the disk yet.
    const { form: now, setSaved } = useEntry.getState()
    if (now !== null && now.draft === form.draft) setSaved(new Date().toISOString())
  }, [])
  useEffect(() => {
    if (!isDirty || draft === undefined) {
      savedAt.current = performance.now()
      return undefined
    }
    const left = Math.max(0, longestMilliseconds - (performance.now() - savedAt.current))
    const timer = window.setTimeout(
      () => {
        savedAt.current = performance.now()
        void save()
      },
      Math.min(restMilliseconds, left),
    )
    return () => window.clearTimeout(timer)
  }, [draft, isDirty, save])
  useEffect(() => saveBeforeLock(save), [save])
  useEffect(() => {
    const leave = () => void save()
    document.addEventListener('visibilitychange', leave)
    return () => {
      document.removeEventListener('visibilitychange', leave)
      leave()
    }
  }, [save])
  return save
}
