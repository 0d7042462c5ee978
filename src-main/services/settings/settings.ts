import { newId } from '../../../src-shared/kernel/ids.ts'
import { ok } from '../../../src-shared/kernel/result.ts'
import { prepareBody } from '../../../src-shared/log/header.ts'
import { commitAuthority } from '../../vault/vault.ts'
import { moment, type UnlockedHandler } from '../context.ts'

export const settingsRead: UnlockedHandler<'settings.read'> = ({ session }) => {
  return ok(session.vault.authority.head.settings)
}

export const settingsSet: UnlockedHandler<'settings.set'> = (context, input) => {
  const body = prepareBody(context.primitives, {})
  const operation = {
    op: 'settings.set',
    entity: newId(context.primitives),
    digest: body.digest,
    ...input,
  } as const
  const done = commitAuthority(context.session.vault, 'secadmin', moment(context), [operation], [body])
  if (!done.ok) return done
  context.emit({ type: 'changed', compartment: 'control' })
  return ok(null)
}
