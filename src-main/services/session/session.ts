import { split } from 'shamir-secret-sharing'
import { readHubCard, type HubCard } from '../../../src-shared/bundle/hub-card.ts'
import { parseCreditCode } from '../../../src-shared/catalogue/credit-code.ts'
import { foundingGaps } from '../../../src-shared/access/roles.ts'
import { readCatalogue } from '../../../src-shared/catalogue/read.ts'
import type { RecoverySheet, SessionView } from '../../../src-shared/contract/views.ts'
import { toBase64, toHex, utf8 } from '../../../src-shared/kernel/bytes.ts'
import { err, ok, type Result } from '../../../src-shared/kernel/result.ts'
import { readResourceJson } from '../../../src-shared/node/resources.ts'
import { foundVault } from '../../vault/founding.ts'
import { normalLogin } from '../../vault/key-slot.ts'
import { readNames } from '../../vault/names.ts'
import { waitSeconds } from '../../vault/attempts.ts'
import { heldRoles, unlockVault, vaultExists } from '../../vault/vault.ts'
import { moment, type CoreContext, type Handler, type Session } from '../context.ts'
import { EvidenceReader } from '../dossier/evidence-reader.ts'
import { Uploads } from '../dossier/uploads.ts'
import { ImportSessions } from '../import/sessions.ts'
import { programVersion } from '../version.ts'

export const sessionStatus: Handler<'session.status'> = (context) => {
  const exists = vaultExists(context.layout)
  return ok({
    vault: context.session !== null ? 'unlocked' : exists ? 'locked' : 'none',
    version: programVersion,
    session: context.session === null ? null : sessionView(context.session),
    waitSeconds: exists && context.session === null ? waitSeconds(context.layout, context.now()) : 0,
  })
}

export const sessionUnlock: Handler<'session.unlock'> = async (context, input) => {
  const opened = await unlockVault(
    context.primitives,
    context.layout,
    input.login,
    input.password,
    context.now(),
  )
  if (!opened.ok) return opened
  const vault = opened.value
  // Somebody else came in while the password was being tried: one core is for one member.
  if (context.session !== null) {
    vault.close()
    return err('call/not-permitted')
  }
  const control = vault.compartments.get('control')
  if (control === undefined) return err('vault/compartment-closed')
  const session: Session = {
    vault,
    uploads: new Uploads(context.layout, context.primitives),
    imports: new ImportSessions(),
    evidence: new EvidenceReader(context.layout),
    seenEvidence: new Set(),
    names: readNames(control.database),
    catalogue: null,
  }
  context.session = session
  return ok(sessionView(session))
}

export const sessionLock: Handler<'session.lock'> = (context) => {
  context.end()
  return ok(null)
}

function sessionView(session: Session): SessionView {
  const { vault, names } = session
  const head = vault.authority.head
  return {
    unit: { id: vault.unit, name: names.unit.name, policy: head.policy },
    member: {
      id: vault.member.id,
      name: names.members.get(vault.member.id)?.name ?? '',
      login: vault.member.login,
      roles: heldRoles(vault),
      cadre: head.members.get(vault.member.id)?.cadre ?? null,
    },
    device: { id: vault.device.id, name: names.devices.get(vault.device.id) ?? '' },
    compartments: [...vault.compartments.keys()],
    draftKey: toBase64(vault.draftKey),
  }
}

export const unitFound: Handler<'unit.found'> = async (context, input) => {
  const logins = input.members.map((member) => normalLogin(member.login))
  if (new Set(logins).size !== logins.length) return err('call/invalid-input', { path: 'members.login' })
  const gaps = foundingGaps(input.policy, input.members)
  if (gaps.length > 0) return err('authority/role-exclusion', { gaps })
  const { threshold, holders } = input.recovery
  if (threshold > holders.length) return err('call/invalid-input', { path: 'recovery.threshold' })
  const creditCode = input.unit.creditCode
  if (creditCode !== null && !parseCreditCode(creditCode).ok) {
    return err('call/invalid-input', { path: 'unit.creditCode' })
  }
  const card = readCard(input.hubCard)
  if (!card.ok) return card
  const catalogue = readCatalogue(readResourceJson('catalogue/default.json'))
  if (!catalogue.ok) return catalogue
  const founded = await foundVault(context.primitives, context.layout, {
    unit: input.unit,
    policy: input.policy,
    device: input.device,
    members: input.members,
    catalogue: catalogue.value,
    hubCard: card.value,
    at: moment(context),
  })
  if (!founded.ok) return founded
  const { unit, rootPublicKey, rootSeed, recoveryArchive, recoveryDiscipline } = founded.value
  const sheets = await recoverySheets(context, holders, threshold, [
    { secret: 'unit-root', bytes: rootSeed },
    { secret: 'recovery-archive', bytes: utf8(recoveryArchive) },
    { secret: 'recovery-discipline', bytes: utf8(recoveryDiscipline) },
  ])
  rootSeed.fill(0)
  return ok({ unit, unitRootPublicKey: toHex(rootPublicKey), sheets })
}

function readCard(text: string | null): Result<HubCard | null> {
  return text === null ? ok(null) : readHubCard(utf8(text.trim()))
}

type SharedSecret = RecoverySheet['shares'][number]['secret']

/** Shamir shares over GF(2^8), one of each secret a sheet; fewer than `threshold` sheets say nothing. */
async function recoverySheets(
  context: CoreContext,
  holders: readonly string[],
  threshold: number,
  secrets: readonly { readonly secret: SharedSecret; readonly bytes: Uint8Array }[],
): Promise<readonly RecoverySheet[]> {
  const shares: { readonly secret: SharedSecret; readonly parts: readonly Uint8Array[] }[] = []
  for (const { secret, bytes } of secrets) {
    shares.push({ secret, parts: await split(bytes, holders.length, threshold) })
  }
  return holders.map((holder, index) => ({
    holder,
    number: index + 1,
    threshold,
    total: holders.length,
    shares: shares.map(({ secret, parts }) => ({
      secret,
      text: shareText(context, parts[index] as Uint8Array),
    })),
  }))
}

/** Capital hex in groups of four with a two-byte SHA-256 checksum at the end: can be typed from paper and checked. */
function shareText(context: CoreContext, share: Uint8Array): string {
  const checked = toHex(share) + toHex(context.primitives.sha256(share).subarray(0, 2))
  return (checked.toUpperCase().match(/.{1,4}/g) ?? []).join(' ')
}
