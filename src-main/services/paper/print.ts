import { findCategory } from '../../../src-shared/catalogue/read.ts'
import type { PrintedPaper } from '../../../src-shared/contract/paper-views.ts'
import { purposeLevel } from '../../../src-shared/disclosure/purpose.ts'
import { newId } from '../../../src-shared/kernel/ids.ts'
import { err, ok, type Result } from '../../../src-shared/kernel/result.ts'
import { formNumber, writeSheetCode, type SheetCode } from '../../../src-shared/paper/sheet-code.ts'
import type { RevisionState } from '../../../src-shared/review/states.ts'
import { recordAccess, type AccessPurpose } from '../access-log.ts'
import { catalogueInForce, catalogueOf } from '../catalogue/read.ts'
import { moment, type Session, type UnlockedContext, type UnlockedHandler } from '../context.ts'
import { make, requested } from '../disclosure/copies.ts'
import { readRevisionBody } from '../dossier/bodies.ts'
import { findCadre } from '../dossier/dossier.ts'
import { purposeOf } from '../dossier/purpose.ts'
import { findRecord, type FoundRecord } from '../dossier/roads.ts'
import { categoryLevel, sightOf } from '../dossier/sight.ts'
import { withheldFields } from '../review/rekey.ts'
import { paperHand } from './papers.ts'

/** What of a dossier goes on paper, as a code of the access log. */
const blankSheets = 'paper-blank'
const filledSheet = 'paper-filled'

export const paperBlank: UnlockedHandler<'paper.blank'> = async (context, input) => {
  const { session, primitives } = context
  const catalogue = catalogueInForce(session)
  if (!catalogue.ok) return catalogue
  const sight = sightOf(session)
  const wanted = [...new Set(input.categories)]
  const isShown = (id: string) => findCategory(catalogue.value, id) !== null && sight.sees(id)
  if (!wanted.every(isShown)) return err('call/not-found')
  const cadre = input.cadre === null ? null : findCadre(session, input.cadre)
  if (input.cadre !== null) {
    if (cadre === null) return err('call/not-found')
    const subject = { cadre: input.cadre, cadreName: cadre.name, results: wanted.length, what: blankSheets }
    const entered = await recordAccess(context, 'print', subject)
    if (!entered.ok) return entered
  }
  const catalogueVersion = catalogue.value.version
  const { unit } = session.vault
  return ok({
    cadreName: cadre?.name ?? null,
    post: cadre?.post ?? null,
    catalogueVersion,
    sheets: wanted.map((category) => {
      const sheet = newId(primitives)
      const code: SheetCode = { kind: 'blank', unit, sheet, cadre: input.cadre, category, catalogueVersion }
      return { category, code: writeSheetCode(code), number: formNumber(code) }
    }),
  })
}

export const paperPrint: UnlockedHandler<'paper.print'> = async (context, input) => {
  const { session } = context
  const found = findRecord(session, input.record)
  const revision = found?.state.revisions.find((one) => one.revision === input.revision)
  if (found === null || revision === undefined) return err('call/not-found')
  const catalogue = catalogueOf(session)
  if (!catalogue.ok) return catalogue
  const { state, compartment, database } = found
  if (withheldFields(session, catalogue.value, database, state).size > 0) return err('paper/withheld')
  const { cadre, category, record } = state
  // Paper leaves the room: what it is for is always said.
  const level = Math.max(purposeLevel, categoryLevel(session, category, compartment))
  const purpose = purposeOf(session, { cadre, record, level, stated: input.purpose })
  if (!purpose.ok) return purpose
  if (purpose.value === null) return err('access/purpose-needed', { cadre })
  const signed = await signFor(context, found, revision, purpose.value, input.request)
  return signed.ok ? printed(context, found, revision) : signed
}

/**
 * Enters that a revision goes on paper, before it does. The fact as it stands is a copy of it; what is on its way, or was
 * superseded, is no fact, and its access entry says that it was printed.
 */
async function signFor(
  context: UnlockedContext,
  { state, compartment }: FoundRecord,
  revision: RevisionState,
  purpose: AccessPurpose,
  request: string | null,
): Promise<Result<unknown>> {
  const { session } = context
  const { cadre, category, record } = state
  const isFact = revision.revision === state.head && revision.signed !== null
  if (request !== null) {
    if (!isFact) return err('disclosure/other-scope')
    const making = requested(context, request)
    if (!making.ok) return making
    const { wanted } = making.value
    if (wanted.record !== record || wanted.form !== 'print') return err('disclosure/other-scope')
    return await make(context, { ...making.value, what: filledSheet }, null)
  }
  const stated = { kind: purpose.kind, words: purpose.words ?? '' }
  if (isFact) {
    const wanted = { cadre, categories: null, record, form: 'print' } as const
    const making = { wanted, purpose: stated, recipient: null, request: null, what: filledSheet }
    return await make(context, making, null)
  }
  if (compartment === 'discipline') return err('paper/on-its-way')
  const cadreName = findCadre(session, cadre)?.name ?? ''
  const level = categoryLevel(session, category, compartment)
  const subject = { cadre, cadreName, record, category, level, what: filledSheet }
  return await recordAccess(context, 'print', subject, purpose)
}

function printed(
  context: UnlockedContext,
  { state, database }: FoundRecord,
  revision: RevisionState,
): Result<PrintedPaper> {
  const { session } = context
  const body = readRevisionBody(database, state.record, revision.revision)
  if (body === null) return err('commit/body-missing')
  const cadre = findCadre(session, state.cadre)
  const code: SheetCode = {
    kind: 'filled',
    unit: session.vault.unit,
    record: state.record,
    revision: revision.revision,
  }
  return ok({
    code: writeSheetCode(code),
    number: formNumber(code),
    category: state.category,
    catalogueVersion: body.catalogueVersion,
    cadreName: cadre?.name ?? '',
    post: cadre?.post ?? null,
    status: revision.status,
    declaration: body.declaration,
    period: body.period,
    values: body.values,
    entered: paperHand(session, revision.author.member, revision.author.at),
    reviewed: reviewersOf(session, revision),
    approved:
      revision.signed === null
        ? null
        : paperHand(session, revision.signed.hand.member, revision.signed.hand.at),
    printedAt: moment(context),
  })
}

/** Whose opinions are open; that somebody has given a sealed one is not told. */
function reviewersOf(session: Session, revision: RevisionState): PrintedPaper['reviewed'] {
  if (revision.opened === null) return []
  return revision.opinions.map(({ hand }) => paperHand(session, hand.member, hand.at))
}
