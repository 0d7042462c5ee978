import { join } from 'node:path'
import type { Compartment } from '../../src-shared/access/roles.ts'

/** Where things are in a vault directory. Names are fixed or random: they say nothing about content. */
export interface VaultLayout {
  readonly directory: string
  readonly vaultFile: string
  readonly keyringFile: string
  readonly attemptsFile: string
  /** What an auditor's core has read out of the access entries; derived, and keyed to the auditors. */
  readonly auditIndex: string
  readonly keySlots: string
  readonly evidence: string
  /** Ciphertext that is still arriving. */
  readonly incoming: string
  /** Bundles on their way to the upstream node. */
  readonly outgoing: string
  /** Packages of other units that are not answered yet, as they came: ciphertext. */
  readonly transfers: string
  /** What a device that has asked to join a unit keeps until it has: sealed keys, its request, a vault in the making. */
  readonly joining: string
  database(compartment: Compartment): string
}

export function vaultLayout(directory: string): VaultLayout {
  return {
    directory,
    vaultFile: join(directory, 'vault.json'),
    keyringFile: join(directory, 'keyrings.json'),
    attemptsFile: join(directory, 'attempts.json'),
    auditIndex: join(directory, 'audit.db'),
    keySlots: join(directory, 'keyslots'),
    evidence: join(directory, 'evidence'),
    incoming: join(directory, 'evidence', 'incoming'),
    outgoing: join(directory, 'outgoing'),
    transfers: join(directory, 'transfers'),
    joining: join(directory, 'joining'),
    database: (compartment) => join(directory, `${compartment}.db`),
  }
}
