import type { Digest, Id } from '../../src-shared/kernel/ids.ts'
import { readBody } from '../../src-shared/log/header.ts'
import { pinyinInitials } from '../../src-shared/search/pinyin.ts'
import { homeOf, membersOf } from './alias-queries.ts'
import { statement, type Database } from './database.ts'

/** The category whose archived revision names the cadre. */
export const identityCategory = 'A1'

type BodyReader = (digest: Digest) => Uint8Array | null

interface CadreFacts {
  readonly name: string
  readonly identityNumber: string | null
  readonly post: string | null
  readonly at: string
}

interface SaidOfCadre {
  readonly opened: CadreFacts | null
  readonly archived: { readonly digest: Digest; readonly at: string } | null
}

/**
 * The row of a cadre: what the opening said, overruled by the archived 基本信息 once there is one. A dossier that was
 * merged into another has none of its own: what it says of itself stands in its alias, and fills in what the other one
 * does not say.
 */
export function projectCadre(database: Database, readBytes: BodyReader, cadre: Id): void {
  const home = homeOf(database, cadre)
  if (home !== cadre) statement(database, 'DELETE FROM cadre WHERE id = ?').run(cadre)
  const [own, ...merged] = membersOf(database, home).map((one) => ({
    cadre: one,
    said: saidOf(database, readBytes, home, one),
  }))
  const facts: CadreFacts[] = []
  for (const { cadre: alias, said } of merged) {
    const known = factsOf(readBytes, said.opened, said)
    statement(
      database,
      'UPDATE cadre_alias SET name = ?, identity_number = ?, post = ?, updated_at = ? WHERE cadre = ?',
    ).run(known?.name ?? '', known?.identityNumber ?? null, known?.post ?? null, known?.at ?? '', alias)
    if (known !== null) facts.push(known)
  }
  const opened = own?.said.opened ?? null
  if (own === undefined || opened === null) {
    statement(database, 'DELETE FROM cadre WHERE id = ?').run(home)
    return
  }
  const archivedIn = [own, ...merged].find(({ said }) => said.archived !== null)
  const known = factsOf(readBytes, opened, archivedIn?.said ?? own.said) as CadreFacts
  const identity = known.identityNumber ?? facts.find((one) => one.identityNumber !== null)?.identityNumber
  const post = known.post ?? facts.find((one) => one.post !== null)?.post
  statement(
    database,
    `INSERT INTO cadre (id, name, initials, identity_number, post, updated_at) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET name = excluded.name, initials = excluded.initials,
       identity_number = excluded.identity_number, post = excluded.post, updated_at = excluded.updated_at`,
  ).run(home, known.name, pinyinInitials(known.name), identity ?? null, post ?? null, known.at)
}

function saidOf(database: Database, readBytes: BodyReader, home: Id, cadre: Id): SaidOfCadre {
  const opening = statement<{ digest: Digest; at: string }>(
    database,
    'SELECT digest, at FROM opening WHERE cadre = ? ORDER BY depth, leaf, operation LIMIT 1',
  ).get(cadre)
  const archived = statement<{ digest: Digest; at: string }>(
    database,
    `SELECT digest, signed_at AS at FROM revision
     WHERE cadre = ? AND category = ? AND status = 'archived' AND coalesce(origin, cadre) = ? ORDER BY record`,
  )
    .all(home, identityCategory, cadre)
    .find(({ digest }) => !isStatement(readBytes(digest)))
  return {
    opened: opening === undefined ? null : openingFacts(readBytes(opening.digest), opening.at),
    archived: archived ?? null,
  }
}

function factsOf(
  readBytes: BodyReader,
  opened: CadreFacts | null,
  { archived }: SaidOfCadre,
): CadreFacts | null {
  if (opened === null || archived === null) return opened
  return archivedFacts(readBytes(archived.digest), archived.at, opened)
}

/** 本期无变化 says nothing of its own about the cadre. */
function isStatement(bytes: Uint8Array | null): boolean {
  const body = bytes === null ? null : readBody(bytes)
  return body?.ok === true && body.value['declaration'] === 'unchanged'
}

function text(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null
}

function openingFacts(bytes: Uint8Array | null, at: string): CadreFacts {
  const body = bytes === null ? null : readBody(bytes)
  const content: Record<string, unknown> = body?.ok ? body.value : {}
  return {
    name: text(content['name']) ?? '',
    identityNumber: text(content['identityNumber']),
    post: text(content['post']),
    at,
  }
}

function archivedFacts(bytes: Uint8Array | null, at: string, opened: CadreFacts): CadreFacts {
  const body = bytes === null ? null : readBody(bytes)
  const values = body?.ok ? (body.value['values'] as Record<string, unknown> | undefined) : undefined
  if (values === undefined) return opened
  return {
    name: text(values['name']) ?? opened.name,
    identityNumber: text(values['identityNumber']) ?? opened.identityNumber,
    post: text(values['position']) ?? opened.post,
    at,
  }
}
