import { useState } from 'react'
import { hrefOf } from '../../app/routes.ts'
import { useText } from '../../ui/text.ts'
import { QueueTable } from '../queue/queue-table.tsx'
import { useQueue } from '../queue/use-queue.ts'
import { SignBar } from './sign-bar.tsx'
import { SignOutcome } from './sign-outcome.tsx'

/** What is agreed and waits for the signature of who answers for it. */
export function SignQueue() {
  const text = useText()
  const queue = useQueue('to-sign')
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const places = queue.items.filter((item) => chosen.has(item.revision))
  return (
    <>
      <SignOutcome />
      <QueueTable
        label={text('signing.sign')}
        queue={queue}
        emptyTitle={text('sign.none')}
        emptyHint={text('sign.none.hint')}
        openLabel={text('sign.open')}
        itemHref={(item) => hrefOf('signing', 'sign', item.record)}
        batchHref={(batch) => hrefOf('signing', 'sign', 'batch', batch.batch)}
        selection={{ chosen, onChange: setChosen }}
      />
      {queue.items.length === 0 ? null : <SignBar places={places} onSigned={() => setChosen(new Set())} />}
    </>
  )
}
