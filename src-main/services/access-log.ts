import { toBase64 } from '../../src-shared/kernel/bytes.ts'
import { newId } from '../../src-shared/kernel/ids.ts'
import { ok, type Result } from '../../src-shared/kernel/result.ts'
import { prepareBody } from '../../src-shared/log/header.ts'
import {
  accessPlaintext,
  type AccessFlag,
  type AccessKind,
  type AccessPurpose,
  type AccessSubject,
} from '../../src-shared/audit/access-entry.ts'
import { encryptTo } from '../../src-shared/node/age.ts'
import { commitAs, heldRoles } from '../vault/vault.ts'
import { moment, type UnlockedContext } from './context.ts'

export type { AccessKind, AccessPurpose, AccessSubject } from '../../src-shared/audit/access-entry.ts'

/**
 * Writes who did what to whom and what for, signed by them and sealed to the auditors. It is durable when this
 * resolves: show nothing before. What was looked at stands only inside the seal.
 *
 * `count` is how many alike events the entry stands for, where they are not entered one by one.
 */
export async function recordAccess(
  context: UnlockedContext,
  kind: AccessKind,
  subject: AccessSubject,
  purpose: AccessPurpose | null = null,
  count = 1,
): Promise<Result<true>> {
  const { vault } = context.session
  const at = moment(context)
  const ring = vault.authority.head.keyrings.get('audit')
  const [role] = heldRoles(vault)
  if (ring === undefined || role === undefined) return ok(true)
  const plaintext = accessPlaintext({
    at,
    count,
    device: vault.device.id,
    flags: flagsOf(context, subject),
    kind,
    member: vault.member.id,
    purpose,
    role,
    subject,
  })
  const sealed = toBase64(await encryptTo([ring.recipient], plaintext))
  const body = prepareBody(context.primitives, { sealed })
  const entity = newId(context.primitives)
  const done = commitAs(
    vault,
    'control',
    role,
    at,
    [{ op: 'access.record', entity, digest: body.digest }],
    [body],
  )
  return done.ok ? ok(true) : done
}

function flagsOf({ session }: UnlockedContext, subject: AccessSubject): readonly AccessFlag[] {
  const own = session.vault.authority.head.members.get(session.vault.member.id)?.cadre ?? null
  return own !== null && own === subject.cadre ? ['self'] : []
}
