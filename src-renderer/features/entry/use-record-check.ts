import { useCallback, useEffect, useRef, useState } from 'react'
import type { Finding } from '../../../src-shared/catalogue/findings.ts'
import { categoriesBeside } from '../../../src-shared/catalogue/record-checks.ts'
import type { Category } from '../../../src-shared/catalogue/schema.ts'
import type { RecordValues } from '../../../src-shared/catalogue/values.ts'
import { call } from '../../bridge/index.ts'
import type { DraftPlace } from '../../drafts/database.ts'

/** Typing rests this long before the other records are looked at. */
const restMilliseconds = 600

interface RecordCheck {
  /** Of the values last looked at. */
  readonly findings: readonly Finding[]
  /** Looks at once; what cannot be looked at is left to the core, which checks again when it is submitted. */
  now(): Promise<readonly Finding[]>
}

/** What the other records of the dossier say of what is being typed. */
export function useRecordCheck(
  category: Category,
  place: DraftPlace,
  values: RecordValues | null,
): RecordCheck {
  const [findings, setFindings] = useState<readonly Finding[]>([])
  const isAsked = values !== null && categoriesBeside(category).length > 0
  const text = isAsked ? JSON.stringify(values) : null
  const { record, cadre } = place
  const newest = useRef<AbortController | null>(null)
  const now = useCallback(async (): Promise<readonly Finding[]> => {
    newest.current?.abort()
    const controller = new AbortController()
    newest.current = controller
    if (text === null || text === '{}') {
      setFindings([])
      return []
    }
    const input = { record, cadre, category: category.id, values: JSON.parse(text) as RecordValues }
    const result = await call('record.check', input, { signal: controller.signal })
    const found = result.ok ? result.value.findings : []
    if (!controller.signal.aborted) setFindings(found)
    return found
  }, [text, record, cadre, category.id])
  useEffect(() => {
    const timer = window.setTimeout(() => void now(), restMilliseconds)
    return () => {
      window.clearTimeout(timer)
      newest.current?.abort()
    }
  }, [now])
  return { findings, now }
}
