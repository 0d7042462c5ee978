import type { Digest, Id } from '../../src-shared/kernel/ids.ts'
import { readBody, type Header } from '../../src-shared/log/header.ts'
import { longestTag } from '../../src-shared/contract/listing.ts'
import { homeOf, membersOf } from './alias-queries.ts'
import { statement, type Database } from './database.ts'

interface TagStep {
  readonly act: 'set' | 'unset'
  readonly digest: Digest
  readonly member: Id
  readonly at: string
}

/**
 * Brings the tags of dossiers up to date with one commit that is not void. Of several steps about one word the last in
 * the causal order holds, in whatever order they arrive.
 */
export function projectTags(
  database: Database,
  bodyBytes: (digest: Digest) => Uint8Array | null,
  header: Header,
  leaf: Digest,
  depth: number,
): void {
  const cadres = new Set<Id>()
  header.ops.forEach((operation, index) => {
    if (operation.op !== 'cadre.tag') return
    const { entity, act, digest } = operation
    statement(
      database,
      'INSERT INTO tag_step (cadre, depth, leaf, operation, act, digest, member, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
    ).run(entity, depth, leaf, index, act, digest, header.member, header.at)
    cadres.add(entity)
  })
  for (const cadre of cadres) foldTags(database, bodyBytes, cadre)
}

/** Writes the words on a dossier and on those merged into it; each was said of one of them, and is taken back there. */
export function foldTags(
  database: Database,
  bodyBytes: (digest: Digest) => Uint8Array | null,
  cadre: Id,
): void {
  const home = homeOf(database, cadre)
  for (const one of new Set([cadre, home]))
    statement(database, 'DELETE FROM cadre_tag WHERE cadre = ?').run(one)
  for (const member of membersOf(database, home))
    for (const [tag, step] of tagsSaidOf(database, bodyBytes, member))
      statement(
        database,
        'INSERT INTO cadre_tag (cadre, tag, member, at) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING',
      ).run(home, tag, step.member, step.at)
}

/** The words that stand on one dossier itself. */
export function tagsSaidOf(
  database: Database,
  bodyBytes: (digest: Digest) => Uint8Array | null,
  cadre: Id,
): ReadonlyMap<string, TagStep> {
  const tags = new Map<string, TagStep>()
  const steps = statement<TagStep>(
    database,
    'SELECT act, digest, member, at FROM tag_step WHERE cadre = ? ORDER BY depth, leaf, operation',
  ).all(cadre)
  for (const step of steps) {
    const tag = tagIn(bodyBytes(step.digest))
    if (tag === null) continue
    if (step.act === 'set') tags.set(tag, step)
    else tags.delete(tag)
  }
  return tags
}

/** Null where the body is missing or says nothing that this program would write. */
function tagIn(bytes: Uint8Array | null): string | null {
  const body = bytes === null ? null : readBody(bytes)
  const tag = body?.ok ? body.value['tag'] : undefined
  return typeof tag === 'string' && tag !== '' && [...tag].length <= longestTag ? tag : null
}
