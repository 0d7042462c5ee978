import { useCallback, useEffect, useState } from 'react'
import type { Compartment } from '../../src-shared/access/roles.ts'
import type { InputOf, OutputOf, ProcedureName } from '../../src-shared/contract/index.ts'
import type { Failure } from '../../src-shared/kernel/errors.ts'
import { call } from '../bridge/index.ts'
import { useChanges } from './changes.ts'

export interface Query<Output> {
  /** The newest answer; kept while it is asked again. */
  readonly data: Output | null
  readonly failure: Failure | null
  readonly isLoading: boolean
  reload(): void
}

interface Answer<Output> {
  readonly asked: string
  readonly data: Output | null
  readonly failure: Failure | null
}

/** Facts change with these; access entries, which reading itself writes, go to `control`. */
const facts: readonly Compartment[] = ['archive', 'discipline']

/**
 * Asks the core and asks again when the input changes or the logs grow.
 *
 * @param input null asks nothing
 * @param refreshOn compartments whose growth makes the answer old
 */
export function useQuery<Name extends ProcedureName>(
  procedure: Name,
  input: InputOf<Name> | null,
  refreshOn: readonly Compartment[] = facts,
): Query<OutputOf<Name>> {
  const [answer, setAnswer] = useState<Answer<OutputOf<Name>>>({ asked: '', data: null, failure: null })
  const [asking, setAsking] = useState(0)
  const version = useChanges((counts) => refreshOn.reduce((sum, one) => sum + counts[one], 0))
  const asked = input === null ? '' : JSON.stringify([procedure, input])
  useEffect(() => {
    if (asked === '') return undefined
    const abort = new AbortController()
    const [, question] = JSON.parse(asked) as [Name, InputOf<Name>]
    void call(procedure, question, { signal: abort.signal }).then((result) => {
      if (abort.signal.aborted) return
      setAnswer((before) =>
        result.ok
          ? { asked, data: result.value, failure: null }
          : { asked, data: before.asked === asked ? before.data : null, failure: result.error },
      )
    })
    return () => abort.abort()
  }, [procedure, asked, version, asking])
  const reload = useCallback(() => setAsking((count) => count + 1), [])
  // An answer to another question must not be shown as the answer to this one.
  const fits = answer.asked === asked
  return {
    data: fits ? answer.data : null,
    failure: fits ? answer.failure : null,
    isLoading: asked !== '' && !fits,
    reload,
  }
}
