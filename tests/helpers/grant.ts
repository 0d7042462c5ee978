import { commitAuthority } from '../../src-main/vault/vault.ts'
import type { Level, Role } from '../../src-shared/access/roles.ts'
import { prepareBody } from '../../src-shared/log/header.ts'
import type { Operation } from '../../src-shared/log/operations.ts'
import { nodePrimitives } from '../../src-shared/node/primitives.ts'
import type { VaultFixture } from './vault-fixture.ts'

/** Gives a member a role up to a level in place of the one before: secadmin grants, the approver confirms. */
export async function regrant(
  vault: VaultFixture,
  login: string,
  role: Role,
  level: Level,
  categories: readonly string[] = ['*'],
): Promise<void> {
  const { id } = (await vault.session(login)).vault.member
  const name = { entity: id, role, deputyFor: null }
  const reach = { categories, level, from: null, until: null }
  await sign(vault, 'secadmin', { op: 'role.grant', ...name, ...reach })
  await sign(vault, 'approver', { op: 'role.confirm', ...name })
}

type Unsigned = Operation extends infer Each ? (Each extends unknown ? Omit<Each, 'digest'> : never) : never

/** Sessions are begun anew, so that everybody reads the chain as it stands. */
async function sign(vault: VaultFixture, by: 'secadmin' | 'approver', operation: Unsigned): Promise<void> {
  vault.leave()
  const session = await vault.session(by)
  const body = prepareBody(nodePrimitives, {})
  const signed = { ...operation, digest: body.digest } as Operation
  const at = '2026-11-22T02:00:00.000Z'
  const done = commitAuthority(session.vault, by, at, [signed], [body])
  if (!done.ok) throw new Error(`${operation.op}: ${done.error.code}`)
  vault.leave()
}
