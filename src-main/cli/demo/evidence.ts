import { utf8 } from '../../../src-shared/kernel/bytes.ts'

/** A made-up scan or document. */
export interface EvidenceFile {
  readonly name: string
  readonly mediaType: 'application/pdf' | 'text/plain'
  readonly bytes: Uint8Array
}

export function textEvidence(name: string, lines: readonly string[]): EvidenceFile {
  return { name, mediaType: 'text/plain', bytes: utf8(`${lines.join('\n')}\n`) }
}

/**
 * One page of text as PDF 1.4 (ISO 32000-1). The font is one of those for Chinese that a reader brings itself
 * (§9.7.5.2, Adobe-GB1), so the file stays small.
 */
export function pdfEvidence(name: string, lines: readonly string[]): EvidenceFile {
  return { name, mediaType: 'application/pdf', bytes: pdfOfLines(lines) }
}

const lineCharacters = 32

function pdfOfLines(lines: readonly string[]): Uint8Array {
  const shown = lines.flatMap(wrapped).map((line) => `<${utf16Hex(line)}> Tj T*`)
  const content = ['BT', '/F1 14 Tf', '72 760 Td', '24 TL', ...shown, 'ET'].join('\n')
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
    '<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [6 0 R] >>',
    '<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> /FontDescriptor 7 0 R /DW 1000 /W [1 95 500] >>',
    '<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [-25 -254 1000 880] /ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >>',
  ]
  let text = '%PDF-1.4\n'
  const offsets = objects.map((object, index) => {
    const offset = text.length
    text += `${index + 1} 0 obj\n${object}\nendobj\n`
    return offset
  })
  const table = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('')
  const count = objects.length + 1
  const trailer = `trailer\n<< /Size ${count} /Root 1 0 R >>\nstartxref\n${text.length}\n%%EOF\n`
  return utf8(`${text}xref\n0 ${count}\n0000000000 65535 f \n${table}${trailer}`)
}

function wrapped(line: string): readonly string[] {
  return line.match(new RegExp(`.{1,${lineCharacters}}`, 'gu')) ?? ['']
}

function utf16Hex(text: string): string {
  return [...text].map((character) => character.charCodeAt(0).toString(16).padStart(4, '0')).join('')
}
