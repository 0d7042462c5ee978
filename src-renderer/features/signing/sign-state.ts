import { create } from 'zustand'
import type { Signed } from '../../../src-shared/contract/review.ts'

interface SignStore {
  /** The last signature's outcome, shown above the queue until it is closed. */
  readonly signed: Signed | null
  readonly at: string
  tell(signed: Signed): void
  close(): void
}

export const useSignOutcome = create<SignStore>()((set) => ({
  signed: null,
  at: '',
  tell: (signed) => set({ signed, at: new Date().toISOString() }),
  close: () => set({ signed: null }),
}))
