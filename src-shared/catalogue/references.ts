import { isDigest, isId, type Id } from '../kernel/ids.ts'
import { fault, parsed, type Parsed } from './findings.ts'
import { parsePersonName } from './names.ts'

/** `姓名#dossier`: a cadre of the archive, with the name that stood there when it was chosen. */
export type CadreReference = string

/**
 * A cadre chosen from the dossiers. A name alone is refused: it does not say which of two namesakes is meant.
 *
 * Faults: `cadre-unlinked`, those of a name.
 */
export function parseCadreReference(input: string): Parsed<CadreReference> {
  const { name, cadre } = cadreParts(input.trim())
  if (!isId(cadre)) return fault('cadre-unlinked')
  const read = parsePersonName(name)
  return read.ok ? parsed(`${read.value}#${cadre}`) : read
}

export function cadreParts(reference: CadreReference): { readonly name: string; readonly cadre: Id } {
  const place = reference.lastIndexOf('#')
  return place < 0
    ? { name: reference, cadre: '' }
    : { name: reference.slice(0, place), cadre: reference.slice(place + 1) }
}

const mostAttachments = 20
const uploading = /^upload:[0-9a-f]{32}$/

/**
 * Pieces of evidence of the same record, by the digest of their content, in their order, with a space between them.
 * While a form is open a file that has just arrived has no digest yet and stands as `upload:id`; the core puts the
 * digest in its place.
 *
 * Faults: `attachment-form`, `too-many-attachments` {limit}.
 */
export function parseAttachments(input: string): Parsed<string> {
  const pieces = [...new Set(input.trim().split(/\s+/))]
  if (pieces.some((piece) => !isDigest(piece) && !uploading.test(piece))) return fault('attachment-form')
  return pieces.length > mostAttachments
    ? fault('too-many-attachments', { limit: mostAttachments })
    : parsed(pieces.join(' '))
}

/** The pieces that a value names. */
export function attachmentPieces(value: string): readonly string[] {
  return value.trim() === '' ? [] : value.trim().split(/\s+/)
}
