import type { ReactNode } from 'react'

interface PageHeaderProps {
  readonly title: string
  /** One line that says what this page is for. */
  readonly hint?: string
  readonly actions?: ReactNode
  readonly children?: ReactNode
}

export function PageHeader({ title, hint, actions, children }: PageHeaderProps) {
  return (
    <header className="page-header">
      <div className="page-header-line">
        <h1>{title}</h1>
        {hint === undefined ? null : <p className="page-header-hint">{hint}</p>}
        {actions === undefined ? null : <div className="page-header-actions">{actions}</div>}
      </div>
      {children}
    </header>
  )
}
