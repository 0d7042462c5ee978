import { create } from 'zustand'
import type { ReceiptView, SentBundle } from '../../../src-shared/contract/views.ts'

export type SyncPanel = 'export' | 'deliver' | 'receive'

interface SyncStore {
  /** What is being done below the state of things, or null. */
  readonly panel: SyncPanel | null
  readonly exported: readonly SentBundle[] | null
  readonly receipts: readonly ReceiptView[] | null
  open(panel: SyncPanel | null): void
  tellExported(bundles: readonly SentBundle[]): void
  tellReceipts(receipts: readonly ReceiptView[]): void
}

export const useSync = create<SyncStore>()((set) => ({
  panel: null,
  exported: null,
  receipts: null,
  open: (panel) => set({ panel, exported: null, receipts: null }),
  tellExported: (exported) => set({ exported, panel: null }),
  tellReceipts: (receipts) => set({ receipts, panel: null }),
}))
