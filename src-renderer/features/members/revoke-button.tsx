import { Button, Popconfirm } from 'antd'
import type { GrantLine, MemberLine } from '../../../src-shared/contract/member-views.ts'
import { useAction } from '../../app/use-action.ts'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { useText } from '../../ui/text.ts'
import { reachesDossiers, useGrantWords } from './grant-words.ts'

/** What takes two opinions needs as many who may give one. */
export const enoughReviewers = 2

interface RevokeButtonProps {
  readonly member: Pick<MemberLine, 'id' | 'name'>
  readonly grant: GrantLine
  /** Reviewers at work without this member. */
  readonly reviewersLeft?: number
}

/** Takes one role away; at once, and only a new grant with a new confirmation brings it back. */
export function RevokeButton({ member, grant, reviewersLeft = enoughReviewers }: RevokeButtonProps) {
  const text = useText()
  const words = useGrantWords()
  const revoke = useAction('member.revoke')
  const { role, deputyFor } = grant
  const isFew = role === 'reviewer' && grant.standing === 'in-force' && reviewersLeft < enoughReviewers
  const consequence = reachesDossiers(role) ? 'members.revoke.dossiers' : 'members.revoke.others'
  return (
    <>
      <Popconfirm
        title={text('members.revoke.ask', { name: member.name, role: words(grant).role })}
        description={
          <div className="pop-words">
            <p>{text(consequence)}</p>
            {isFew ? (
              <p className="is-watched">{text('members.few-reviewers', { count: reviewersLeft })}</p>
            ) : null}
          </div>
        }
        okText={text('members.revoke')}
        cancelText={text('do.cancel')}
        onConfirm={() => void revoke.run({ member: member.id, grants: [{ role, deputyFor }] })}
      >
        <Button size="small" danger loading={revoke.isBusy}>
          {text('members.revoke')}
        </Button>
      </Popconfirm>
      <ErrorNotice failure={revoke.failure} onClose={revoke.clear} />
    </>
  )
}
