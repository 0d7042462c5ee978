import { statSync } from 'node:fs'
import { join } from 'node:path'
import {
  accessReportBytes,
  accessReportPayloadType,
  maximumReportEntries,
} from '../../../src-shared/audit/report.ts'
import { utf8, toHex } from '../../../src-shared/kernel/bytes.ts'
import { newId } from '../../../src-shared/kernel/ids.ts'
import { err, ok, type Result } from '../../../src-shared/kernel/result.ts'
import { envelopeText, signEnvelope } from '../../../src-shared/log/envelope.ts'
import { writeFileAtomic } from '../../../src-shared/node/files.ts'
import { countAccess, listAccess } from '../../vault/audit-queries.ts'
import { recordAccess } from '../access-log.ts'
import { memberName, moment, type UnlockedHandler } from '../context.ts'
import { openIndex } from './index-access.ts'
import { accessLine } from './list.ts'
import { reportPage } from './report-page.ts'

/**
 * Errors: `bundle/folder-unusable`, `call/invalid-input` {path: filter} for more entries than one report holds,
 * `audit/no-key`.
 */
export const accessExport: UnlockedHandler<'access.export'> = async (context, input) => {
  const { session } = context
  const { vault } = session
  if (!isFolder(input.folder)) return err('bundle/folder-unusable')
  const index = await openIndex(context)
  if (!index.ok) return index
  const total = countAccess(index.value, input.filter)
  if (total > maximumReportEntries) return err('call/invalid-input', { path: 'filter', entries: total })
  const at = moment(context)
  const lines = listAccess(index.value, input.filter, null, maximumReportEntries).map((row) =>
    accessLine(session, row),
  )
  const entered = await recordAccess(context, 'list-export', { results: lines.length, what: 'access-report' })
  if (!entered.ok) return entered
  const report = {
    at,
    entries: lines,
    filter: input.filter,
    key: vault.member.signer.keyId,
    member: vault.member.id,
    memberName: memberName(session, vault.member.id),
    unit: vault.unit,
    unitName: session.names.unit.name,
  }
  const envelope = signEnvelope(accessReportPayloadType, accessReportBytes(report), vault.member.signer)
  const text = utf8(envelopeText(envelope))
  const sha256 = toHex(context.primitives.sha256(text))
  const name = `access-report-${at.slice(0, 10).replaceAll('-', '')}-${newId(context.primitives).slice(0, 8)}`
  const file = join(input.folder, `${name}.json`)
  const page = join(input.folder, `${name}.html`)
  const written = writeBoth([
    [file, text],
    [page, utf8(reportPage(report, sha256))],
  ])
  return written.ok ? ok({ file, page, entries: lines.length, sha256 }) : written
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory()
  } catch {
    return false
  }
}

function writeBoth(files: readonly (readonly [string, Uint8Array])[]): Result<true> {
  try {
    for (const [path, content] of files) writeFileAtomic(path, content)
    return ok(true)
  } catch {
    return err('bundle/folder-unusable')
  }
}
