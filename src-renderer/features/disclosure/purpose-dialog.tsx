import { Modal, Skeleton } from 'antd'
import { useEffect, useLayoutEffect, useRef, useState } from 'react'
import { isComplete, type Purpose } from '../../../src-shared/disclosure/purpose.ts'
import { useQuery } from '../../app/use-query.ts'
import { onPurposeNeeded } from '../../bridge/index.ts'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { useText } from '../../ui/text.ts'
import { PurposeFields } from './purpose-fields.tsx'
import { askPurpose, usePurpose } from './purpose-state.ts'

/** Asks what a dossier is read for, wherever a screen wants to show one. */
export function PurposeDialog() {
  const { asking, answer } = usePurpose()
  useEffect(() => onPurposeNeeded(askPurpose), [])
  return asking === null ? null : <Question key={asking.cadre} onAnswer={answer} />
}

function Question({ onAnswer }: { onAnswer(purpose: Purpose | null): void }) {
  const text = useText()
  const policy = useQuery('disclosure.policy', {}, [])
  const [purpose, setPurpose] = useState<Purpose>({ kind: '', words: '' })
  const [isTried, setTried] = useState(false)
  const body = useRef<HTMLDivElement>(null)
  // The list comes a moment after the dialog, or before it has opened: whichever is last brings the focus, unless
  // somebody is at work in the list already.
  const focusFirst = () => {
    if (body.current?.contains(document.activeElement) === false) body.current.querySelector('input')?.focus()
  }
  const isListed = policy.data !== null
  useLayoutEffect(() => {
    if (isListed) focusFirst()
  }, [isListed])
  const finish = () => {
    setTried(true)
    if (policy.data === null || !isComplete(policy.data, purpose)) return
    onAnswer({ ...purpose, words: purpose.words.trim() })
  }
  return (
    <Modal
      open
      width={480}
      title={text('purpose.title')}
      okText={text('purpose.read')}
      cancelText={text('do.cancel')}
      onOk={finish}
      onCancel={() => onAnswer(null)}
      focusTriggerAfterClose={false}
      afterOpenChange={focusFirst}
    >
      <p className="prose-line">{text('purpose.hint')}</p>
      <ErrorNotice failure={policy.failure} onRetry={policy.reload} />
      {policy.data === null ? (
        <Skeleton active paragraph={{ rows: 3 }} />
      ) : (
        <div ref={body}>
          <PurposeFields
            policy={policy.data}
            purpose={purpose}
            isTried={isTried}
            onChange={setPurpose}
            onEnter={finish}
          />
        </div>
      )}
    </Modal>
  )
}
