import type { z } from 'zod'

/** One use case of the core: what goes in and what comes out. Who may ask, and when, says `access/procedures.ts`. */
export interface Procedure<Input extends z.ZodType, Output> {
  readonly input: Input
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
