import type { Role } from '../../../src-shared/access/roles.ts'
import type { CanonicalValue } from '../../../src-shared/kernel/canonical.ts'
import { ok, type Result } from '../../../src-shared/kernel/result.ts'
import { prepareBody } from '../../../src-shared/log/header.ts'
import type { Operation } from '../../../src-shared/log/operations.ts'
import { readNames } from '../../vault/names.ts'
import { commitKeys, type Act } from '../../vault/wraps.ts'
import { moment, type CoreContext, type Session, type UnlockedContext } from '../context.ts'

type Said<Kind> = Kind extends Operation ? Omit<Kind, 'digest'> : never

/** One operation with its body. */
export function say(
  { primitives }: Pick<CoreContext, 'primitives'>,
  operation: Said<Operation>,
  content: { readonly [key: string]: CanonicalValue | undefined } = {},
): Act {
  const body = prepareBody(primitives, content)
  return { operations: [{ ...operation, digest: body.digest } as Operation], bodies: [body] }
}

/** One commit of the authority chain, with what it changes of keys brought to the disk, and everybody told. */
export async function commitAct(context: UnlockedContext, role: Role, act: Act): Promise<Result<null>> {
  const done = await commitKeys(context.session.vault, role, moment(context), act)
  tellChanged(context)
  return done.ok ? ok(null) : done
}

/** After a commit of the authority chain, also one whose consequences could not all be written yet. */
export function tellChanged(context: UnlockedContext): void {
  refreshNames(context.session)
  context.emit({ type: 'changed', compartment: 'control' })
}

function refreshNames(session: Session): void {
  const control = session.vault.compartments.get('control')
  if (control !== undefined) session.names = readNames(control.database)
}
