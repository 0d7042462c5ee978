import type { ReactNode } from 'react'
import { useText } from './text.ts'

interface FormLineProps {
  /** The id of the control, which the label, hint and error belong to. */
  readonly id: string
  readonly label: string
  readonly hint?: ReactNode
  readonly error?: string | null
  readonly warning?: string | null
  readonly isRequired?: boolean
  readonly isWide?: boolean
  /** A mark beside the label, such as 逐项核对. */
  readonly mark?: ReactNode
  readonly children: ReactNode
}

/** One labelled control with its guidance, and what is wrong with it right below. */
export function FormLine(props: FormLineProps) {
  const {
    id,
    label,
    hint,
    error = null,
    warning = null,
    isRequired = false,
    isWide = false,
    mark,
    children,
  } = props
  const text = useText()
  return (
    <div className={['line', isWide ? 'line-wide' : '', error === null ? '' : 'has-error'].join(' ')}>
      <div className="line-label">
        <label htmlFor={id}>{label}</label>
        {isRequired ? (
          <span className="line-required" aria-hidden="true" title={text('form.required')}>
            *
          </span>
        ) : null}
        {mark}
      </div>
      <div className="line-control">{children}</div>
      <div className="line-notes" id={`${id}-notes`}>
        {error === null ? null : (
          <p className="line-error" role="alert">
            {error}
          </p>
        )}
        {warning === null ? null : <p className="line-warning">{warning}</p>}
        {hint === undefined || hint === '' ? null : <p className="line-hint">{hint}</p>}
      </div>
    </div>
  )
}
