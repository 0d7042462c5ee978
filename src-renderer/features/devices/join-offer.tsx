import { Button } from 'antd'
import { goTo } from '../../app/routes.ts'
import { useQuery } from '../../app/use-query.ts'
import { useText } from '../../ui/text.ts'

/** The other way to begin: not a new unit, but one that exists on another computer. */
export function JoinOffer() {
  const text = useText()
  const status = useQuery('join.status', {}, [])
  return (
    <aside className="join-offer" aria-labelledby="join-offer">
      <div>
        <h3 id="join-offer">{text('join.offer')}</h3>
        <p>{text('join.offer.what')}</p>
      </div>
      <Button onClick={() => goTo('join')}>
        {text(status.data?.state === 'asked' ? 'join.continue' : 'join.start')}
      </Button>
    </aside>
  )
}
