import { bodyOf, textOf } from '../../src-main/vault/names.ts'
import { iterateLog } from '../../src-main/vault/entry-table.ts'
import { readLogs } from '../../src-main/vault/log-table.ts'
import { readAccessEntry, type AccessEntry } from '../../src-shared/audit/access-entry.ts'
import { fromBase64 } from '../../src-shared/kernel/bytes.ts'
import { readHeader } from '../../src-shared/log/header.ts'
import { decryptWith } from '../../src-shared/node/age.ts'
import type { VaultFixture } from './vault-fixture.ts'

/** Every access entry of the unit in the order of the log, opened with the auditor's key. */
export async function openedAccess(vault: VaultFixture): Promise<readonly AccessEntry[]> {
  const { compartments, identities: held } = (await vault.session('auditor')).vault
  const database = compartments.get('control')?.database
  const identities = held.get('audit')
  if (database === undefined || identities === undefined) throw new Error('the auditor cannot read')
  const sealed: string[] = []
  for (const log of readLogs(database, 'device')) {
    for (const entry of iterateLog(database, log.log, 0, log.size - 1)) {
      const header = readHeader(entry.envelope.payload)
      if (!header.ok) throw new Error(header.error.code)
      for (const { op, digest } of header.value.ops) {
        if (op === 'access.record') sealed.push(textOf(bodyOf(database, digest), 'sealed') ?? '')
      }
    }
  }
  const opened: AccessEntry[] = []
  for (const text of sealed) {
    const plaintext = await decryptWith(identities, fromBase64(text) ?? new Uint8Array())
    if (plaintext === null) throw new Error('an entry does not open')
    const entry = readAccessEntry(plaintext)
    if (!entry.ok) throw new Error(entry.error.code)
    opened.push(entry.value)
  }
  return opened
}
