import { plainName } from '../../../src-shared/access/recovery-sheet.ts'
import { administratorRoles, foundingGaps } from '../../../src-shared/access/roles.ts'
import { readHubCard, type HubCard } from '../../../src-shared/bundle/hub-card.ts'
import { parseCreditCode } from '../../../src-shared/catalogue/credit-code.ts'
import { readCatalogue, withSignedAbove } from '../../../src-shared/catalogue/read.ts'
import type { Founding } from '../../../src-shared/contract/session.ts'
import type { FoundedUnit } from '../../../src-shared/contract/views.ts'
import { toHex, utf8 } from '../../../src-shared/kernel/bytes.ts'
import { err, ok, type Result } from '../../../src-shared/kernel/result.ts'
import { readResourceJson } from '../../../src-shared/node/resources.ts'
import { foundingBrokeOff, foundVault } from '../../vault/founding.ts'
import { normalLogin } from '../../vault/key-slot.ts'
import { combineSheets, splitSecrets } from '../../vault/recovery-kit.ts'
import { proveKit } from '../../vault/recovery-opening.ts'
import { moment, type CoreContext, type Handler, type PendingFounding } from '../context.ts'

/**
 * The first half of a founding: every key, the databases and the key slots are made, and the sheets are shown. There
 * is no unit until `unit.complete` has seen enough of the sheets again. A second call makes everything anew, and the
 * sheets of the first are void.
 */
export const unitFound: Handler<'unit.found'> = async (context, input) => {
  const fault = faultOf(input)
  if (fault !== null) return fault
  const card = readCard(input.hubCard)
  if (!card.ok) return card
  // One at a time: two foundings would clear each other's files away.
  if (context.founding === 'making') return err('call/not-permitted')
  context.founding = 'making'
  let made: PendingFounding | null = null
  try {
    const founding = await make(context, input, card.value)
    if (!founding.ok) return founding
    made = founding.value
    return ok(made.founded)
  } finally {
    context.founding = made
  }
}

export const unitFounding: Handler<'unit.founding'> = (context) => {
  const { founding } = context
  if (founding === null) return ok({ state: foundingBrokeOff(context.layout) ? 'broke-off' : 'none' })
  return ok(founding === 'making' ? { state: 'none' } : { state: 'sheets', founded: founding.founded })
}

export const unitComplete: Handler<'unit.complete'> = async (context, input) => {
  const { founding } = context
  if (founding === null || founding === 'making') return err('recovery/no-founding')
  const kit = await combineSheets(context.primitives, input.sheets)
  if (!kit.ok) return kit
  if (toHex(kit.value.root.publicKey) !== founding.founded.unitRootPublicKey) {
    return err('recovery/sheets-open-nothing')
  }
  const proof = await proveKit(context.primitives, context.layout, kit.value)
  if (!proof.ok) return proof
  // Somebody began anew while the sheets were tried: the files are another unit's by now.
  if (context.founding !== founding) return err('recovery/no-founding')
  founding.complete()
  context.founding = null
  return ok({ sheets: kit.value.sheets, compartments: ['control', 'archive', 'discipline'] })
}

function faultOf(input: Founding): ReturnType<typeof err> | null {
  const logins = input.members.map((member) => normalLogin(member.login))
  if (new Set(logins).size !== logins.length) return err('call/invalid-input', { path: 'members.login' })
  const gaps = foundingGaps(input.policy, input.members)
  if (gaps.length > 0) return err('authority/role-exclusion', { gaps })
  const { threshold, holders } = input.recovery
  if (threshold > holders.length) return err('call/invalid-input', { path: 'recovery.threshold' })
  const names = holders.map(plainName)
  if (new Set(names).size !== names.length) return err('call/invalid-input', { path: 'recovery.holders' })
  const administrators = input.members
    .filter((member) => member.roles.some((role) => administratorRoles.includes(role)))
    .map((member) => plainName(member.name))
  const places = names.flatMap((name, index) => (administrators.includes(name) ? [index + 1] : []))
  if (places.length > 0) return err('recovery/holder-is-administrator', { places })
  const { creditCode } = input.unit
  if (creditCode !== null && !parseCreditCode(creditCode).ok) {
    return err('call/invalid-input', { path: 'unit.creditCode' })
  }
  return null
}

async function make(
  context: CoreContext,
  input: Founding,
  hubCard: HubCard | null,
): Promise<Result<PendingFounding>> {
  const shipped = readCatalogue(context.catalogue ?? readResourceJson('catalogue/default.json'))
  if (!shipped.ok) return shipped
  const above = input.signedAbove ?? []
  // Nobody would ever sign what nobody is asked.
  if (above.length > 0 && hubCard === null) return err('hub/none')
  const catalogue = withSignedAbove(shipped.value, above)
  if (catalogue === null) return err('call/invalid-input', { path: 'signedAbove' })
  const made = await foundVault(context.primitives, context.layout, {
    unit: input.unit,
    policy: input.policy,
    device: input.device,
    members: input.members,
    recovery: input.recovery,
    catalogue,
    hubCard,
    at: moment(context),
  })
  if (!made.ok) return made
  const { unit, rootPublicKey, secrets, complete } = made.value
  const { threshold, holders } = input.recovery
  const sheets = await splitSecrets(context.primitives, rootPublicKey, secrets, holders, threshold)
  const founded: FoundedUnit = {
    unit,
    unitName: input.unit.name,
    unitRootPublicKey: toHex(rootPublicKey),
    sheets,
  }
  return ok({ founded, complete })
}

function readCard(text: string | null): Result<HubCard | null> {
  return text === null ? ok(null) : readHubCard(utf8(text.trim()))
}
