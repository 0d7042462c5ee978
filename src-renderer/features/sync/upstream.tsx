import { Button, Input, Popconfirm } from 'antd'
import { useId, useState, type ChangeEvent, type ReactNode } from 'react'
import type { SyncView } from '../../../src-shared/contract/log-views.ts'
import type { UpstreamView } from '../../../src-shared/contract/views.ts'
import { useDesk } from '../../app/contexts.ts'
import { holdsAny } from '../../app/session.ts'
import { useAction } from '../../app/use-action.ts'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { groupedHex } from '../../ui/moment.ts'
import { Mark } from '../../ui/status-tag.tsx'
import { useText } from '../../ui/text.ts'

/** The hub above: named by secadmin from its card, in force once an approver has compared the fingerprint. */
export function Upstream({ status }: { readonly status: SyncView }) {
  const text = useText()
  const { session } = useDesk()
  const confirm = useAction('upstream.confirm')
  const { upstream, proposedUpstream } = status
  return (
    <section className="card" aria-labelledby="sync-upstream">
      <h2 id="sync-upstream">{text('upstream.title')}</h2>
      {upstream === null ? (
        <p className="upstream-none">
          <Mark shape="○" tone="watch" word={text('upstream.none')} />
          <span>
            {text(holdsAny(session, ['secadmin']) ? 'upstream.none.secadmin' : 'upstream.none.others')}
          </span>
        </p>
      ) : (
        <Card upstream={upstream} word={<Mark shape="◆" tone="action" word={text('upstream.in-force')} />} />
      )}
      {proposedUpstream === null ? null : (
        <div className="proposed">
          <Card
            upstream={proposedUpstream}
            word={<Mark shape="◇" tone="watch" word={text('upstream.proposed')} />}
          />
          {holdsAny(session, ['approver']) ? (
            <>
              <p className="prose-line">{text('upstream.compare')}</p>
              <Popconfirm
                title={text('upstream.confirm.ask')}
                description={<code>{groupedHex(proposedUpstream.fingerprint, 64)}</code>}
                okText={text('upstream.confirm')}
                cancelText={text('do.cancel')}
                onConfirm={() => void confirm.run({ hub: proposedUpstream.hub })}
              >
                <Button type="primary" loading={confirm.isBusy}>
                  {text('upstream.confirm')}
                </Button>
              </Popconfirm>
              <ErrorNotice failure={confirm.failure} />
            </>
          ) : (
            <p className="prose-faint">{text('upstream.waits')}</p>
          )}
        </div>
      )}
      {holdsAny(session, ['secadmin']) ? <NameHub /> : null}
    </section>
  )
}

function Card({ upstream, word }: { readonly upstream: UpstreamView; readonly word: ReactNode }) {
  const text = useText()
  return (
    <dl className="upstream">
      <dt>{text('upstream.name')}</dt>
      <dd>
        {upstream.name} {word}
      </dd>
      <dt>{text('upstream.url')}</dt>
      <dd>{upstream.url ?? text('upstream.no-url')}</dd>
      <dt>{text('upstream.fingerprint')}</dt>
      <dd>
        <code className="fingerprint">{groupedHex(upstream.fingerprint, 64)}</code>
      </dd>
    </dl>
  )
}

const largestCard = 10_000

function NameHub() {
  const text = useText()
  const propose = useAction('upstream.propose')
  const [card, setCard] = useState('')
  const picker = useId()
  const read = async (event: ChangeEvent<HTMLInputElement>) => {
    const file = event.target.files?.[0]
    if (file !== undefined) setCard((await file.slice(0, largestCard).text()).trim())
    event.target.value = ''
  }
  const run = async () => {
    const result = await propose.run({ card })
    if (result.ok) setCard('')
  }
  return (
    <details className="name-hub">
      <summary>{text('upstream.propose.title')}</summary>
      <Input.TextArea
        aria-label={text('upstream.card')}
        placeholder={text('upstream.card')}
        rows={4}
        maxLength={largestCard}
        value={card}
        onChange={(event) => setCard(event.target.value)}
      />
      <input
        id={picker}
        type="file"
        className="sr-only"
        tabIndex={-1}
        aria-label={text('do.choose-file')}
        onChange={(event) => void read(event)}
      />
      <div className="panel-actions">
        <Button onClick={() => document.getElementById(picker)?.click()}>{text('do.choose-file')}</Button>
        <Button
          type="primary"
          disabled={card.trim() === ''}
          loading={propose.isBusy}
          onClick={() => void run()}
        >
          {text('upstream.propose')}
        </Button>
      </div>
      <ErrorNotice failure={propose.failure} />
    </details>
  )
}
