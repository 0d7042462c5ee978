import { create } from 'zustand'
import type { Compartment } from '../../../src-shared/access/roles.ts'
import type { OutputOf } from '../../../src-shared/contract/index.ts'
import type { VerificationReport } from '../../../src-shared/contract/log-views.ts'

interface SecurityStore {
  /** The log that is looked at. */
  readonly compartment: Compartment
  /** The last report of this session. */
  readonly report: VerificationReport | null
  readonly rebuilt: OutputOf<'log.rebuild'> | null
  look(compartment: Compartment): void
  tellReport(report: VerificationReport | null): void
  tellRebuilt(rebuilt: OutputOf<'log.rebuild'> | null): void
}

export const useSecurity = create<SecurityStore>()((set) => ({
  compartment: 'control',
  report: null,
  rebuilt: null,
  look: (compartment) => set({ compartment }),
  tellReport: (report) => set({ report }),
  tellRebuilt: (rebuilt) => set({ rebuilt }),
}))
