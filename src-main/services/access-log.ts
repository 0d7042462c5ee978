import { toBase64 } from '../../src-shared/kernel/bytes.ts'
import { canonicalBytes } from '../../src-shared/kernel/canonical.ts'
import { newId, type Id } from '../../src-shared/kernel/ids.ts'
import { ok, type Result } from '../../src-shared/kernel/result.ts'
import { prepareBody } from '../../src-shared/log/header.ts'
import { encryptTo } from '../../src-shared/node/age.ts'
import { pad } from '../../src-shared/review/sealing.ts'
import { commitAs, heldRoles } from '../vault/vault.ts'
import { moment, type UnlockedContext } from './context.ts'

export type AccessKind = 'dossier' | 'record' | 'batch' | 'evidence' | 'export'

/** Access entries are all one length, so that the log does not tell a glance from an export. */
const accessBlock = 1024

/**
 * Writes who looked at what, signed by them and sealed to the auditors, before anything is shown. What was looked at
 * stands only inside the seal.
 */
export async function recordAccess(
  context: UnlockedContext,
  kind: AccessKind,
  subject: {
    readonly cadre?: Id
    readonly record?: Id
    readonly evidence?: string
    readonly batch?: Id
    readonly bundle?: Id
  },
): Promise<Result<true>> {
  const { vault } = context.session
  const at = moment(context)
  const ring = vault.authority.head.keyrings.get('audit')
  const [role] = heldRoles(vault)
  if (ring === undefined || role === undefined) return ok(true)
  const plaintext = pad(
    canonicalBytes({ at, kind, member: vault.member.id, subject, type: 'liandang/access/1' }),
    accessBlock,
  )
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
