import { Alert, Button } from 'antd'
import type { Failure } from '../../src-shared/kernel/errors.ts'
import { useText } from './text.ts'

interface ErrorNoticeProps {
  readonly failure: Failure | null
  readonly onRetry?: () => void
  readonly onClose?: () => void
}

/** What happened, what is safe, what to do; and the code, for whoever is asked for help. */
export function ErrorNotice({ failure, onRetry, onClose }: ErrorNoticeProps) {
  const text = useText()
  if (failure === null) return null
  const sentences = text(`error.${failure.code}`)
  const [, what = sentences, rest = ''] = /^(.+?(?:。|\. |\.$))(.*)$/s.exec(sentences) ?? []
  return (
    <Alert
      className="error-notice"
      type="error"
      showIcon
      title={what.trim()}
      description={
        <>
          {rest === '' ? null : <span>{rest.trim()} </span>}
          <code className="error-code">{failure.code}</code>
        </>
      }
      {...(onRetry === undefined
        ? {}
        : {
            action: (
              <Button size="small" onClick={onRetry}>
                {text('do.retry')}
              </Button>
            ),
          })}
      {...(onClose === undefined ? {} : { closable: { onClose, 'aria-label': text('do.close') } })}
    />
  )
}
