import { z } from 'zod'
import type { AuthorityCommit, AuthorityHistory } from '../src-shared/access/authority.ts'
import type { Compartment } from '../src-shared/access/roles.ts'
import { displayValue } from '../src-shared/catalogue/fields.ts'
import { periodSchema, periodText } from '../src-shared/catalogue/periods.ts'
import { findCategory, readCatalogue } from '../src-shared/catalogue/read.ts'
import type { Catalogue, Category } from '../src-shared/catalogue/schema.ts'
import { valuesSchema } from '../src-shared/catalogue/values.ts'
import { utf8 } from '../src-shared/kernel/bytes.ts'
import type { Digest, Id } from '../src-shared/kernel/ids.ts'
import { err, ok, type Result } from '../src-shared/kernel/result.ts'
import { readBody, type Body } from '../src-shared/log/header.ts'
import { groundsSchema, type Grounds } from '../src-shared/review/sealing.ts'
import type { Hand, OpinionState } from '../src-shared/review/states.ts'
import type { Awaited } from './directives.ts'
import type { Database } from './store/database.ts'
import { entriesAfter, findEntry, readBodyText } from './store/logs.ts'
import type { EntryTable } from './store/tables.ts'
import { storedCommit } from './stored-context.ts'

/** A unit's chain from its founding commit on. */
export interface FoundedAuthority {
  readonly history: AuthorityHistory
  readonly commits: readonly AuthorityCommit[]
}

const pageSize = 1000

const revisionSchema = z.looseObject({
  declaration: z.string(),
  period: periodSchema.nullable().default(null),
  values: valuesSchema,
  reason: z.string(),
  source: z.object({ from: z.string() }),
  evidence: z.array(z.object({ name: z.string() })),
})

const declarationWords: Readonly<Record<string, string>> = {
  none: '无此情况',
  declined: '拒绝申报',
  unchanged: '本期无变化',
}
const outcomeWords = { unfounded: '查无问题', founded: '属实' } as const
const decisionWords = { agree: '同意', disagree: '不同意' } as const

/**
 * What an officer reads before they decide: the entry with its labels, every opinion with its words, who signed or
 * referred it. In Chinese, a line each.
 *
 * Errors: `commit/body-missing`, `format/*` (what was taken in is not what it should be).
 */
export async function describeAwaited(
  database: Database,
  authority: FoundedAuthority,
  awaited: Awaited,
): Promise<Result<string>> {
  const { unit, compartment, state, revision } = awaited
  const reading = new Reading(database, unit, authority)
  const catalogue = await reading.catalogue()
  if (!catalogue.ok) return catalogue
  const said = revisionSchema.safeParse(await reading.body(compartment, revision.revision))
  if (!said.success) return err('commit/body-missing', { revision: revision.revision })
  const category = findCategory(catalogue.value, state.category)
  const words = async (digest: Digest) => textOf(await reading.body(compartment, digest), 'words')
  const by = async ({ member, at }: Hand) => `${await reading.memberName(member)}，${at}`
  const lines = [
    `单位：${await reading.unitName()}（${unit}）`,
    `请求：${awaited.asks === 'sign' ? '上级签署' : '上级审核（意见分歧）'}`,
    `条目：${state.record}`,
    `版本：${revision.revision}`,
    `干部：${await reading.cadreName(state.cadre)}`,
    `类别：${category === null ? state.category : `${category.id} ${category.name}`}`,
    `内容：${declarationWords[said.data.declaration] ?? ''}${said.data.period === null ? '' : ` ${periodText(said.data.period)}`}`,
    ...valueLines(category, catalogue.value, said.data.values),
    `来源：${said.data.source.from}`,
    `理由：${said.data.reason}`,
    `佐证：${said.data.evidence.length === 0 ? '无' : said.data.evidence.map(({ name }) => name).join('、')}`,
    `录入：${await by(revision.author)}`,
  ]
  const grounds = await reading.grounds(compartment, revision.opened?.commit ?? null)
  for (const opinion of revision.opinions)
    lines.push(`复核：${await by(opinion.hand)}：${opinionWords(opinion, grounds)}`)
  for (const vote of [...(revision.group?.former ?? []), ...(revision.group?.votes ?? [])])
    lines.push(
      `专题审核：${await by(vote.hand)}：${vote.outcome === 'uphold' ? '采纳' : '不采纳'}，${await words(vote.body)}`,
    )
  if (revision.adjudication !== null && revision.group === null && revision.directives.length === 0) {
    const { hand, outcome, body } = revision.adjudication
    lines.push(
      `专题审核：${await by(hand)}：${outcome === 'uphold' ? '采纳' : '不采纳'}，${await words(body)}`,
    )
  }
  if (revision.escalated !== null)
    lines.push(`提请专题审核：${await by(revision.escalated.hand)}：${await words(revision.escalated.body)}`)
  if (revision.referred !== null)
    lines.push(`提请上级：${await by(revision.referred.hand)}：${await words(revision.referred.body)}`)
  if (revision.signed !== null)
    lines.push(`责任签字：${await by(revision.signed.hand)}：${await words(revision.signed.body)}`)
  for (const { hand, body, answers } of revision.late) {
    const said = body === null ? '' : await words(body)
    lines.push(
      `迟到异议：${await by(hand)}${said === '' ? '' : `：${said}`}${answers.length === 0 ? '（尚待核实）' : ''}`,
    )
    for (const answer of answers)
      lines.push(
        `异议核实：${await by(answer.hand)}：${outcomeWords[answer.outcome]}，${await words(answer.body)}`,
      )
  }
  return ok(lines.join('\n'))
}

function valueLines(
  category: Category | null,
  catalogue: Catalogue,
  values: z.infer<typeof valuesSchema>,
): readonly string[] {
  return (category?.fields ?? []).flatMap((field) => {
    const value = values[field.id]
    return value === undefined ? [] : [`  ${field.label}：${displayValue(field, value, catalogue)}`]
  })
}

function opinionWords({ decision, grounds }: OpinionState, all: ReadonlyMap<Digest, Grounds>): string {
  if (decision === null) return '未能拆封'
  const said = grounds === null ? undefined : all.get(grounds)
  return said === undefined || said.words === ''
    ? decisionWords[decision]
    : `${decisionWords[decision]}，${said.words}`
}

function textOf(body: Body | null, member: string): string {
  const value = body?.[member]
  return typeof value === 'string' ? value : ''
}

/** Reads names and words out of what a unit sent up. */
class Reading {
  readonly #database: Database
  readonly #unit: Id
  readonly #authority: FoundedAuthority

  constructor(database: Database, unit: Id, authority: FoundedAuthority) {
    this.#database = database
    this.#unit = unit
    this.#authority = authority
  }

  async body(compartment: Compartment, digest: Digest): Promise<Body | null> {
    const text = await readBodyText(this.#database, this.#unit, compartment, digest)
    const body = text === null ? null : readBody(utf8(text))
    return body?.ok ? body.value : null
  }

  async catalogue(): Promise<Result<Catalogue>> {
    const adopted = this.#authority.history.head.catalogue
    const body = adopted === null ? null : await this.body('control', adopted.body)
    return body === null ? err('commit/body-missing') : readCatalogue(body['catalogue'])
  }

  async unitName(): Promise<string> {
    return await this.#said('unit.found', this.#unit)
  }

  async memberName(member: Id): Promise<string> {
    return await this.#said('member.add', member)
  }

  /** The name that an operation of the chain gives. */
  async #said(op: 'unit.found' | 'member.add', entity: Id): Promise<string> {
    for (const { header } of this.#authority.commits) {
      const operation = header.ops.find((one) => one.op === op && one.entity === entity)
      if (operation !== undefined) return textOf(await this.body('control', operation.digest), 'name')
    }
    return entity
  }

  /** As the opening of the dossier says it. Reads the unit's commits until it is found. */
  async cadreName(cadre: Id): Promise<string> {
    for (let after: EntryTable | null = null; ; ) {
      const page: readonly EntryTable[] = await entriesAfter(
        this.#database,
        { unit: this.#unit },
        after,
        pageSize,
      )
      for (const entry of page) {
        const commit = entry.compartment === 'archive' ? storedCommit(entry.envelope) : null
        const operations = commit?.ok ? commit.value.header.ops : []
        const opening = operations.find((one) => one.op === 'cadre.open' && one.entity === cadre)
        if (opening !== undefined) return textOf(await this.body('archive', opening.digest), 'name')
      }
      after = page.at(-1) ?? null
      if (page.length < pageSize) return cadre
    }
  }

  /** What the opening of the opinions published. */
  async grounds(compartment: Compartment, commit: Digest | null): Promise<ReadonlyMap<Digest, Grounds>> {
    const found = new Map<Digest, Grounds>()
    const entry = commit === null ? undefined : await findEntry(this.#database, this.#unit, commit)
    const read = entry === undefined ? null : storedCommit(entry.envelope)
    for (const operation of read?.ok ? read.value.header.ops : []) {
      if (operation.op !== 'review.open') continue
      const all = (await this.body(compartment, operation.digest))?.['grounds']
      for (const [digest, value] of Object.entries((all ?? {}) as Record<string, unknown>)) {
        const grounds = groundsSchema.safeParse(value)
        if (grounds.success) found.set(digest, grounds.data)
      }
    }
    return found
  }
}
