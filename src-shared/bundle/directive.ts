import { z } from 'zod'
import type { AuthorityState, UpstreamState } from '../access/authority-state.ts'
import type { Compartment } from '../access/roles.ts'
import { fromHex, toHex } from '../kernel/bytes.ts'
import type { Digest, Id } from '../kernel/ids.ts'
import type { Primitives } from '../kernel/primitives.ts'
import { err, ok, type Result } from '../kernel/result.ts'
import type { SignedCommit } from '../log/chain.ts'
import { readBody, type Header } from '../log/header.ts'
import { idSchema } from '../log/operations.ts'
import type { RecordStep } from '../review/steps.ts'
import { directiveLogId } from './hub-log.ts'
import type { ReceiptSource } from './receipt.ts'

export const directiveType = 'liandang/directive/1'

const directiveSchema = z.strictObject({
  salt: idSchema,
  type: z.literal(directiveType),
  /** Who decided, as the node's operator says it. */
  officer: z.string().min(1).max(100),
  /** The unit above. */
  office: z.string().min(1).max(200),
  words: z.string().max(2000),
})

/** The body of `directive.decide`. */
export interface Directive {
  readonly officer: string
  readonly office: string
  readonly words: string
}

/** Errors: `directive/wrong`, `format/*`. */
export function readDirective(bytes: Uint8Array): Result<Directive> {
  const body = readBody(bytes)
  if (!body.ok) return body
  const parsed = directiveSchema.safeParse(body.value)
  if (!parsed.success)
    return err('directive/wrong', { path: parsed.error.issues[0]?.path.map(String).join('.') ?? '' })
  const { officer, office, words } = parsed.data
  return ok({ officer, office, words })
}

/** Every upstream node that was ever in force as of a state: what one decided in its time stays decided. */
function nodesOf({ upstream, formerUpstreams }: AuthorityState): readonly UpstreamState[] {
  return upstream === null ? formerUpstreams : [...formerUpstreams, upstream]
}

/** Whose log of directives this is, or null when it is none of a node that the chain names. */
export function directiveSource(
  primitives: Pick<Primitives, 'sha256'>,
  head: AuthorityState,
  compartment: Compartment,
  log: Id,
): ReceiptSource | null {
  const { unit } = head
  const node = nodesOf(head).find(({ key }) => directiveLogId(primitives, key, unit, compartment) === log)
  if (node === undefined) return null
  return { hub: node.hub, publicKey: fromHex(node.publicKey) as Uint8Array, unit, compartment }
}

/**
 * Whether a commit is one that an upstream node makes in its log of directives for this unit and compartment: decisions
 * on records and nothing else. What such a decision does to a record, the road of the record says.
 *
 * Errors: `directive/wrong`.
 */
export function checkDirectiveCommit(
  primitives: Pick<Primitives, 'sha256'>,
  source: ReceiptSource,
  { header }: Pick<SignedCommit, 'header'>,
): Result<true> {
  const key = toHex(primitives.sha256(source.publicKey))
  const refuse = (path: string) => err('directive/wrong', { path, log: header.log, seq: header.seq })
  if (source.compartment === 'control') return refuse('compartment')
  if (header.unit !== source.unit) return refuse('unit')
  if (header.role !== 'hub' || header.member !== source.hub || header.key !== key) return refuse('member')
  if (header.log !== directiveLogId(primitives, key, source.unit, source.compartment)) return refuse('log')
  if (header.deps.length > 0) return refuse('deps')
  const [operation] = header.ops
  if (header.ops.length !== 1 || operation?.op !== 'directive.decide') return refuse('ops')
  return ok(true)
}

/** The steps that a commit takes which {@link checkDirectiveCommit} let pass. */
export function directiveStepsOf(header: Header, leaf: Digest): readonly RecordStep[] {
  const { log, seq, at, member, key } = header
  const common = {
    commit: leaf,
    depth: seq,
    log,
    seq,
    at,
    device: member,
    member,
    memberCadre: null,
    grants: [],
  }
  return header.ops.flatMap((operation, index) =>
    operation.op !== 'directive.decide'
      ? []
      : operation.rows.map(({ record, revision, decision, answers }, row) => ({
          record,
          step: {
            ...common,
            role: 'hub' as const,
            index,
            row,
            act: { act: 'direct' as const, revision, decision, answers, node: key, body: operation.digest },
          },
        })),
  )
}
