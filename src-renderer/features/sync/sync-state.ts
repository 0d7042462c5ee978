import { create } from 'zustand'
import type { ExchangeView } from '../../../src-shared/contract/device-views.ts'
import type { DirectivesView, ReceiptView, SentBundle } from '../../../src-shared/contract/log-views.ts'

export type SyncPanel = 'export' | 'deliver' | 'receive' | 'exchange'

interface SyncStore {
  /** What is being done below the state of things, or null. */
  readonly panel: SyncPanel | null
  readonly exported: readonly SentBundle[] | null
  readonly receipts: readonly ReceiptView[] | null
  /** What the level above decided. */
  readonly directives: readonly DirectivesView[] | null
  /** What came from other computers of the unit. */
  readonly exchanged: readonly ExchangeView[]
  open(panel: SyncPanel | null): void
  tellExported(bundles: readonly SentBundle[]): void
  tellReceipts(receipts: readonly ReceiptView[]): void
  tellDirectives(views: readonly DirectivesView[]): void
  tellExchanged(view: ExchangeView): void
}

export const useSync = create<SyncStore>()((set) => ({
  panel: null,
  exported: null,
  receipts: null,
  directives: null,
  exchanged: [],
  open: (panel) => set({ panel, exported: null, receipts: null, directives: null, exchanged: [] }),
  tellExported: (exported) => set({ exported, panel: null }),
  // A stick brings one for each compartment: taking them in goes on until it is closed.
  tellReceipts: (receipts) =>
    set((before) =>
      before.panel === 'receive'
        ? { receipts: together(before.receipts ?? [], receipts) }
        : { receipts, panel: null },
    ),
  tellDirectives: (views) => set(({ directives }) => ({ directives: [...(directives ?? []), ...views] })),
  tellExchanged: (view) =>
    set(({ exchanged }) => ({
      exchanged: [...exchanged.filter(({ bundle }) => bundle !== view.bundle), view],
    })),
}))

function together(before: readonly ReceiptView[], more: readonly ReceiptView[]): readonly ReceiptView[] {
  const taken = new Set(more.map((receipt) => receipt.bundle))
  return [...before.filter((receipt) => !taken.has(receipt.bundle)), ...more]
}
