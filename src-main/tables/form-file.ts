import iconv from 'iconv-lite'
import {
  familyElements,
  formElements,
  type AppointmentForm,
} from '../../src-shared/import/appointment-form.ts'
import { err, ok, type Err, type Result } from '../../src-shared/kernel/result.ts'
import { Refusal } from './refusal.ts'
import { xmlReader } from './xml.ts'

const maximumBytes = 16 * 1024 * 1024
const maximumText = 100_000
const maximumItems = 200
const maximumUnknown = 50
const depthLimit = 16

const broken = (reason: string): Err => err('import/broken-form', { reason })

/** Whether bytes begin like an appointment form and not like another table. */
export function looksLikeForm(bytes: Uint8Array): boolean {
  const start = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 4096)).toString('latin1')
  return /^(?:\xEF\xBB\xBF)?\s*</.test(start)
}

/**
 * Reads `.lrmx`. Errors: `import/broken-form` {reason}, `import/forbidden-xml` {reason}, `import/too-large`.
 */
export function readForm(bytes: Uint8Array): Result<AppointmentForm> {
  if (bytes.length > maximumBytes)
    return err('import/too-large', { bytes: bytes.length, limit: maximumBytes })
  const reader = new FormReader()
  try {
    const xml = xmlReader(reader, depthLimit, broken)
    xml.write(decode(bytes))
    xml.end()
    if (!reader.isForm) throw new Refusal(broken('root'))
  } catch (thrown) {
    if (thrown instanceof Refusal) return thrown.result
    throw thrown
  }
  return ok(reader)
}

/** UTF-8, or GB18030 where the declaration names it or one of its subsets. */
function decode(bytes: Uint8Array): string {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  const declared = /^\s*<\?xml[^>]*encoding=["']([\w-]+)["']/.exec(
    buffer.subarray(0, 200).toString('latin1'),
  )?.[1]
  const chinese = declared !== undefined && /^gb(?:2312|k|18030)$/i.test(declared)
  const text = iconv.decode(buffer, chinese ? 'gb18030' : 'utf-8', { stripBOM: true })
  if (text.includes('\uFFFD') || text.includes('\0')) throw new Refusal(broken('encoding'))
  return text
}

class FormReader implements AppointmentForm {
  isForm = false
  hasPhoto = false
  readonly fields = new Map<string, string>()
  readonly family: Map<string, string>[] = []
  readonly unknown: string[] = []
  readonly #path: string[] = []
  #text = ''

  open(name: string): void {
    if (this.#path.length === 0) this.isForm = name === 'Person'
    this.#path.push(name)
    this.#text = ''
    if (this.#path.join('/') !== 'Person/JiaTingChengYuan/Item') return
    if (this.family.length >= maximumItems) throw new Refusal(broken('items'))
    this.family.push(new Map())
  }

  text(text: string): void {
    if (this.#path.at(-1) === 'ZhaoPian') {
      this.hasPhoto ||= text.trim() !== ''
      return
    }
    this.#text += text
    if (this.#text.length > maximumText) throw new Refusal(broken('text'))
  }

  close(name: string): void {
    const [, second, third] = this.#path
    const depth = this.#path.length
    const text = this.#text
    this.#text = ''
    const item = second === 'JiaTingChengYuan' && third === 'Item'
    const elements = item ? familyElements : formElements
    const expected = item ? 4 : 2
    if (text.trim() !== '') {
      const target = item ? this.family.at(-1) : this.fields
      if (depth === expected && elements.has(name) && target?.has(name) === false) target.set(name, text)
      else this.#keepUnknown()
    }
    this.#path.pop()
  }

  /** Named, so that nothing of the file is dropped without a word. An element that comes twice is one of them. */
  #keepUnknown(): void {
    const path = this.#path.join('/').slice(0, 100)
    if (this.unknown.length < maximumUnknown && !this.unknown.includes(path)) this.unknown.push(path)
  }
}
