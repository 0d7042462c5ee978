import { createHash } from 'node:crypto'
import type { OpenedOpinion } from '../../../src-shared/log/operations.ts'
import type { FixtureOperation } from '../../helpers/unit-fixture.ts'
import type { Claim, Deed } from './reference.ts'

const digest = (text: string) => createHash('sha256').update(text).digest('hex')

type Decision = 'agree' | 'disagree'

function nonceOf(who: string, revision: string, decision: Decision): string {
  return digest(`nonce ${who} ${revision} ${decision}`)
}

function typedBy(who: string): string {
  return digest(`typed ${who}`)
}

const grounds = digest('grounds')

/** What a reviewer binds themself to, written out as the format says: canonical JSON, SHA-256. */
export function secretOf(unit: string, who: string, revision: string, decision: Decision): string {
  const nonce = nonceOf(who, revision, decision)
  return digest(
    `{"decision":"${decision}","grounds":"${grounds}","nonce":"${nonce}","reviewer":"${who}","revision":"${revision}","unit":"${unit}"}`,
  )
}

function openedOf({ of, says, typed }: Claim, revision: string): OpenedOpinion {
  if (says === 'unopenable') return { reviewer: of, decision: says }
  const nonce = nonceOf(of, revision, says)
  const opened = { reviewer: of, decision: says, nonce, grounds }
  return typed ? { ...opened, rekey: typedBy(of) } : opened
}

/** The operation in which deeds of one kind about several records stand, a row each. */
export function operationOf(deeds: ReadonlyMap<string, Deed>, who: string): FixtureOperation {
  const [[record, first]] = [...deeds] as [[string, Deed]]
  const entity = digest(`entity ${record}`).slice(0, 32)
  const rowsOf = <Row>(row: (deed: Deed & { readonly revision: string }) => Row) =>
    [...deeds].map(([of, deed]) => ({ record: of, ...row(deed as Deed & { readonly revision: string }) }))
  const plain = () => rowsOf(({ revision }) => ({ revision }))
  switch (first.do) {
    case 'submit': {
      const { cadre, category, parent, settles, evidence } = first
      const submitted = { cadre, category, parent, settles: [...settles], batch: null, evidence }
      return { operation: { op: 'record.submit', entity: record, ...submitted } }
    }
    case 'withdraw':
      return { operation: { op: 'record.withdraw', entity, rows: plain() } }
    case 'return':
      return { operation: { op: 'review.return', entity, rows: plain() } }
    case 'escalate':
      return { operation: { op: 'review.escalate', entity, rows: plain() } }
    case 'sign':
      return { operation: { op: 'review.sign', entity, rows: plain() } }
    case 'decide': {
      const rows = rowsOf((deed) => {
        const { revision, secret, typed } = deed as Extract<Deed, { do: 'decide' }>
        return { revision, commitment: secret, ...(typed ? { rekey: typedBy(who) } : {}) }
      })
      return { operation: { op: 'review.decide', entity, rows } }
    }
    case 'assign':
      return {
        operation: {
          op: 'review.assign',
          entity,
          way: 'hand',
          rows: rowsOf((deed) => ({ revision: deed.revision, reviewers: [...first.people] })),
        },
      }
    case 'convene':
      return { operation: { op: 'review.convene', entity, members: [...first.people], rows: plain() } }
    case 'open': {
      const rows = rowsOf((deed) => {
        const { revision, claims } = deed as Extract<Deed, { do: 'open' }>
        return { revision, opinions: claims.map((claim) => openedOf(claim, revision)) }
      })
      return { operation: { op: 'review.open', entity, rows } }
    }
    case 'adjudicate':
      return {
        operation: {
          op: 'review.adjudicate',
          entity,
          rows: rowsOf(({ revision }) => ({ revision, outcome: first.outcome })),
        },
      }
    case 'ask':
      return {
        operation: { op: 'query.ask', entity: first.name, record, revision: first.revision, field: null },
      }
    case 'answer':
      return { operation: { op: 'query.answer', entity: first.name, record } }
    case 'resolve':
      return { operation: { op: 'query.resolve', entity: first.name, record } }
    case 'find-fault': {
      const { name, revision, people } = first
      const found = { kind: 'misentry', found: 'later', traced: [...people] } as const
      return { operation: { op: 'fault.find', entity: name, record, revision, ...found } }
    }
    case 'settle-objection': {
      const { revision, objection, outcome, fault } = first
      const said = { record, revision, objection, outcome, fault }
      return { operation: { op: 'objection.settle', entity, ...said } }
    }
    case 'answer-fault':
      return { operation: { op: 'fault.answer', entity: first.name, record } }
  }
}
