import { err, ok } from '../../../src-shared/kernel/result.ts'
import { combineSheets } from '../../vault/recovery-kit.ts'
import { renewMember } from '../../vault/recovery-use.ts'
import { moment, type Handler } from '../context.ts'

/**
 * New keys and a new password for a member with enough recovery sheets. The caller ends this process afterwards: what
 * the sheets gave back was in its memory.
 */
export const recoveryUse: Handler<'recovery.use'> = async (context, input) => {
  const kit = await combineSheets(context.primitives, input.sheets)
  if (!kit.ok) return kit
  // Somebody came in while the sheets were put together: the vault is theirs until they leave.
  if (context.session !== null) return err('call/not-permitted')
  const { login, password } = input
  const renewal = { login, password, at: moment(context) }
  const renewed = await renewMember(context.primitives, context.layout, kit.value, renewal)
  if (!renewed.ok) return renewed
  return ok({ name: renewed.value.name, login: login.trim(), sheets: kit.value.sheets })
}
