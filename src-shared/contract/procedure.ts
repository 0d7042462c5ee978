import type { z } from 'zod'
import type { Role } from '../access/roles.ts'

/** When a procedure may be called: before a unit exists, locked, unlocked, or always. */
export type Moment = 'always' | 'no-vault' | 'locked' | 'unlocked'

/** One use case of the core: what goes in, what comes out, who may ask. */
export interface Procedure<Input extends z.ZodType, Output> {
  readonly input: Input
  readonly moment: Moment
  /** Roles of which the member must hold one; `everyone` for all who are logged in. */
  readonly allow: readonly Role[] | 'everyone'
  /** `write` procedures make a commit or change a file. */
  readonly kind: 'read' | 'write'
  /** Only for the type checker. */
  readonly output?: Output
}

/** Declares a procedure; the output type is given explicitly, the input type is inferred from its schema. */
export function procedure<Output>() {
  return <Input extends z.ZodType>(
    definition: Omit<Procedure<Input, Output>, 'output'>,
  ): Procedure<Input, Output> => definition
}
