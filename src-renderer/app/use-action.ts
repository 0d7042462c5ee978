import { useCallback, useRef, useState } from 'react'
import { compartments } from '../../src-shared/access/roles.ts'
import type { InputOf, OutputOf, ProcedureName } from '../../src-shared/contract/index.ts'
import type { Failure } from '../../src-shared/kernel/errors.ts'
import { err, type Result } from '../../src-shared/kernel/result.ts'
import { call, type CallOptions } from '../bridge/index.ts'
import { markChanged } from './changes.ts'

export interface Action<Name extends ProcedureName> {
  run(input: InputOf<Name>, options?: CallOptions): Promise<Result<OutputOf<Name>>>
  readonly isBusy: boolean
  readonly failure: Failure | null
  clear(): void
}

/** A use case that changes something: one at a time, with its refusal kept for the screen. */
export function useAction<Name extends ProcedureName>(procedure: Name): Action<Name> {
  const [isBusy, setBusy] = useState(false)
  const [failure, setFailure] = useState<Failure | null>(null)
  // State is set after the render; a second click may come before it.
  const running = useRef(false)
  const run = useCallback(
    async (input: InputOf<Name>, options?: CallOptions): Promise<Result<OutputOf<Name>>> => {
      if (running.current) return err('call/cancelled')
      running.current = true
      setBusy(true)
      setFailure(null)
      const result = await call(procedure, input, options)
      running.current = false
      setBusy(false)
      if (result.ok) markChanged(...compartments)
      else setFailure(result.error)
      return result
    },
    [procedure],
  )
  const clear = useCallback(() => setFailure(null), [])
  return { run, isBusy, failure, clear }
}
