import { Checkbox } from 'antd'
import { useText } from '../../ui/text.ts'
import { JoinOffer } from '../devices/join-offer.tsx'
import { useFounding } from './founding-state.ts'

/** What founding is, what to have at hand, and the declaration. */
export function WelcomeStep() {
  const text = useText()
  const agreed = useFounding((founding) => founding.draft.agreed)
  const change = useFounding((founding) => founding.change)
  return (
    <div className="prose">
      <p>{text('founding.welcome.what')}</p>
      <p>{text('founding.welcome.have')}</p>
      <ul>
        <li>{text('founding.welcome.people')}</li>
        <li>{text('founding.welcome.printer')}</li>
        <li>{text('founding.welcome.holders')}</li>
        <li>{text('founding.welcome.card')}</li>
      </ul>
      <div className="declaration">
        <p className="declaration-words">{text('app.no-state-secrets')}</p>
        <Checkbox checked={agreed} onChange={(event) => change({ agreed: event.target.checked })}>
          {text('founding.welcome.agree')}
        </Checkbox>
      </div>
      <JoinOffer />
    </div>
  )
}
