import type { Failure } from '../kernel/errors.ts'
import type { Result } from '../kernel/result.ts'

/**
 * What travels between a host (desktop, local-web, command line) and the core process, both ways over one duplex
 * channel of plain structured-cloneable messages. The host is trusted to have checked who is speaking; the core
 * checks everything else.
 */
export type ToCore =
  | { readonly kind: 'call'; readonly id: number; readonly procedure: string; readonly input: unknown }
  | { readonly kind: 'cancel'; readonly id: number }

export type FromCore =
  | { readonly kind: 'ready' }
  | { readonly kind: 'result'; readonly id: number; readonly result: Result<unknown> }
  | { readonly kind: 'event'; readonly event: CoreEvent }
  /** It locks because nobody is at the desk any more, and ends; what is called now is for the next core. */
  | { readonly kind: 'leaving' }

/** What the core, or its host, tells everyone who listens. */
export type CoreEvent =
  /** How far long work is; `job` is the id the caller chose and passed in its input. */
  | { readonly type: 'progress'; readonly job: string; readonly done: number; readonly total: number }
  /** The log grew: views may be stale. */
  | { readonly type: 'changed'; readonly compartment: string }
  /** The core process ended and a locked one has taken its place. The page must be reloaded. */
  | { readonly type: 'locked'; readonly reason: 'asked' | 'ended'; readonly failure?: Failure }
