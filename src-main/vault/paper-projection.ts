import { volumeBodySchema } from '../../src-shared/paper/volume.ts'
import type { Digest, Id } from '../../src-shared/kernel/ids.ts'
import { readBody, type Header } from '../../src-shared/log/header.ts'
import { statement, type Database } from './database.ts'

type BodyBytes = (digest: Digest) => Uint8Array | null

/**
 * Brings what is on paper up to date with one commit that is not void. A volume is what the last act about it in the
 * causal order says, in whatever order the acts arrive.
 */
export function projectPaper(
  database: Database,
  bodyBytes: BodyBytes,
  header: Header,
  leaf: Digest,
  depth: number,
): void {
  const { member, at } = header
  header.ops.forEach((operation, index) => {
    switch (operation.op) {
      case 'paper.attach': {
        const { entity, record, revision, cadre, category, digest } = operation
        statement(database, 'INSERT INTO paper VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)').run(
          ...[record, entity, leaf, index, depth, revision, cadre, category, digest, member, at],
        )
        return
      }
      case 'paper.strike': {
        const { entity, record, cadre, category, digest } = operation
        statement(database, 'INSERT INTO paper_strike VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)').run(
          ...[record, entity, leaf, index, cadre, category, digest, member, at],
        )
        return
      }
      case 'volume.set': {
        const { entity, cadre, act, digest } = operation
        statement(database, 'INSERT INTO volume_step VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)').run(
          ...[entity, depth, leaf, index, cadre, act, digest, member, at],
        )
        foldVolume(database, bodyBytes, entity, cadre)
        return
      }
      case 'volume.rule':
        statement(database, 'INSERT INTO volume_rule VALUES (?, ?, ?, ?, ?, ?)').run(
          ...[depth, leaf, index, operation.digest, member, at],
        )
        return
      default:
    }
  })
}

interface VolumeStep {
  readonly act: 'set' | 'unset'
  readonly digest: Digest
  readonly member: Id
  readonly at: string
}

/** What is said of a volume under another dossier changes nothing of it. */
function foldVolume(database: Database, bodyBytes: BodyBytes, volume: Id, cadre: Id): void {
  const last = statement<VolumeStep>(
    database,
    `SELECT act, digest, member, at FROM volume_step WHERE volume = ? AND cadre = ?
     ORDER BY depth DESC, leaf DESC, operation DESC LIMIT 1`,
  ).get(volume, cadre)
  statement(database, 'DELETE FROM volume WHERE volume = ? AND cadre = ?').run(volume, cadre)
  if (last === undefined || last.act === 'unset') return
  const bytes = bodyBytes(last.digest)
  const body = bytes === null ? null : readBody(bytes)
  const said = body?.ok ? volumeBodySchema.safeParse(body.value) : null
  if (said?.success !== true) return
  statement(database, 'INSERT INTO volume VALUES (?, ?, ?, ?, ?, ?)').run(
    ...[volume, cadre, said.data.number, last.digest, last.member, last.at],
  )
}
