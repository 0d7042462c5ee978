import type { Compartment } from '../../src-shared/access/roles.ts'
import type { ErrorCode } from '../../src-shared/kernel/errors.ts'
import type { Digest, Id } from '../../src-shared/kernel/ids.ts'

/**
 * The tables of an upstream node. Every one begins with the unit, so that a distributed database can spread them by
 * it. Text and integers only, but for the receipts, so that the same migrations run elsewhere.
 */
export interface Tables {
  readonly unit: UnitTable
  readonly device_log: DeviceLogTable
  readonly entry: EntryTable
  readonly sight: SightTable
  readonly authority: AuthorityTable
  readonly body: BodyTable
  readonly step: StepTable
  readonly record: RecordTable
  readonly void: VoidTable
  readonly evidence: EvidenceTable
  readonly bundle: BundleTable
  readonly hub_log: HubLogTable
  readonly hub_entry: HubEntryTable
  readonly directive_log: HubLogTable
  readonly directive_entry: HubEntryTable
}

/** Whom the node takes bundles from. */
export interface UnitTable {
  unit: Id
  /** 32 raw bytes, hex. */
  root_public_key: string
  registered_at: string
  /** Counts the bundles taken in; writing it first also keeps two of one unit apart. */
  revision: number
}

/** How far each log of a unit's devices has come. */
export interface DeviceLogTable {
  unit: Id
  log: Id
  compartment: Compartment
  size: number
  leaf: Digest
  /** `encodeFrontier`, hex. */
  frontier: string
  /** The device's signed note at `size`. */
  checkpoint: string
  authority: Digest | null
  depth: number
}

/** Commits, as they were signed. */
export interface EntryTable {
  unit: Id
  log: Id
  seq: number
  compartment: Compartment
  leaf: Digest
  key: Digest
  depth: number
  /** Why the commit is void, or null. */
  void: ErrorCode | null
  /** The bundle it came with. */
  bundle: Id
  /** The exact text of its envelope. */
  envelope: string
}

/** What commits had seen of other logs, at those that learned something; in between it stays the same. */
export interface SightTable {
  unit: Id
  log: Id
  seq: number
  /** `Sight`, JSON. */
  seen: string
}

/** The commits of the authority chain, which are also entries. */
export interface AuthorityTable {
  unit: Id
  leaf: Digest
  log: Id
  seq: number
}

export interface BodyTable {
  unit: Id
  compartment: Compartment
  digest: Digest
  content: string
}

/** Steps of commits that are not void, ready for the road of their record. */
export interface StepTable {
  unit: Id
  compartment: Compartment
  /** The record, or `disclosure/` and the id of a copy or correction request. */
  record: Id
  leaf: Digest
  op_index: number
  row_index: number
  /** `RoadStep` or `DisclosureStep`, JSON. */
  step: string
}

export interface RecordTable {
  unit: Id
  compartment: Compartment
  record: Id
  /** 1 when a revision is archived. */
  archived: number
  /** 1 when a revision waits for this node to sign or settle it. */
  awaited: number
  /** 1 when steps came or went since `state` was made; 0 outside a transaction. */
  stale: number
  /** `RecordState`, JSON; null when no valid step ever submitted a revision, and for what is no record. */
  state: string | null
}

/** Void commits, with -1 for index and row and no record; and void steps. */
export interface VoidTable {
  unit: Id
  compartment: Compartment
  leaf: Digest
  op_index: number
  row_index: number
  record: Id | null
  code: ErrorCode
  /** The bundle that made it void. */
  bundle: Id
}

export interface EvidenceTable {
  unit: Id
  /** SHA-256 of the ciphertext, hex. */
  hash: Digest
  bytes: number
  bundle: Id
}

export interface BundleTable {
  unit: Id
  id: Id
  /** SHA-256 of the file, hex. */
  sha256: Digest
  compartment: Compartment
  kind: string
  device: Id
  created_at: string
  received_at: string
  /** Length of the file. */
  bytes: number
  commits: number
  voids: number
  /** Position of its receipt in the node's log. */
  receipt_seq: number
  /** The receipt as a file. */
  receipt: Uint8Array
}

/** The node's own log of receipts, or of directives, for a compartment of a unit. */
export interface HubLogTable {
  unit: Id
  compartment: Compartment
  log: Id
  size: number
  leaf: Digest
  frontier: string
}

export interface HubEntryTable {
  unit: Id
  compartment: Compartment
  seq: number
  leaf: Digest
  envelope: string
  body: string
}
