import { Component, type ReactNode } from 'react'
import { ErrorNotice } from './error-notice.tsx'

interface GuardedProps {
  readonly children: ReactNode
}

/** A fault in a screen shows as a notice in its place and takes nothing else down. What was typed is in its draft. */
export class Guarded extends Component<GuardedProps, { readonly isBroken: boolean }> {
  override state = { isBroken: false }

  static getDerivedStateFromError(): { readonly isBroken: boolean } {
    return { isBroken: true }
  }

  override render(): ReactNode {
    if (!this.state.isBroken) return this.props.children
    return (
      <ErrorNotice failure={{ code: 'call/internal' }} onRetry={() => this.setState({ isBroken: false })} />
    )
  }
}
