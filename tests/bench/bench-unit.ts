import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readCatalogue } from '../../src-shared/catalogue/read.ts'
import type { HubCard } from '../../src-shared/bundle/hub-card.ts'
import { newId, type Id } from '../../src-shared/kernel/ids.ts'
import { prepareBody } from '../../src-shared/log/header.ts'
import { nodePrimitives } from '../../src-shared/node/primitives.ts'
import { readResourceJson } from '../../src-shared/node/resources.ts'
import { foundVault } from '../../src-main/vault/founding.ts'
import { vaultLayout } from '../../src-main/vault/layout.ts'
import { commitAs, unlockVault, type OpenVault } from '../../src-main/vault/vault.ts'

/** Of every member of the unit. */
export const benchPassword = 'bench-password'
const at = '2026-01-01T00:00:00.000Z'

function unwrap<T>(result: { ok: true; value: T } | { ok: false; error: { code: string } }): T {
  if (!result.ok) throw new Error(result.error.code)
  return result.value
}

export interface BenchUnit {
  readonly vault: OpenVault
  readonly rootPublicKey: Uint8Array
  readonly unit: Id
  close(): void
}

/** A founded unit in a temporary directory, unlocked by its collector. */
export async function openBenchUnit(hubCard: HubCard | null): Promise<BenchUnit> {
  const directory = mkdtempSync(join(tmpdir(), 'liandang-bench-'))
  const layout = vaultLayout(directory)
  const member = (
    login: string,
    role: 'collector' | 'reviewer' | 'approver' | 'sysadmin' | 'secadmin' | 'auditor',
  ) => ({
    name: login,
    login,
    password: benchPassword,
    roles: [role],
    cleared: false,
    categories: ['*'],
  })
  const founded = unwrap(
    await foundVault(nodePrimitives, layout, {
      unit: { name: 'bench', creditCode: null },
      policy: 'normal',
      device: 'bench',
      members: [
        member('collector', 'collector'),
        member('reviewer-a', 'reviewer'),
        member('reviewer-b', 'reviewer'),
        member('approver', 'approver'),
        member('sysadmin', 'sysadmin'),
        member('secadmin', 'secadmin'),
        member('auditor', 'auditor'),
      ],
      recovery: { threshold: 2, holders: ['one', 'two', 'three'] },
      catalogue: unwrap(readCatalogue(readResourceJson('catalogue/default.json'))),
      hubCard,
      at,
    }),
  )
  founded.complete()
  const vault = unwrap(await unlockVault(nodePrimitives, layout, 'collector', benchPassword, Date.now()))
  return {
    vault,
    unit: founded.unit,
    rootPublicKey: founded.rootPublicKey,
    close: () => {
      vault.close()
      rmSync(directory, { recursive: true, force: true })
    },
  }
}

/** One entry of a property as a clerk makes it: signed, stored, projected, durable when it returns. */
export function submitOne(vault: OpenVault, cadre: Id, index: number): void {
  const body = prepareBody(nodePrimitives, {
    catalogueVersion: 1,
    declaration: 'present',
    values: {
      relation: '01',
      kind: '01',
      description: `定期存款第${index}笔`,
      value: { amount: 1_000_000 + index, currency: 'CNY' },
    },
    source: { kind: 'form', from: '本人', reference: null },
    reason: '年度更新',
    evidence: [],
    flags: [],
  })
  unwrap(
    commitAs(
      vault,
      'archive',
      'collector',
      at,
      [
        {
          op: 'record.submit',
          entity: newId(nodePrimitives),
          digest: body.digest,
          cadre,
          category: 'C7',
          parent: null,
          settles: [],
          batch: null,
          evidence: 0,
        },
      ],
      [body],
    ),
  )
}

/** Fills the log without waiting for the disk after each commit. */
export function fill(vault: OpenVault, cadre: Id, count: number): void {
  const database = vault.compartments.get('archive')?.database
  if (database === undefined) throw new Error('no archive')
  const step = 2000
  for (let from = 0; from < count; from += step) {
    database.transaction(() => {
      for (let index = from; index < Math.min(count, from + step); index++) submitOne(vault, cadre, index)
    })()
  }
}
