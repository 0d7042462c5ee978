import { closeSync, fsyncSync, openSync, realpathSync, writeSync } from 'node:fs'
import { join, relative, isAbsolute } from 'node:path'
import { err, ok, type Result } from '../../../src-shared/kernel/result.ts'
import { syncDirectory } from '../../../src-shared/node/files.ts'
import { failedAttempts, forgetAttempts } from '../../vault/attempts.ts'
import { keyFileName, keyFileText, newKeyFile, readKeyFile, type KeyFile } from '../../vault/key-file.ts'
import { openKeySlot, slotFacts, writeKeySlot, type OpenedSlot } from '../../vault/key-slot.ts'
import { dropSystemSlot, systemSlotOf, writeSystemSlot } from '../../vault/system-slot.ts'
import { tryPassword } from '../../vault/vault.ts'
import { recordAccess } from '../access-log.ts'
import { moment, type UnlockedContext, type UnlockedHandler } from '../context.ts'
import { readSystemKey, storageRefusal } from './system-storage.ts'

const fingerprintDigits = 16

export const accountRead: UnlockedHandler<'account.read'> = (context, input) => {
  const { vault } = context.session
  const { keySlots } = context.layout
  return ok({
    fingerprint: vault.member.signer.keyId.slice(0, fingerprintDigits),
    keyFile: slotFacts(keySlots, vault.member.id)?.keyFile ?? null,
    systemUnlock: {
      isOn: systemSlotOf(keySlots, vault.member.id) !== null,
      refusal: storageRefusal(context, input.store),
    },
  })
}

export const memberPassword: UnlockedHandler<'member.password'> = async (context, input) => {
  if (input.new.normalize('NFC') === input.old.normalize('NFC')) {
    return err('call/invalid-input', { path: 'new' })
  }
  const opened = await openOwnSlot(context, input.old, input.keyFile)
  if (!opened.ok) return opened
  const { slot, keyFile } = opened.value
  await writeKeySlot(context.layout.keySlots, slot.unit, slot.member, input.new, slot.secret, keyFile)
  return ok(null)
}

export const keyFileNew: UnlockedHandler<'keyfile.new'> = (context, input) => {
  const made = newKeyFile(context.primitives)
  const file = { name: keyFileName(made), content: keyFileText(made) }
  if (input.folder === null) return ok(file)
  const written = writeIntoFolder(context, input.folder, file.name, file.content)
  return written.ok ? ok(file) : written
}

export const keyFileSet: UnlockedHandler<'keyfile.set'> = async (context, input) => {
  const next = input.next === null ? ok(null) : readKeyFile(input.next)
  if (!next.ok) return next
  const opened = await openOwnSlot(context, input.password, input.keyFile)
  if (!opened.ok) return opened
  const { slot } = opened.value
  const { keySlots } = context.layout
  await writeKeySlot(keySlots, slot.unit, slot.member, input.password, slot.secret, next.value)
  return ok(null)
}

export const systemSlotMake: UnlockedHandler<'systemslot.make'> = async (context, input) => {
  const key = readSystemKey(input.key)
  if (storageRefusal(context, input.store) !== null || key === null) {
    return err('vault/system-storage-unsafe')
  }
  const opened = await openOwnSlot(context, input.password, input.keyFile)
  if (!opened.ok) return opened
  const { unit, member, secret } = opened.value.slot
  const { keySlots } = context.layout
  const replaced = systemSlotOf(keySlots, member)
  const written = writeSystemSlot(keySlots, unit, member, secret, key)
  return written.ok ? ok({ replaced }) : written
}

export const systemSlotDrop: UnlockedHandler<'systemslot.drop'> = (context) => {
  const { keySlots } = context.layout
  const { id } = context.session.vault.member
  const dropped = systemSlotOf(keySlots, id)
  dropSystemSlot(keySlots, id)
  return ok({ dropped })
}

interface OwnSlot {
  readonly slot: OpenedSlot
  /** The key file that the slot asks for, or null. */
  readonly keyFile: KeyFile | null
}

/** Asks the member at work for their password again: an unlocked desk somebody left is not enough to change a slot. */
async function openOwnSlot(
  context: UnlockedContext,
  password: string,
  keyFileContent: string | null,
): Promise<Result<OwnSlot>> {
  const { layout } = context
  const { login, id } = context.session.vault.member
  const keyFile = keyFileContent === null ? ok(null) : readKeyFile(keyFileContent)
  if (!keyFile.ok) return keyFile
  const slot = await tryPassword(layout, context.now(), () =>
    openKeySlot(layout.keySlots, login, password, keyFile.value),
  )
  if (!slot.ok) return slot
  if (slot.value.member !== id) return err('vault/slot-damaged')
  const recorded = await recordFailures(context)
  if (!recorded.ok) return recorded
  const asked = slotFacts(layout.keySlots, id)?.keyFile ?? null
  return ok({ slot: slot.value, keyFile: asked === null ? null : keyFile.value })
}

/**
 * Writes the attempts that failed since a password last was right into the access log, signed by whoever gave the
 * right one, and forgets the count. Nobody's login name is among them: which were tried is not kept.
 */
export async function recordFailures(context: UnlockedContext): Promise<Result<true>> {
  const failed = failedAttempts(context.layout)
  if (failed === null) return ok(true)
  const subject = {
    since: moment({ now: () => failed.first }),
    until: moment({ now: () => failed.last }),
    ...(failed.damaged ? { what: 'count-damaged' } : {}),
  }
  const recorded = await recordAccess(context, 'unlock-failed', subject, null, failed.failed)
  if (recorded.ok) forgetAttempts(context.layout)
  return recorded
}

/** A new file; nothing that exists is replaced. Errors: `bundle/folder-unusable`. */
function writeIntoFolder(
  { layout }: UnlockedContext,
  folder: string,
  name: string,
  content: string,
): Result<null> {
  try {
    // Beside the vault it would be stolen with it.
    if (isWithin(realpathSync(layout.directory), realpathSync(folder))) {
      return err('bundle/folder-unusable', { reason: 'vault' })
    }
    const handle = openSync(join(folder, name), 'wx', 0o600)
    try {
      writeSync(handle, `${content}\n`)
      fsyncSync(handle)
    } finally {
      closeSync(handle)
    }
    syncDirectory(folder)
    return ok(null)
  } catch {
    return err('bundle/folder-unusable')
  }
}

function isWithin(directory: string, path: string): boolean {
  const way = relative(directory, path)
  return way === '' || (!way.startsWith('..') && !isAbsolute(way))
}
