import { join } from 'node:path'
import type { DossierLine, ListColumn } from '../../../src-shared/contract/listing.ts'
import { isComplete, purposeLevel, type Purpose } from '../../../src-shared/disclosure/purpose.ts'
import { copyNumber } from '../../../src-shared/disclosure/sheet-document.ts'
import { isMessageKey, translate } from '../../../src-shared/i18n/index.ts'
import { toHex } from '../../../src-shared/kernel/bytes.ts'
import { newId } from '../../../src-shared/kernel/ids.ts'
import { err, ok } from '../../../src-shared/kernel/result.ts'
import { prepareBody } from '../../../src-shared/log/header.ts'
import { writeFileAtomic } from '../../../src-shared/node/files.ts'
import { linesOf } from '../../vault/listing-queries.ts'
import { commitAs, openCompartment, roleAmong } from '../../vault/vault.ts'
import { recordAccess } from '../access-log.ts'
import { catalogueOf } from '../catalogue/read.ts'
import { memberName, moment, type UnlockedHandler } from '../context.ts'
import { recorded } from '../dossier/purpose.ts'
import { lineOf } from '../dossier/listing.ts'
import { askedCategories } from '../dossier/listing-sight.ts'
import { pendingDue } from '../cycles/due-now.ts'
import { rowsOfQuery } from '../dossier/listing-rows.ts'
import { sightOf } from '../dossier/sight.ts'
import { listSheetBytes, type ListCell } from './list-sheet.ts'
import { disclosurePolicy } from './policy.ts'

/** Of one file: what a spreadsheet opens without trouble, and what is written while one waits. */
const mostLines = 20_000

const widths: Readonly<Record<ListColumn, number>> = {
  name: 14,
  unit: 30,
  post: 30,
  tags: 24,
  filled: 12,
  changed: 14,
}

/**
 * Writes the list as it stands on the screen into a folder. What leaves is what the list shows of level 1 and 2: no ID
 * number and no fact. Errors: `access/purpose-unknown`, `disclosure/too-many-lines`, `disclosure/no-records`,
 * `bundle/folder-unusable`.
 */
export const dossierExport: UnlockedHandler<'dossier.export'> = async (context, input) => {
  const { session, primitives } = context
  const { purpose, columns, query } = input
  if (!isComplete(disclosurePolicy(), purpose)) return err('access/purpose-unknown')
  const archive = openCompartment(session.vault, 'archive')
  if (!archive.ok) return archive
  const catalogue = catalogueOf(session)
  if (!catalogue.ok) return catalogue
  const role = roleAmong(session.vault, ['collector', 'inspector', 'approver', 'reviewer'])
  if (role === null) return err('call/not-permitted')
  const { database } = archive.value
  // A file is whole: what a list shows bit by bit is told to its end first.
  if (query.overdue || query.stage !== null) while (pendingDue(context) > 0);
  const found = rowsOfQuery(context, database, catalogue.value, query)
  if (found.rows.length === 0) return err('disclosure/nothing-to-copy')
  if (found.isCut || found.rows.length > mostLines)
    return err('disclosure/too-many-lines', { most: mostLines })
  const sight = sightOf(session)
  const asked = askedCategories(catalogue.value, sight)
  const copy = newId(primitives)
  const at = moment(context)
  const watermark = [
    session.names.unit.name,
    memberName(session, session.vault.member.id),
    at.slice(0, 16).replace('T', ' ').concat(' UTC'),
    purposeWords(purpose),
    copyNumber(copy),
  ].join('　')
  const lines = linesOf(database, found.rows).map((line) => lineOf(session, database, line, asked, sight))
  const bytes = await listSheetBytes({
    title: translate('zh-CN', 'list-export.title'),
    watermark,
    columns: columns.map((column) => ({
      title: translate('zh-CN', `list-export.column.${column}`),
      width: widths[column],
    })),
    rows: lines.map((line) => columns.map((column) => cellOf(line, column))),
  })
  // What was found by a fact of level 3 says something of it.
  const level = found.facts.size > 0 || query.stage !== null ? purposeLevel : 2
  const words = query.search.trim()
  const subject = {
    results: lines.length,
    what: 'dossier-list',
    level,
    ...(words === '' ? {} : { search: words }),
  }
  const entered = await recordAccess(context, 'list-export', subject, recorded(purpose))
  if (!entered.ok) return entered
  const body = prepareBody(primitives, {
    purpose: { ...purpose },
    recipient: null,
    categories: [],
    columns: [...columns],
  })
  const scope = toHex(primitives.sha256(bytes))
  const operation = {
    op: 'copy.list',
    entity: copy,
    digest: body.digest,
    scope,
    records: lines.length,
  } as const
  const done = commitAs(session.vault, 'archive', role, at, [operation], [body])
  if (!done.ok) return done
  context.emit({ type: 'changed', compartment: 'archive' })
  // After the signature: a file that nobody signed for must not lie about.
  const file = join(input.folder, `liandang-${copy.slice(0, 8)}.xlsx`)
  try {
    writeFileAtomic(file, bytes)
  } catch {
    return err('bundle/folder-unusable')
  }
  return ok({ copy, file, lines: lines.length })
}

function purposeWords({ kind, words }: Purpose): string {
  const key = `purpose.${kind}`
  const said = [isMessageKey(key) ? translate('zh-CN', key) : kind, words.trim()].filter((one) => one !== '')
  return `${translate('zh-CN', 'list-export.purpose')}：${said.join(' ')}`
}

function cellOf(line: Omit<DossierLine, 'marks' | 'hits'>, column: ListColumn): ListCell {
  switch (column) {
    case 'name':
      return line.name
    case 'unit':
      return line.unit
    case 'post':
      return line.post
    case 'tags':
      return line.tags.join('、')
    case 'filled':
      return `${line.filled}/${line.asked}`
    case 'changed':
      return line.changedAt.slice(0, 10)
  }
}
