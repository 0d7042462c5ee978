import { mkdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { keyInForce } from '../../../src-shared/access/grants.ts'
import { compartments, type Compartment } from '../../../src-shared/access/roles.ts'
import type { EnrolmentView } from '../../../src-shared/contract/device-views.ts'
import { unitCode } from '../../../src-shared/enrolment/codes.ts'
import { signPackage, type EnrolmentPackage } from '../../../src-shared/enrolment/package.ts'
import { toHex } from '../../../src-shared/kernel/bytes.ts'
import { newId, type Id } from '../../../src-shared/kernel/ids.ts'
import { err, ok, type Result } from '../../../src-shared/kernel/result.ts'
import { encryptTo } from '../../../src-shared/node/age.ts'
import { writeFileAtomic } from '../../../src-shared/node/files.ts'
import { slotTexts } from '../../vault/key-slot.ts'
import { recordAccess } from '../access-log.ts'
import { moment, type UnlockedContext, type UnlockedHandler } from '../context.ts'
import { requestOf } from './request-of.ts'
import { exchangeBundle, writeFor } from './exchange.ts'

/** How a package file ends; its bundles lie beside it. */
export const packageExtension = '.liandang-package'

export const devicePackage: UnlockedHandler<'device.package'> = async (context, input, signal) => {
  try {
    if (!statSync(input.folder).isDirectory()) return err('bundle/folder-unusable')
  } catch {
    return err('bundle/folder-unusable')
  }
  return await writeEnrolment(context, input.device, input.folder, input.job, signal)
}

/**
 * Writes what a new device needs: every compartment the member at work can open, the slots of the members, and where
 * trust begins. All of it can be read by the new device alone.
 *
 * Errors: `device/not-admitted`, `vault/compartment-closed` (only who holds the keys of dossiers can enrol), those of
 * `writeOutgoing`.
 */
export async function writeEnrolment(
  context: UnlockedContext,
  device: Id,
  folder: string,
  job: Id,
  signal: AbortSignal,
): Promise<Result<EnrolmentView>> {
  const { session, primitives } = context
  const { vault } = session
  const { head } = vault.authority
  const request = requestOf(session, device)
  if (request === null || head.devices.get(device)?.inForce !== true) return err('device/not-admitted')
  const held = compartments.filter((compartment) => vault.compartments.has(compartment))
  if (!held.includes('archive')) return err('vault/compartment-closed', { compartment: 'archive' })
  const entered = await recordAccess(context, 'export', { bundle: job, what: 'enrolment' })
  if (!entered.ok) return entered
  const { recipient } = request.request
  const bundles: EnrolmentPackage['bundles'][number][] = []
  const packageFile = `${newId(primitives)}${packageExtension}`
  const clear = () => {
    for (const { file } of bundles) rmSync(join(folder, file), { force: true })
  }
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  for (const compartment of held) {
    const target = { to: 'enrolment', recipient } as const
    const written = await writeFor(context, compartment, folder, target, 'full', job, signal)
    if (written.ok) {
      const { file, sha256, bytes } = exchangeBundle(compartment, written.value)
      bundles.push({ compartment, file, sha256, bytes })
    } else if (written.error.code !== 'bundle/nothing-new') {
      clear()
      return written
    }
  }
  const rootPublicKey = toHex(vault.rootPublicKey)
  const content: EnrolmentPackage = {
    unit: vault.unit,
    rootPublicKey,
    request: request.digest,
    device: vault.device.id,
    createdAt: moment(context),
    bundles,
    slots: slotTexts(vault.layout.keySlots).flatMap(({ member, text }) => {
      const known = head.members.get(member)
      return known === undefined || keyInForce(known) === null ? [] : [text]
    }),
  }
  const sealed = await encryptTo([recipient], signPackage(vault.device.signer, content))
  writeFileAtomic(join(folder, packageFile), sealed)
  return ok({
    code: unitCode(primitives, vault.unit, rootPublicKey, request.digest),
    files: [packageFile, ...bundles.map(({ file }) => file)],
    compartments: bundles.map(({ compartment }): Compartment => compartment),
  })
}
