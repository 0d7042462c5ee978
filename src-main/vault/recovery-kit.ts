import { combine, split } from 'shamir-secret-sharing'
import {
  areOfOneKit,
  readSheet,
  sharedSecrets,
  sheetCode,
  sheetLines,
  unitTagOf,
  type SharedSecret,
  type SheetContent,
} from '../../src-shared/access/recovery-sheet.ts'
import { toHex } from '../../src-shared/kernel/bytes.ts'
import type { Primitives, Signer } from '../../src-shared/kernel/primitives.ts'
import { err, ok, type Result } from '../../src-shared/kernel/result.ts'
import { ageKeyPairOf } from '../../src-shared/node/age.ts'
import { signerFromSeed } from '../../src-shared/node/primitives.ts'

/** One sheet as it is printed. */
export interface PrintedSheet {
  readonly holder: string
  readonly number: number
  readonly threshold: number
  readonly total: number
  readonly lines: readonly string[]
  /** Content of the QR code: the same lines. */
  readonly code: string
}

/**
 * Splits the secrets of a founding into sheets: Shamir shares over GF(2^8), one of each secret a sheet. Fewer than
 * `threshold` sheets say nothing. The secrets are overwritten.
 */
export async function splitSecrets(
  primitives: Primitives,
  rootPublicKey: Uint8Array,
  secrets: Readonly<Record<SharedSecret, Uint8Array>>,
  holders: readonly string[],
  threshold: number,
): Promise<readonly PrintedSheet[]> {
  const total = holders.length
  const shares = new Map<SharedSecret, readonly Uint8Array[]>()
  for (const secret of sharedSecrets) {
    shares.set(secret, await split(secrets[secret], total, threshold))
    secrets[secret].fill(0)
  }
  const unitTag = unitTagOf(primitives, rootPublicKey)
  const kit = toHex(primitives.randomBytes(4))
  return holders.map((holder, index) => {
    const share = (secret: SharedSecret) => shares.get(secret)?.[index] as Uint8Array
    const sheet = { number: index + 1, threshold, total, unitTag, kit }
    const lines = sheetLines(primitives, {
      ...sheet,
      shares: {
        'unit-root': share('unit-root'),
        'recovery-archive': share('recovery-archive'),
        'recovery-discipline': share('recovery-discipline'),
      },
    })
    return { holder, number: sheet.number, threshold, total, lines, code: sheetCode(lines) }
  })
}

/** What enough sheets give back. It lives in this process only, until the one use it is needed for is over. */
export interface KitSecrets {
  readonly root: Signer
  readonly unitTag: string
  /** age identities. */
  readonly recoveryArchive: string
  readonly recoveryDiscipline: string
  /** Numbers of the sheets used. */
  readonly sheets: readonly number[]
}

/**
 * Puts the sheets together that were typed in, each as its lines or the content of its QR code.
 *
 * Errors: those of `readSheet` with `sheet` (its place in the input, from 1), `recovery/sheets-mixed` and
 * `recovery/sheet-repeated` (with `sheet`), `recovery/sheets-too-few` (with `given` and `needed`),
 * `recovery/sheets-open-nothing`.
 */
export async function combineSheets(
  primitives: Primitives,
  texts: readonly string[],
): Promise<Result<KitSecrets>> {
  const sheets: SheetContent[] = []
  for (const [index, text] of texts.entries()) {
    const sheet = readSheet(primitives, text)
    if (!sheet.ok) return err(sheet.error.code, { ...sheet.error.detail, sheet: index + 1 })
    const [first = sheet.value] = sheets
    if (!areOfOneKit(first, sheet.value)) return err('recovery/sheets-mixed', { sheet: index + 1 })
    if (sheets.some((known) => known.number === sheet.value.number)) {
      return err('recovery/sheet-repeated', { sheet: index + 1 })
    }
    sheets.push(sheet.value)
  }
  const [first] = sheets
  const needed = first?.threshold ?? 2
  if (first === undefined || sheets.length < needed) {
    return err('recovery/sheets-too-few', { given: sheets.length, needed })
  }
  const secrets: Uint8Array[] = []
  for (const secret of sharedSecrets) {
    const whole = await combined(sheets.map((sheet) => sheet.shares[secret]))
    if (whole === null) return err('recovery/sheets-open-nothing')
    secrets.push(whole)
  }
  const [rootSeed, archive, discipline] = secrets as [Uint8Array, Uint8Array, Uint8Array]
  const root = signerFromSeed(rootSeed)
  const kit = {
    root,
    unitTag: first.unitTag,
    recoveryArchive: (await ageKeyPairOf(archive)).identity,
    recoveryDiscipline: (await ageKeyPairOf(discipline)).identity,
    sheets: sheets.map((sheet) => sheet.number),
  }
  for (const secret of secrets) secret.fill(0)
  for (const sheet of sheets) for (const secret of sharedSecrets) sheet.shares[secret].fill(0)
  return unitTagOf(primitives, root.publicKey) === first.unitTag
    ? ok(kit)
    : err('recovery/sheets-open-nothing')
}

async function combined(shares: readonly Uint8Array[]): Promise<Uint8Array | null> {
  try {
    return await combine([...shares])
  } catch {
    return null
  }
}
