import { Button } from 'antd'
import { useState } from 'react'
import type { InvitedMember, MemberLine } from '../../../src-shared/contract/member-views.ts'
import { useText } from '../../ui/text.ts'
import { DeputyPanel, GrantPanel } from './grant-panels.tsx'
import { NewKey } from './new-key.tsx'
import { NewKeyPanel } from './new-key-panel.tsx'
import { RemovePanel } from './remove-panel.tsx'

const atWork = ['grant', 'deputise', 'reset', 'suspect', 'suspend', 'remove'] as const
const away = ['resume', 'remove'] as const
type Act = (typeof atWork)[number] | (typeof away)[number]

/** What the secadmin can do about a member; each says what follows from it before it is done. */
export function MemberActions({ line }: { readonly line: MemberLine }) {
  const text = useText()
  const [act, setAct] = useState<Act | null>(null)
  const [made, setMade] = useState<InvitedMember | null>(null)
  const isAway = line.standing === 'suspended' || line.standing === 'left'
  const acts: readonly Act[] = isAway ? (line.standing === 'left' ? ['resume'] : away) : atWork
  const chosen = act !== null && acts.includes(act) ? act : null
  const close = () => setAct(null)
  return (
    <section className="card" aria-labelledby="member-acts">
      <h2 id="member-acts">{text('members.acts')}</h2>
      <div className="members-acts">
        {acts.map((one) => (
          <Button
            key={one}
            aria-expanded={chosen === one}
            className={chosen === one ? 'is-chosen' : ''}
            danger={one === 'remove' || one === 'suspend' || one === 'suspect'}
            onClick={() => {
              setMade(null)
              setAct(chosen === one ? null : one)
            }}
          >
            {text(`members.act.${one}`)}
          </Button>
        ))}
      </div>
      {made === null ? null : <NewKey name={line.name} made={made} />}
      {chosen === null ? null : (
        <div className="members-act" key={chosen}>
          {chosen === 'grant' ? <GrantPanel line={line} onDone={close} /> : null}
          {chosen === 'deputise' ? <DeputyPanel line={line} onDone={close} /> : null}
          {chosen === 'reset' || chosen === 'suspect' || chosen === 'resume' ? (
            <NewKeyPanel
              line={line}
              act={chosen}
              onCancel={close}
              onMade={(key) => {
                setMade(key)
                close()
              }}
            />
          ) : null}
          {chosen === 'suspend' || chosen === 'remove' ? (
            <RemovePanel line={line} act={chosen} onDone={close} />
          ) : null}
        </div>
      )}
    </section>
  )
}
