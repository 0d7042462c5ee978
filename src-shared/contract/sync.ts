import { z } from 'zod'
import { compartments } from '../access/roles.ts'
import { idSchema } from '../log/operations.ts'
import type { ExchangeView } from './device-views.ts'
import { procedure } from './procedure.ts'
import type {
  CommitLine,
  DirectivesView,
  FolderView,
  RebuildReport,
  ReceiptView,
  SentBundle,
  SyncView,
  VerificationReport,
} from './log-views.ts'

const compartment = z.enum(compartments)

export const syncProcedures = {
  'log.list': procedure<{ items: readonly CommitLine[]; next: string | null }>()({
    input: z.strictObject({
      compartment,
      after: z.string().max(100_000).nullable(),
      limit: z.int().min(1).max(500),
    }),
    kind: 'read',
  }),
  /** Recomputes everything from stored bytes, in every compartment the member can open. */
  'log.verify': procedure<VerificationReport>()({
    input: z.strictObject({ job: idSchema }),
    kind: 'read',
  }),
  /** Derives all tables from the log anew. `changed` counts rows that were not as the log says. */
  'log.rebuild': procedure<readonly RebuildReport[]>()({
    input: z.strictObject({ job: idSchema }),
    kind: 'write',
  }),
  'sync.status': procedure<SyncView>()({
    input: z.strictObject({}),
    kind: 'read',
  }),
  'sync.browse': procedure<FolderView>()({
    input: z.strictObject({ path: z.string().max(4096).nullable() }),
    kind: 'read',
  }),
  /** Writes up to three bundles, one a compartment, into a folder (USB stick, disc). */
  'sync.export': procedure<readonly SentBundle[]>()({
    input: z.strictObject({
      folder: z.string().min(1).max(4096),
      kind: z.enum(['update', 'full']),
      job: idSchema,
    }),
    kind: 'write',
  }),
  /** The same bundles over HTTP to the hub; the receipts come back at once. */
  'sync.deliver': procedure<readonly ReceiptView[]>()({
    input: z.strictObject({ kind: z.enum(['update', 'full']), job: idSchema }),
    kind: 'write',
  }),
  /** Asks the hub over the network for what it decided since the last time. */
  'directive.fetch': procedure<readonly DirectivesView[]>()({
    input: z.strictObject({}),
    kind: 'write',
  }),
  /** Takes in a receipt, a directive, or what another device of the unit brings, from a folder or an upload. */
  'sync.receive': procedure<ReceiptView | ExchangeView | DirectivesView>()({
    input: z.union([
      z.strictObject({ path: z.string().min(1).max(4096), job: idSchema.optional() }),
      z.strictObject({ upload: idSchema, job: idSchema.optional() }),
    ]),
    kind: 'write',
  }),
  /** secadmin names the hub by its card; it is in force once an approver confirms. */
  'upstream.propose': procedure<null>()({
    input: z.strictObject({ card: z.string().min(1).max(10_000) }),
    kind: 'write',
  }),
  'upstream.confirm': procedure<null>()({
    input: z.strictObject({ hub: idSchema }),
    kind: 'write',
  }),
} as const
