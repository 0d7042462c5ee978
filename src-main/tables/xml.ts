import { SaxesParser } from 'saxes'
import { err, type Err } from '../../src-shared/kernel/result.ts'
import { Refusal } from './refusal.ts'

export interface XmlHandlers {
  /** `name` without its prefix. */
  open(name: string, attributes: Readonly<Record<string, string>>): void
  close?(name: string): void
  text?(text: string): void
}

/** Takes pieces of a document and ends with `end`. */
export interface XmlReader {
  write(text: string): void
  end(): void
}

/**
 * XML 1.0, well formed or not at all. A document type declaration is refused before anything of it is used, so there
 * are no entities but the five of XML itself, and nothing outside the document is ever looked for.
 *
 * @param broken what a fault is called, for the kind of file that is read
 */
export function xmlReader(
  handlers: XmlHandlers,
  depthLimit: number,
  broken: (reason: string) => Err,
): XmlReader {
  const parser = new SaxesParser({ xmlns: false, position: false, fragment: false })
  let depth = 0
  parser.on('doctype', () => {
    throw new Refusal(err('import/forbidden-xml', { reason: 'doctype' }))
  })
  parser.on('error', () => {
    throw new Refusal(broken('xml'))
  })
  parser.on('opentag', (tag) => {
    depth += 1
    if (depth > depthLimit) throw new Refusal(broken('depth'))
    handlers.open(localName(tag.name), tag.attributes as Record<string, string>)
  })
  parser.on('closetag', (tag) => {
    depth -= 1
    handlers.close?.(localName(tag.name))
  })
  if (handlers.text !== undefined) {
    parser.on('text', (text) => handlers.text?.(text))
    parser.on('cdata', (text) => handlers.text?.(text))
  }
  return {
    write: (text) => void parser.write(text),
    end: () => void parser.close(),
  }
}

function localName(name: string): string {
  const colon = name.indexOf(':')
  return colon < 0 ? name : name.slice(colon + 1)
}

/** Decodes pieces of UTF-8, which must be well formed. */
export function utf8Pieces(broken: (reason: string) => Err): (piece: Buffer | null) => string {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  return (piece) => {
    try {
      return piece === null ? decoder.decode() : decoder.decode(piece, { stream: true })
    } catch {
      throw new Refusal(broken('encoding'))
    }
  }
}

/** Reads a whole document of pieces. */
export async function readXml(
  pieces: AsyncIterable<Buffer>,
  handlers: XmlHandlers,
  depthLimit: number,
  broken: (reason: string) => Err,
): Promise<void> {
  const reader = xmlReader(handlers, depthLimit, broken)
  const decode = utf8Pieces(broken)
  for await (const piece of pieces) reader.write(decode(piece))
  reader.write(decode(null))
  reader.end()
}
