import type { PDFDocumentProxy } from 'pdfjs-dist'
import type { EvidenceSource } from './evidence-source.ts'
import workerUrl from 'pdfjs-dist/legacy/build/pdf.worker.min.mjs?url'

/** Pixels of one page that are drawn at most: an A4 page at 400 dots per inch. */
const mostPixels = 16_000_000
/** Pixels of one picture inside a page; larger ones are left out by the library rather than fill the memory. */
const largestPicture = 100_000_000
/** Read at a time; a scan of one page is a few of these. */
const rangeBytes = 256 * 1024

export type PdfFault = 'password' | 'damaged' | 'browser'

export type OpenedPdf =
  | { readonly ok: true; readonly document: PDFDocumentProxy }
  | { readonly ok: false; readonly fault: PdfFault }

/**
 * Reads as much of a PDF as the pages need that are looked at, in a worker of this page: no plug-in of the browser, which would offer to save a copy, and no script, form
 * or link of the file ever runs. What it asks for by name is served from beside the page.
 */
export async function openPdf(source: EvidenceSource, signal: AbortSignal): Promise<OpenedPdf> {
  let library: typeof import('pdfjs-dist')
  try {
    library = await import('pdfjs-dist/legacy/build/pdf.mjs')
  } catch {
    return { ok: false, fault: 'browser' }
  }
  library.GlobalWorkerOptions.workerSrc = workerUrl
  const beside = new URL('pdf/', document.baseURI).href
  const { range, failed } = rangesOf(library, source, signal)
  try {
    const loading = library.getDocument({
      range,
      rangeChunkSize: rangeBytes,
      disableAutoFetch: true,
      disableStream: true,
      cMapUrl: beside,
      cMapPacked: true,
      wasmUrl: beside,
      useWasm: false,
      isEvalSupported: false,
      enableXfa: false,
      maxImageSize: largestPicture,
    })
    failed.catch(() => loading.destroy())
    return { ok: true, document: await Promise.race([loading.promise, failed]) }
  } catch (error) {
    const name = error instanceof Error ? error.name : ''
    return { ok: false, fault: name === 'PasswordException' ? 'password' : 'damaged' }
  }
}

/** Where the library asks for parts of the file; `failed` rejects with the first that cannot be had. */
function rangesOf(library: typeof import('pdfjs-dist'), source: EvidenceSource, signal: AbortSignal) {
  const failure = Promise.withResolvers<never>()
  class Ranges extends library.PDFDataRangeTransport {
    override requestDataRange(begin: number, end: number): void {
      void this.#fetch(begin, end)
    }

    async #fetch(begin: number, end: number): Promise<void> {
      const bytes = new Uint8Array(end - begin)
      for (let done = 0; done < bytes.length; ) {
        const part = await source.read(begin + done, bytes.length - done, signal)
        if (!part.ok || part.value.length === 0) {
          failure.reject(new Error(part.ok ? 'vault/evidence-missing' : part.error.code))
          return
        }
        bytes.set(part.value, done)
        done += part.value.length
      }
      this.onDataRange(begin, bytes)
    }
  }
  return { range: new Ranges(source.size, null), failed: failure.promise }
}

export interface DrawnPage {
  /** Resolves once the page is on the canvas, or rejects when it cannot be drawn or was given up. */
  readonly done: Promise<void>
  cancel(): void
}

/** Draws a page as wide as asked for, in CSS pixels, turned by quarters. */
export function drawPage(
  pdf: PDFDocumentProxy,
  number: number,
  canvas: HTMLCanvasElement,
  width: number,
  turns: number,
): DrawnPage {
  let isCancelled = false
  let stop = () => {}
  const draw = async () => {
    const page = await pdf.getPage(number)
    if (isCancelled) return
    const rotation = (page.rotate + turns * 90) % 360
    const natural = page.getViewport({ scale: 1, rotation })
    const height = (width * natural.height) / natural.width
    const fine = Math.min(window.devicePixelRatio, Math.sqrt(mostPixels / (width * height)))
    const viewport = page.getViewport({ scale: (width / natural.width) * fine, rotation })
    canvas.width = Math.floor(viewport.width)
    canvas.height = Math.floor(viewport.height)
    const task = page.render({ canvas, viewport })
    stop = () => task.cancel()
    await task.promise
  }
  return {
    done: draw(),
    cancel: () => {
      isCancelled = true
      stop()
    },
  }
}
