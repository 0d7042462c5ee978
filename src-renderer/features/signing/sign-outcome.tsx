import { useDesk } from '../../app/contexts.ts'
import { hrefOf } from '../../app/routes.ts'
import { StateSeal } from '../../ui/state-seal.tsx'
import { useText } from '../../ui/text.ts'
import { SignedNotice } from '../queue/signed-notice.tsx'
import { useSignOutcome } from './sign-state.ts'

/** After signing: the seal, who and when. */
export function SignOutcome() {
  const text = useText()
  const { session } = useDesk()
  const { signed, at, close } = useSignOutcome()
  if (signed === null) return null
  const awaiting = signed.awaitingAbove ?? 0
  const hand = {
    member: session.member.id,
    name: session.member.name,
    device: session.device.id,
    at,
    commit: '',
  }
  return (
    <SignedNotice
      title={text(awaiting > 0 ? 'sign.signed' : 'sign.done', { count: signed.done })}
      signed={signed}
      onClose={close}
    >
      {signed.done === awaiting ? null : <StateSeal isLarge hand={hand} />}
      {awaiting === 0 ? null : (
        <p>
          <a href={hrefOf('signing', 'above')}>{text('sign.awaits-above', { count: awaiting })}</a>
        </p>
      )}
    </SignedNotice>
  )
}
