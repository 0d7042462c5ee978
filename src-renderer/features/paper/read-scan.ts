import { EvidenceInspector, type EvidenceType } from '../../../src-shared/evidence/inspect.ts'
import type { Failure } from '../../../src-shared/kernel/errors.ts'
import {
  codeOfPage,
  groupPages,
  type PageCode,
  type PageGroup,
} from '../../../src-shared/paper/codes-on-page.ts'
import { fileSource } from '../record/evidence-source.ts'
import { drawPage, openPdf } from '../record/pdf-document.ts'
import { longestSide, readCodes } from './read-codes.ts'

/** Pages of one scan at most: as many as a feeder holds. */
export const mostPages = 200
/** The height of a page that is looked at first, and then once more: 200 and 340 dots per inch of A4. */
const heights = [2340, longestSide] as const
/** A page that is cut out of a PDF, at 200 dots per inch of A4 and as a picture whose writing stays sharp. */
const cutWidth = 1654
const cutQuality = 0.92
/** As much is looked at before a picture is decoded: its size is told near its beginning. */
const headBytes = 4 * 1024 * 1024

export interface ReadScan {
  readonly mediaType: EvidenceType
  readonly pages: number
  readonly groups: readonly PageGroup[]
}

export type ScanResult =
  | { readonly ok: true; readonly scan: ReadScan }
  | { readonly ok: false; readonly failure: Failure | null }

/** Finds the codes of the sheets in a picture or a PDF. Nothing is sent anywhere, not even to the core. */
export async function readScan(
  file: File,
  signal: AbortSignal,
  onPage: (page: number) => void,
): Promise<ScanResult> {
  const source = await fileSource(file)
  if (source.mediaType === 'application/pdf') return await readPdf(file, signal, onPage)
  if (!source.mediaType.startsWith('image/')) return { ok: false, failure: { code: 'paper/not-a-picture' } }
  const inspector = new EvidenceInspector()
  const inspected = inspector.push(new Uint8Array(await file.slice(0, headBytes).arrayBuffer()))
  if (!inspected.ok) return { ok: false, failure: inspected.error }
  onPage(1)
  try {
    const picture = await createImageBitmap(file)
    const code = await codeOf((height) => pixelsOf(picture, height), picture.height)
    picture.close()
    const scan = { mediaType: source.mediaType as EvidenceType, pages: 1, groups: groupPages([code]) }
    return { ok: true, scan }
  } catch {
    return { ok: false, failure: null }
  }
}

async function readPdf(file: File, signal: AbortSignal, onPage: (page: number) => void): Promise<ScanResult> {
  const opened = await openPdf(await fileSource(file), signal)
  if (!opened.ok) return { ok: false, failure: null }
  const { document: pdf } = opened
  try {
    if (pdf.numPages > mostPages) return { ok: false, failure: null }
    const codes: PageCode[] = []
    for (let number = 1; number <= pdf.numPages; number++) {
      if (signal.aborted) return { ok: false, failure: null }
      onPage(number)
      const drawn = (height: number) => drawnPage(pdf, number, height / Math.SQRT2)
      codes.push(await codeOf(async (height) => pixelsIn(await drawn(height)), Infinity))
    }
    const scan = { mediaType: 'application/pdf', pages: pdf.numPages, groups: groupPages(codes) } as const
    return { ok: true, scan }
  } catch {
    return { ok: false, failure: null }
  } finally {
    void pdf.loadingTask.destroy()
  }
}

type Pixels = ImageData | Promise<ImageData>

/** Looks at a page in two sizes: noise goes when it is small, a small code shows when it is large. */
async function codeOf(pixels: (height: number) => Pixels, height: number): Promise<PageCode> {
  let code: PageCode = { is: 'none' }
  for (const wanted of heights) {
    code = codeOfPage(await readCodes(await pixels(Math.min(wanted, height))))
    if (code.is === 'one' || code.is === 'several' || height <= wanted) return code
  }
  return code
}

function pixelsOf(picture: ImageBitmap, wanted: number): ImageData {
  const scale = Math.min(1, wanted / Math.max(picture.width, picture.height))
  const canvas = document.createElement('canvas')
  canvas.width = Math.max(1, Math.floor(picture.width * scale))
  canvas.height = Math.max(1, Math.floor(picture.height * scale))
  const context = canvas.getContext('2d', { willReadFrequently: true }) as CanvasRenderingContext2D
  // What is transparent in a picture is paper.
  context.fillStyle = '#ffffff'
  context.fillRect(0, 0, canvas.width, canvas.height)
  context.drawImage(picture, 0, 0, canvas.width, canvas.height)
  return context.getImageData(0, 0, canvas.width, canvas.height)
}

function pixelsIn(canvas: HTMLCanvasElement): ImageData {
  const context = canvas.getContext('2d') as CanvasRenderingContext2D
  return context.getImageData(0, 0, canvas.width, canvas.height)
}

async function drawnPage(
  pdf: Parameters<typeof drawPage>[0],
  number: number,
  pixels: number,
): Promise<HTMLCanvasElement> {
  const canvas = document.createElement('canvas')
  await drawPage(pdf, number, canvas, pixels / window.devicePixelRatio, 0).done
  return canvas
}

/**
 * Pages of a PDF as pictures of their own, where its other pages belong elsewhere: whoever sees one entry must not see
 * another on the back of it. Rejects where a page cannot be drawn.
 */
export async function cutPages(
  file: File,
  pages: readonly number[],
  signal: AbortSignal,
): Promise<readonly File[]> {
  const opened = await openPdf(await fileSource(file), signal)
  if (!opened.ok) throw new Error(opened.fault)
  try {
    const cut: File[] = []
    for (const number of pages) {
      const canvas = await drawnPage(opened.document, number, cutWidth)
      const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/jpeg', cutQuality))
      if (blob === null) throw new Error('canvas')
      const name = `${file.name.replace(/\.pdf$/i, '').slice(0, 200)}-${number}.jpg`
      cut.push(new File([blob], name, { type: 'image/jpeg' }))
    }
    return cut
  } finally {
    void opened.document.loadingTask.destroy()
  }
}
