import type { SessionView } from '../../../src-shared/contract/views.ts'
import { toBase64 } from '../../../src-shared/kernel/bytes.ts'
import { err, ok, type Result } from '../../../src-shared/kernel/result.ts'
import { waitSeconds } from '../../vault/attempts.ts'
import { readKeyFile } from '../../vault/key-file.ts'
import { anyKeyFile } from '../../vault/key-slot.ts'
import { readNames } from '../../vault/names.ts'
import { anySystemSlot, openSystemSlot } from '../../vault/system-slot.ts'
import { heldRoles, openVault, unlockVault, vaultExists, type OpenVault } from '../../vault/vault.ts'
import { recordAccess, recordLock } from '../access-log.ts'
import type { CoreContext, Handler, Session } from '../context.ts'
import { EvidenceReader } from '../dossier/evidence-reader.ts'
import { sweepLostEvidence } from '../dossier/keep-evidence.ts'
import { Purposes } from '../dossier/session-purposes.ts'
import { sightOf } from '../dossier/sight.ts'
import { Uploads } from '../dossier/uploads.ts'
import { ImportSessions } from '../import/sessions.ts'
import { Arrivals } from '../sources/known-files.ts'
import { programVersion } from '../version.ts'
import { recordFailures } from './own-slot.ts'
import { readSystemKey, storageRefusal } from './system-storage.ts'

export const sessionStatus: Handler<'session.status'> = (context) => {
  const exists = vaultExists(context.layout)
  const isLocked = exists && context.session === null
  const { keySlots } = context.layout
  return ok({
    vault: context.session !== null ? 'unlocked' : exists ? 'locked' : 'none',
    version: programVersion,
    session: context.session === null ? null : sessionView(context.session),
    waitSeconds: isLocked ? waitSeconds(context.layout, context.now()) : 0,
    keyFiles: isLocked && anyKeyFile(keySlots),
    systemUnlock: isLocked && context.host === 'desktop' && anySystemSlot(keySlots),
  })
}

export const sessionUnlock: Handler<'session.unlock'> = async (context, input) => {
  const keyFile = input.keyFile === null ? ok(null) : readKeyFile(input.keyFile)
  if (!keyFile.ok) return keyFile
  const opened = await unlockVault(
    context.primitives,
    context.layout,
    input.login,
    input.password,
    context.now(),
    keyFile.value,
  )
  return opened.ok ? await enter(context, opened.value, 'password') : opened
}

/** With the key that the operating system keeps for this login. Errors: `vault/system-slot-none` beside others. */
export const sessionResume: Handler<'session.resume'> = async (context, input) => {
  if (storageRefusal(context, input.store) !== null) return err('vault/system-storage-unsafe')
  const keys = (input.keys ?? []).map(readSystemKey).filter((key) => key !== null)
  const slot = openSystemSlot(context.layout.keySlots, input.login, keys)
  if (!slot.ok) return slot
  const opened = await openVault(context.primitives, context.layout, slot.value)
  return opened.ok ? await enter(context, opened.value, 'system') : opened
}

/** Who came in, how, and what failed before them is on the disk before they see anything. */
async function enter(
  context: CoreContext,
  vault: OpenVault,
  means: 'password' | 'system',
): Promise<Result<SessionView>> {
  vault.now = () => context.now()
  const session = newSession(context, vault)
  if (!session.ok) return session
  const unlocked = { ...context, session: session.value }
  const recorded = await recordAccess(unlocked, 'unlock', { what: means })
  const all = recorded.ok ? await recordFailures(unlocked) : recorded
  // Somebody else came in while the password was being tried: one core is for one member.
  if (!all.ok || context.session !== null) {
    vault.close()
    return all.ok ? err('call/not-permitted') : all
  }
  context.session = session.value
  sweepLostEvidence(session.value, context.layout)
  return ok(sessionView(session.value))
}

function newSession(context: CoreContext, vault: OpenVault): Result<Session> {
  const control = vault.compartments.get('control')
  if (control === undefined) return err('vault/compartment-closed')
  return ok({
    vault,
    uploads: new Uploads(context.layout, context.primitives),
    imports: new ImportSessions(),
    arrivals: new Arrivals(),
    evidence: new EvidenceReader(context.layout),
    seenEvidence: new Set(),
    purposes: new Purposes(),
    names: readNames(control.database),
    catalogues: new Map(),
  })
}

export const sessionLock: Handler<'session.lock'> = async (context) => {
  const { session } = context
  try {
    if (session !== null) await recordLock({ ...context, session })
  } finally {
    context.end()
  }
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
      level: sightOf(session).level,
    },
    device: { id: vault.device.id, name: names.devices.get(vault.device.id) ?? '' },
    compartments: [...vault.compartments.keys()],
    draftKey: toBase64(vault.draftKey),
  }
}
