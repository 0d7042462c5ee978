import { toBase64, fromBase64 } from '../../../src-shared/kernel/bytes.ts'
import { canonicalBytes, readCanonical } from '../../../src-shared/kernel/canonical.ts'
import { newId, type Id } from '../../../src-shared/kernel/ids.ts'
import { err, ok, type Result } from '../../../src-shared/kernel/result.ts'
import type { OpenQuery, QueryView } from '../../../src-shared/contract/review-views.ts'
import { prepareBody, type PreparedBody } from '../../../src-shared/log/header.ts'
import { decryptWith, encryptTo } from '../../../src-shared/node/age.ts'
import { pad, unpad } from '../../../src-shared/review/sealing.ts'
import { z } from 'zod'
import type { QueryState, RecordState, RevisionState, RoadAct } from '../../../src-shared/review/states.ts'
import type { Role } from '../../../src-shared/access/roles.ts'
import type { Operation } from '../../../src-shared/log/operations.ts'
import type { Database } from '../../vault/database.ts'
import { bodyOf, textOf } from '../../vault/names.ts'
import { openQueries } from '../../vault/review-queries.ts'
import { commitAs, heldRoles } from '../../vault/vault.ts'
import {
  handView,
  memberName,
  moment,
  type Session,
  type UnlockedContext,
  type UnlockedHandler,
} from '../context.ts'
import { findCadre } from '../dossier/dossier.ts'
import { findRecord, refusalOf, roleFor, type FoundRecord } from '../dossier/roads.ts'
import { sightOf } from '../dossier/sight.ts'
import { openDatabases } from './filters.ts'

/** Words of a question are all one length, up to what fits, so that a yes is not told from a page. */
const block = 4096
const maximumBytes = 64 * 1024

/**
 * What is asked and answered is readable to whoever asked, the author and the approvers: the other reviewer has to come
 * to an opinion without it.
 */
async function sealedWords(
  { session, primitives }: UnlockedContext,
  readers: readonly Id[],
  words: string,
): Promise<PreparedBody> {
  const head = session.vault.authority.head
  const own = readers.flatMap(
    (reader) => head.members.get(reader)?.keys.find((key) => key.inForce)?.recipient ?? [],
  )
  const seal = head.keyrings.get('seal')?.recipient
  const recipients = [...new Set([...own, ...(seal === undefined ? [] : [seal])])]
  const plaintext = pad(canonicalBytes({ type: 'liandang/words/1', words }), block)
  return prepareBody(primitives, { sealed: toBase64(await encryptTo(recipients, plaintext)) })
}

export async function openWords(
  { vault }: Session,
  database: Database,
  digest: string,
): Promise<string | null> {
  const sealed = fromBase64(textOf(bodyOf(database, digest), 'sealed') ?? '')
  const identities = [vault.member.identity, ...(vault.identities.get('seal') ?? [])]
  const plaintext = sealed === null ? null : await decryptWith(identities, sealed)
  const value = plaintext === null ? null : readCanonical(unpad(plaintext), maximumBytes)
  const words = value?.ok === true ? (value.value as { words?: unknown }).words : null
  return typeof words === 'string' ? words : null
}

export const queryAsk: UnlockedHandler<'query.ask'> = async (context, input) => {
  const found = seenRecord(context, input.record)
  if (!found.ok) return found
  const { state } = found.value
  const revision = state.revisions.find((one) => one.revision === input.revision)
  if (revision === undefined) return err('review/no-such-revision')
  const query = newId(context.primitives)
  const { record, field } = input
  const act = { act: 'ask', revision: input.revision, query, field, body: '' } as const
  const body = await sealedWords(
    context,
    [context.session.vault.member.id, revision.author.member],
    input.words,
  )
  const operation = {
    op: 'query.ask',
    entity: query,
    digest: body.digest,
    record,
    revision: input.revision,
    field,
  } as const
  const done = commitStep(context, found.value, ['reviewer'], act, operation, body)
  return done.ok ? ok({ query }) : done
}

export const queryAnswer: UnlockedHandler<'query.answer'> = async (context, input) =>
  await reply(context, input, ['collector', 'inspector'], 'answer')

export const queryResolve: UnlockedHandler<'query.resolve'> = async (context, input) =>
  await reply(context, input, ['reviewer'], 'resolve')

async function reply(
  context: UnlockedContext,
  input: { readonly record: Id; readonly query: Id; readonly words: string },
  roles: readonly Role[],
  act: 'answer' | 'resolve',
): Promise<Result<null>> {
  const found = seenRecord(context, input.record)
  if (!found.ok) return found
  const { state } = found.value
  const query = state.queries.find((one) => one.query === input.query)
  if (query === undefined) return err('review/query-unknown')
  const author = authorOf(state, query)
  const body = await sealedWords(context, [query.asked.member, author], input.words)
  const base = { entity: input.query, digest: body.digest, record: input.record }
  const operation: Operation =
    act === 'answer' ? { op: 'query.answer', ...base } : { op: 'query.resolve', ...base }
  return commitStep(context, found.value, roles, { act, query: input.query, body: '' }, operation, body)
}

/** Asks the rules first, so that a refusal says why; then signs. */
export function commitStep(
  context: UnlockedContext,
  { compartment, state }: FoundRecord,
  roles: readonly Role[],
  act: RoadAct,
  operation: Operation,
  body: PreparedBody,
): Result<null> {
  const { session } = context
  const role = roleFor(session, state.record, state, roles, act)
  if (role === null) {
    const own = heldRoles(session.vault).filter((one) => roles.includes(one))
    const codes = own.flatMap((one) => refusalOf(session, state.record, state, one, act) ?? [])
    return err(codes[0] ?? 'call/not-permitted', { record: state.record })
  }
  const done = commitAs(session.vault, compartment, role, moment(context), [operation], [body])
  if (!done.ok) return done
  context.emit({ type: 'changed', compartment })
  return ok(null)
}

export function seenRecord({ session }: UnlockedContext, record: Id): Result<FoundRecord> {
  const found = findRecord(session, record)
  return found === null || !sightOf(session).sees(found.state.category) ? err('call/not-found') : ok(found)
}

function authorOf(state: RecordState, query: QueryState): Id {
  return state.revisions.find((one) => one.revision === query.revision)?.author.member ?? ''
}

/** The questions about a record that the member at work may know of. */
export async function queryViews(
  session: Session,
  database: Database,
  state: RecordState,
): Promise<readonly QueryView[]> {
  const me = session.vault.member.id
  const views: QueryView[] = []
  for (const query of state.queries) {
    const revision = state.revisions.find((one) => one.revision === query.revision)
    const isOpen = revision?.status === 'submitted' || revision?.status === 'in-review'
    const concerned = query.asked.member === me || revision?.author.member === me
    // Until both opinions are in, that somebody doubts is nobody else's business.
    if (isOpen && !concerned && !session.vault.identities.has('seal')) continue
    const published = revision === undefined ? null : publishedQuestion(database, revision, query)
    const said = async (digest: string) => await openWords(session, database, digest)
    const answers = []
    for (const [index, answer] of query.answers.entries()) {
      const words = (await said(answer.body)) ?? published?.answers[index] ?? null
      answers.push({ hand: handView(session, answer.hand), words })
    }
    const open = query.resolved === null
    views.push({
      query: query.query,
      revision: query.revision,
      field: query.field,
      asked: handView(session, query.asked),
      words: (await said(query.body)) ?? published?.words ?? null,
      answers,
      resolved:
        query.resolved === null
          ? null
          : {
              hand: handView(session, query.resolved.hand),
              words: (await said(query.resolved.body)) ?? published?.resolved ?? null,
            },
      may: {
        answer: open && revision?.author.member === me,
        resolve: open && query.asked.member === me,
      },
    })
  }
  return views
}

const publishedSchema = z.array(
  z.looseObject({
    query: z.string(),
    words: z.string(),
    answers: z.array(z.string()),
    resolved: z.string().nullable(),
  }),
)

/** A question as its asker made it known when they returned the revision; nobody else can speak for them. */
function publishedQuestion(database: Database, { returned }: RevisionState, query: QueryState) {
  if (returned === null || returned.hand.member !== query.asked.member) return null
  const all = publishedSchema.safeParse(bodyOf(database, returned.body)?.['questions'])
  return (all.success ? all.data : []).find((one) => one.query === query.query) ?? null
}

export const queryList: UnlockedHandler<'query.list'> = ({ session }) => {
  const sight = sightOf(session)
  const items: OpenQuery[] = []
  for (const { database, name } of openDatabases(session)) {
    for (const row of openQueries(database, session.vault.member.id)) {
      const found = findRecord(session, row.record)
      if (found === null || !sight.sees(found.state.category)) continue
      items.push({
        query: row.id,
        record: row.record,
        revision: row.digest,
        compartment: name,
        cadre: found.state.cadre,
        cadreName: findCadre(session, found.state.cadre)?.name ?? '',
        category: found.state.category,
        askedBy: memberName(session, row.asker),
        askedAt: row.asked_at,
        wants: row.answers === 0 ? 'answer' : 'resolve',
      })
    }
  }
  return ok(items)
}
