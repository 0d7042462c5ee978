import { createHash } from 'node:crypto'
import type { CategoryRule } from '../../../src-shared/log/category-rule.ts'
import type { RoadAct, RoadStep } from '../../../src-shared/review/states.ts'
import {
  Reference,
  type Claim,
  type Deed,
  type Event,
  type RecordPicture,
  type Role,
  type Rule,
} from './reference.ts'

/** What the reference makes of the steps of one record, read out of the form the product has them in. */
export function toldAnew(unit: string, steps: readonly RoadStep[]): RecordPicture {
  const rules = new Map<string, Rule>()
  const events = steps.map((step): Event => {
    const { commit, row, depth, member, memberCadre, grants, act } = step
    const role = step.role as Role
    const event = {
      id: commit,
      row,
      depth,
      log: step.log,
      place: step.seq,
      knew: new Map(Object.entries(step.seen ?? {})),
      who: member,
      own: memberCadre,
      role,
      inForce: true,
      reach: grants,
    }
    const deed = deedOf(unit, act)
    if (act.act !== 'submit') return { ...event, deed }
    // Here every submission brings a rule of its own; whether its author handles the category was asked before.
    const ruled = JSON.stringify(act.rule)
    rules.set(ruled, plain(act.rule))
    return { ...event, deed, ruled, reach: [{ categories: ['*'], level: 4 }] }
  })
  return new Reference(rules, events).picture
}

function plain({ level, verification, evidenceRequired }: CategoryRule): Rule {
  return {
    level,
    opinions: verification === 'single' ? 1 : 2,
    typed: verification === 'dual-rekey',
    evidence: evidenceRequired,
  }
}

function deedOf(unit: string, act: RoadAct): Deed {
  switch (act.act) {
    case 'submit': {
      const { revision, cadre, category, parent, settles, evidence } = act
      return { do: 'submit', revision, cadre, category, parent, settles, evidence }
    }
    case 'decide':
      return { do: 'decide', revision: act.revision, secret: act.commitment, typed: act.rekey !== undefined }
    case 'assign':
      return { do: 'assign', revision: act.revision, people: act.reviewers }
    case 'convene':
      return { do: 'convene', revision: act.revision, people: act.members }
    case 'open':
      return {
        do: 'open',
        revision: act.revision,
        claims: act.opinions.map((one) => claimOf(unit, act.revision, one)),
      }
    case 'adjudicate':
      return { do: 'adjudicate', revision: act.revision, outcome: act.outcome }
    case 'ask':
      return { do: 'ask', revision: act.revision, name: act.query }
    case 'answer':
    case 'resolve':
      return { do: act.act, name: act.query }
    case 'find-fault':
      return { do: 'find-fault', revision: act.revision, name: act.fault, people: act.traced }
    case 'answer-fault':
      return { do: 'answer-fault', name: act.fault }
    case 'settle-objection': {
      const { revision, objection, outcome, fault } = act
      return { do: 'settle-objection', revision, objection, outcome, fault }
    }
    case 'draw':
    case 'refer':
    case 'direct':
      throw new RangeError(`the reference knows no ${act.act}`)
    default:
      return { do: act.act, revision: act.revision }
  }
}

/** A claim with what its author would have bound themself to by it: canonical JSON, SHA-256. */
function claimOf(
  unit: string,
  revision: string,
  claim: Extract<RoadAct, { act: 'open' }>['opinions'][number],
): Claim {
  const { reviewer: of } = claim
  if (claim.decision === 'unopenable') return { of, says: claim.decision, secret: '', typed: false }
  const { decision, grounds, nonce } = claim
  const text = `{"decision":"${decision}","grounds":"${grounds}","nonce":"${nonce}","reviewer":"${of}","revision":"${revision}","unit":"${unit}"}`
  const secret = createHash('sha256').update(text).digest('hex')
  return { of, says: decision, secret, typed: claim.rekey !== undefined }
}
