import { base32crockford } from '@scure/base'
import { concatBytes, equalBytes, fromHex, toHex } from '../kernel/bytes.ts'
import type { Primitives } from '../kernel/primitives.ts'
import { err, ok, type Result } from '../kernel/result.ts'

/** What the sheets are shares of: each 32 bytes, so that each share has one byte more. */
export const sharedSecrets = ['unit-root', 'recovery-archive', 'recovery-discipline'] as const
export type SharedSecret = (typeof sharedSecrets)[number]

/** What the first line of a sheet says about it. */
export interface SheetHead {
  /** Which of the sheets it is, from 1. */
  readonly number: number
  readonly threshold: number
  readonly total: number
  /** The first five bytes of the SHA-256 of the unit's public root key, hex: tells units apart. */
  readonly unitTag: string
  /** Four random bytes, hex: sheets of one splitting fit together, and with no others. */
  readonly kit: string
}

/** What stands on one recovery sheet. */
export interface SheetContent extends SheetHead {
  readonly shares: Readonly<Record<SharedSecret, Uint8Array>>
}

const version = 1
const shareBytes = 33
const headBytes = 13
const lineBytes = 13
const checkBytes = 2
const tailBytes = 5
const unitTagBytes = 5

/** Lines on a sheet: its head and eight of content. */
export const sheetLineCount = 1 + (sharedSecrets.length * shareBytes + tailBytes) / lineBytes
/** Symbols on a line, without the blanks between its groups. */
export const sheetLineSymbols = ((lineBytes + checkBytes) * 8) / 5
const groupSymbols = 4

/** Enough for a sheet with blanks, line numbers and line ends, and no more. */
export const maximumSheetText = 1000

/** A name as it is compared: written in any width, with or without blanks, it is the same person's. */
export function plainName(name: string): string {
  return name.normalize('NFKC').replaceAll(/\s/g, '').toLowerCase()
}

/** The tag of a unit on its sheets. */
export function unitTagOf(primitives: Primitives, rootPublicKey: Uint8Array): string {
  return toHex(primitives.sha256(rootPublicKey).subarray(0, unitTagBytes))
}

/**
 * The text of a sheet: nine lines of six groups of four symbols (Crockford's base 32: no I, L, O, U). Each line ends
 * in a CRC of itself, its place and the sheet's head, so that a slip of the pen and a line of another sheet are found
 * where they stand.
 */
export function sheetLines(primitives: Primitives, sheet: SheetContent): readonly string[] {
  const head = concatBytes(
    Uint8Array.of(version, sheet.number, sheet.threshold, sheet.total),
    fromHex(sheet.unitTag) as Uint8Array,
    fromHex(sheet.kit) as Uint8Array,
  )
  const shares = concatBytes(...sharedSecrets.map((secret) => sheet.shares[secret]))
  const content = concatBytes(shares, tailOf(primitives, head, shares))
  const lines = [lineText(head, 0, null)]
  for (let index = 1; index < sheetLineCount; index++) {
    lines.push(lineText(content.subarray((index - 1) * lineBytes, index * lineBytes), index, head))
  }
  return lines
}

/** What the QR code of a sheet says: its lines without blanks, joined by hyphens. Read by {@link readSheet} too. */
export function sheetCode(lines: readonly string[]): string {
  return lines.map((line) => line.replaceAll(' ', '')).join('-')
}

/** The symbols in what somebody typed: in any case and width, with any blanks and hyphens. */
export function sheetSymbols(text: string): string {
  return text.normalize('NFKC').toUpperCase().replaceAll(/[\s-]/g, '')
}

/** What a typed first line says; null unless it agrees with itself. */
export function readSheetHead(line: string): SheetHead | null {
  const head = lineContent(sheetSymbols(line), 0, null)
  return head === null ? null : headOf(head)
}

/** Whether these sheets were printed together, so that they can be put together. */
export function areOfOneKit(one: SheetHead, other: SheetHead): boolean {
  return (
    one.unitTag === other.unitTag &&
    one.kit === other.kit &&
    one.threshold === other.threshold &&
    one.total === other.total
  )
}

/**
 * Whether a line is one of its place on the sheet with this first line. A first line is looked at by itself; without a
 * good one nothing can be said of the others.
 */
export function isSheetLine(first: string, text: string, index: number): boolean {
  const head = index === 0 ? null : lineContent(sheetSymbols(first), 0, null)
  return (index === 0 || head !== null) && lineContent(sheetSymbols(text), index, head) !== null
}

/**
 * Reads a sheet from its typed lines or from its QR code.
 *
 * Errors: `recovery/sheet-incomplete` (with `symbols`, of `expected`), `recovery/sheet-line` (with `line`, from 1),
 * `recovery/sheet-version`, `recovery/sheet-wrong` (every line agrees with itself and the whole does not).
 */
export function readSheet(primitives: Primitives, text: string): Result<SheetContent> {
  const lines = splitLines(text)
  if (lines.length !== sheetLineCount) {
    const expected = sheetLineCount * sheetLineSymbols
    return err('recovery/sheet-incomplete', { symbols: lines.join('').length, expected })
  }
  const head = lineContent(lines[0] as string, 0, null)
  if (head === null) return err('recovery/sheet-line', { line: 1 })
  const parts: Uint8Array[] = []
  for (let index = 1; index < sheetLineCount; index++) {
    const part = lineContent(lines[index] as string, index, head)
    if (part === null) return err('recovery/sheet-line', { line: index + 1 })
    parts.push(part)
  }
  if (head[0] !== version) return err('recovery/sheet-version', { version: head[0] as number })
  const content = concatBytes(...parts)
  const shares = content.subarray(0, sharedSecrets.length * shareBytes)
  if (!equalBytes(content.subarray(shares.length), tailOf(primitives, head, shares))) {
    return err('recovery/sheet-wrong')
  }
  const share = (index: number) => shares.slice(index * shareBytes, (index + 1) * shareBytes)
  return ok({
    ...headOf(head),
    shares: { 'unit-root': share(0), 'recovery-archive': share(1), 'recovery-discipline': share(2) },
  })
}

function headOf(head: Uint8Array): SheetHead {
  return {
    number: head[1] as number,
    threshold: head[2] as number,
    total: head[3] as number,
    unitTag: toHex(head.subarray(4, 4 + unitTagBytes)),
    kit: toHex(head.subarray(4 + unitTagBytes)),
  }
}

/** Lines as they were typed if there are as many as on a sheet; otherwise the symbols in a row, cut into lines. */
function splitLines(text: string): readonly string[] {
  const typed = text
    .split(/[\r\n]+/)
    .map(sheetSymbols)
    .filter((line) => line !== '')
  if (typed.length === sheetLineCount) return typed
  const symbols = typed.join('')
  const lines: string[] = []
  for (let at = 0; at < symbols.length; at += sheetLineSymbols) {
    lines.push(symbols.slice(at, at + sheetLineSymbols))
  }
  return lines
}

function lineText(content: Uint8Array, index: number, head: Uint8Array | null): string {
  const symbols = base32crockford.encode(concatBytes(content, crcOf(content, index, head)))
  return (symbols.match(new RegExp(`.{${groupSymbols}}`, 'g')) ?? []).join(' ')
}

function lineContent(symbols: string, index: number, head: Uint8Array | null): Uint8Array | null {
  if (symbols.length !== sheetLineSymbols) return null
  let bytes: Uint8Array
  try {
    // Reads O as 0, I and L as 1: they are not among the symbols.
    bytes = base32crockford.decode(symbols)
  } catch {
    return null
  }
  const content = bytes.slice(0, lineBytes)
  return equalBytes(bytes.subarray(lineBytes), crcOf(content, index, head)) ? content : null
}

/** CRC-16/IBM-3740 (poly 0x1021, init 0xffff): every wrong symbol and every two that changed places are found. */
function crcOf(content: Uint8Array, index: number, head: Uint8Array | null): Uint8Array {
  let crc = 0xffff
  for (const byte of concatBytes(Uint8Array.of(index), head ?? new Uint8Array(headBytes), content)) {
    crc ^= byte << 8
    for (let bit = 0; bit < 8; bit++) {
      crc = (crc & 0x8000) === 0 ? (crc << 1) & 0xffff : ((crc << 1) ^ 0x1021) & 0xffff
    }
  }
  return Uint8Array.of(crc >> 8, crc & 0xff)
}

function tailOf(primitives: Primitives, head: Uint8Array, shares: Uint8Array): Uint8Array {
  return primitives.sha256(head, shares).subarray(0, tailBytes)
}
