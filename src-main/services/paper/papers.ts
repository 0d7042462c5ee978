import type { Catalogue } from '../../../src-shared/catalogue/schema.ts'
import type { PaperHand, PaperView } from '../../../src-shared/contract/paper-views.ts'
import type { Digest, Id } from '../../../src-shared/kernel/ids.ts'
import { attachedBodySchema, type Attached } from '../../../src-shared/paper/attached.ts'
import type { RecordState } from '../../../src-shared/review/states.ts'
import { originOfRecord } from '../../vault/alias-queries.ts'
import type { Database } from '../../vault/database.ts'
import { parseEvidence, type EvidenceEntry } from '../../vault/evidence-entries.ts'
import { bodyOf, textOf } from '../../vault/names.ts'
import { papersOf, type PaperRow } from '../../vault/paper-queries.ts'
import { heldRoles } from '../../vault/vault.ts'
import { grantedFor, memberName, type Session } from '../context.ts'
import { ownDossier } from '../dossier/homes.ts'
import { withheldFields } from '../review/rekey.ts'

/** A paper of a record with what its body says. */
export interface ReadPaper {
  readonly row: PaperRow
  readonly said: Attached
  readonly evidence: readonly EvidenceEntry[]
}

/** The dossier that a record was entered in, wherever it is shown: papers are signed for that one, and stay with it. */
export function enteredIn(database: Database, { cadre, record }: RecordState): Id {
  return originOfRecord(database, cadre, record) ?? cadre
}

/** The papers of a record whose bodies are here and read. */
export function readPapers(database: Database, state: RecordState): readonly ReadPaper[] {
  const { record, category } = state
  return papersOf(database, { record, category, cadre: enteredIn(database, state) }).flatMap((row) => {
    const body = bodyOf(database, row.digest)
    const said = attachedBodySchema.safeParse(body)
    if (body === null || !said.success) return []
    const { form, found, sheet, signed, words } = said.data
    return [{ row, said: { form, found, sheet, signed, words }, evidence: parseEvidence(body) }]
  })
}

/** The role under which the member at work may add a paper to a record, or say that one was a mistake. */
export function paperRole(
  session: Session,
  { cadre, category }: RecordState,
): 'collector' | 'inspector' | null {
  const held = heldRoles(session.vault)
  if (ownDossier(session) === cadre) return null
  const roles = ['collector', 'inspector'] as const
  return roles.find((role) => held.includes(role) && grantedFor(session, role, category)) ?? null
}

export function paperHand(session: Session, member: Id, at: string): PaperHand {
  return { name: memberName(session, member), at }
}

/**
 * The papers of each revision. A sheet that was printed with the values shows them: whoever has yet to type them from the
 * evidence is told of it, and not shown it.
 */
export function paperViews(
  session: Session,
  catalogue: Catalogue,
  database: Database,
  state: RecordState,
): ReadonlyMap<Digest, readonly PaperView[]> {
  const papers = readPapers(database, state)
  if (papers.length === 0) return new Map()
  const isBlind = withheldFields(session, catalogue, database, state).size > 0
  const may = paperRole(session, state) !== null
  const views = new Map<Digest, PaperView[]>()
  for (const { row, said, evidence } of papers) {
    const isHidden = isBlind && said.form === 'filled'
    const struck = row.struck === null ? null : bodyOf(database, row.struck)
    const view: PaperView = {
      ...said,
      paper: row.paper,
      hand: paperHand(session, row.member, row.at),
      files: isHidden
        ? []
        : evidence.map(({ hash, name, mediaType, size }) => ({ hash, name, mediaType, size })),
      struck:
        row.struck === null
          ? null
          : {
              ...paperHand(session, row.struckBy ?? '', row.struckAt ?? ''),
              reason: textOf(struck, 'reason') ?? '',
            },
      mayStrike: may && row.struck === null,
    }
    views.set(row.revision, [...(views.get(row.revision) ?? []), view])
  }
  return views
}

/** A file of a paper of one revision, if the member at work may look at it now. */
export function paperFile(
  session: Session,
  catalogue: Catalogue,
  database: Database,
  state: RecordState,
  revision: Digest,
  hash: string,
): EvidenceEntry | null {
  const shown = paperViews(session, catalogue, database, state).get(revision) ?? []
  if (!shown.some(({ files }) => files.some((file) => file.hash === hash))) return null
  const papers = readPapers(database, state).filter(({ row }) => row.revision === revision)
  return papers.flatMap(({ evidence }) => evidence).find((entry) => entry.hash === hash) ?? null
}
