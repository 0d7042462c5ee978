import { useCallback, useEffect, useRef } from 'react'
import type { Failure } from '../../../src-shared/kernel/errors.ts'
import { call } from '../../bridge/index.ts'
import { uploadFile } from '../../app/upload-file.ts'
import { useText } from '../../ui/text.ts'
import { useEntry, type EvidenceUpload } from './entry-state.ts'

/** As many as a submission takes. */
const mostPieces = 50

let lastKey = 0

export interface Uploading {
  /** Begins to hand the files to the core, each for itself: what one fails of does not touch the others. */
  add(files: readonly File[]): void
  remove(upload: EvidenceUpload): void
}

/** Files on their way to the core while the form is open. Leaving the form gives up what has not arrived. */
export function useUploads(): Uploading {
  const running = useRef(new Map<number, AbortController>())
  useEffect(() => {
    const aborts = running.current
    return () => {
      for (const abort of aborts.values()) abort.abort()
    }
  }, [])

  const add = useCallback((files: readonly File[]) => {
    for (const file of files) void start(file, running.current)
  }, [])
  const remove = useCallback((upload: EvidenceUpload) => {
    running.current.get(upload.key)?.abort()
    useEntry.getState().removeUpload(upload.key)
    if (upload.upload !== null) void call('upload.discard', { upload: upload.upload })
  }, [])
  return { add, remove }
}

async function start(file: File, running: Map<number, AbortController>): Promise<void> {
  const { form, setUpload, removeUpload } = useEntry.getState()
  if (form === null) return
  lastKey += 1
  const key = lastKey
  const begun: EvidenceUpload = {
    key,
    file,
    name: file.name,
    size: file.size,
    sent: 0,
    upload: null,
    failure: null,
  }
  const refusal = refusalOf(file, form.uploads, form.draft.kept.length)
  if (refusal !== null) {
    setUpload({ ...begun, failure: refusal })
    return
  }
  const abort = new AbortController()
  running.set(key, abort)
  setUpload(begun)
  const result = await uploadFile('evidence', file, abort.signal, (sent) => {
    if (!abort.signal.aborted) setUpload({ ...begun, sent })
  })
  running.delete(key)
  if (abort.signal.aborted) removeUpload(key)
  else if (result.ok) setUpload({ ...begun, sent: file.size, upload: result.value })
  else setUpload({ ...begun, failure: result.error })
}

/** What the page itself can tell before anything is sent. */
function refusalOf(file: File, uploads: readonly EvidenceUpload[], kept: number): Failure | null {
  const there = uploads.filter((one) => one.failure === null)
  if (there.length + kept >= mostPieces) return { code: 'entry/evidence-many' }
  const isThere = there.some(
    (one) => one.name === file.name && one.size === file.size && one.file.lastModified === file.lastModified,
  )
  return isThere ? { code: 'entry/evidence-twice' } : null
}

/**
 * Files that are dropped anywhere on the page, or pasted anywhere into it. Without this a file dropped beside the form
 * would open in place of it. `onOver` tells whether files hang over the page.
 */
export function useDropAndPaste(
  add: (files: readonly File[]) => void,
  onOver: (isOver: boolean) => void,
): void {
  const text = useText()
  useEffect(() => {
    const carriesFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') === true
    const over = (event: DragEvent) => {
      if (!carriesFiles(event)) return
      event.preventDefault()
      onOver(true)
    }
    const leave = (event: DragEvent) => {
      // Into another part of the page is no leaving.
      if (event.relatedTarget === null) onOver(false)
    }
    const drop = (event: DragEvent) => {
      if (!carriesFiles(event)) return
      event.preventDefault()
      onOver(false)
      add([...(event.dataTransfer?.files ?? [])])
    }
    const paste = (event: ClipboardEvent) => {
      const files = [...(event.clipboardData?.files ?? [])]
      if (files.length === 0) return
      event.preventDefault()
      add(files.map((file) => (isNameless(file) ? named(file, text('entry.evidence.pasted')) : file)))
    }
    window.addEventListener('dragover', over)
    window.addEventListener('dragleave', leave)
    window.addEventListener('drop', drop)
    window.addEventListener('paste', paste)
    return () => {
      window.removeEventListener('dragover', over)
      window.removeEventListener('dragleave', leave)
      window.removeEventListener('drop', drop)
      window.removeEventListener('paste', paste)
    }
  }, [add, onOver, text])
}

/** A picture out of the clipboard has the name that every browser gives it. */
function isNameless(file: File): boolean {
  return file.name === '' || /^image\.(png|jpe?g|webp|gif|bmp)$/i.test(file.name)
}

function named(file: File, word: string): File {
  const now = new Date()
  const two = (value: number) => String(value).padStart(2, '0')
  const at = `${two(now.getHours())}${two(now.getMinutes())}${two(now.getSeconds())}`
  const ending = /\.\w+$/.exec(file.name)?.[0] ?? `.${file.type.replace(/^.*\//, '')}`
  return new File([file], `${word}-${at}${ending}`, { type: file.type, lastModified: now.getTime() })
}
