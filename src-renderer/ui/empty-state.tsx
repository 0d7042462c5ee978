import type { ReactNode } from 'react'

interface EmptyStateProps {
  readonly title: string
  /** What to do first. */
  readonly hint?: string
  readonly children?: ReactNode
  readonly isSmall?: boolean
}

export function EmptyState({ title, hint, children, isSmall = false }: EmptyStateProps) {
  return (
    <div className={isSmall ? 'empty empty-small' : 'empty'}>
      <p className="empty-title">{title}</p>
      {hint === undefined ? null : <p className="empty-hint">{hint}</p>}
      {children}
    </div>
  )
}
