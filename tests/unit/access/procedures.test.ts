import { describe, expect, test } from 'vitest'
import {
  isProcedureName,
  procedureRule,
  procedureRules,
  type Moment,
  type ProcedureName,
} from '../../../src-shared/access/procedures.ts'
import { businessRoles, type Role } from '../../../src-shared/access/roles.ts'

interface Callers {
  readonly who: string
  readonly moment: Moment
  readonly roles: 'everyone' | readonly Role[]
  readonly procedures: readonly ProcedureName[]
}

/**
 * Said by who calls, as the table says it by what is called. A procedure for anybody but those who work on dossiers comes
 * in here too, or not at all.
 */
const callers: readonly Callers[] = [
  {
    who: 'anybody, whether a unit exists or not',
    moment: 'always',
    roles: 'everyone',
    procedures: ['session.lock', 'session.status'],
  },
  {
    who: 'anybody on a machine without a unit',
    moment: 'no-vault',
    roles: 'everyone',
    procedures: [
      'join.ask',
      'join.browse',
      'join.cancel',
      'join.fetch',
      'join.receive',
      'join.save',
      'join.send',
      'join.status',
      'unit.complete',
      'unit.found',
      'unit.founding',
    ],
  },
  {
    who: 'anybody before a locked vault',
    moment: 'locked',
    roles: 'everyone',
    procedures: ['recovery.use', 'session.resume', 'session.unlock'],
  },
  {
    who: 'everybody who is logged in',
    moment: 'unlocked',
    roles: 'everyone',
    procedures: [
      'account.read',
      'calendar.read',
      'catalogue.dictionary',
      'catalogue.read',
      'catalogue.version',
      'catalogue.versions',
      'device.list',
      'epoch.finish',
      'exchange.export',
      'incident.report',
      'keyfile.new',
      'keyfile.set',
      'log.list',
      'log.verify',
      'member.list',
      'member.password',
      'member.read',
      'member.tasks',
      'settings.read',
      'sync.browse',
      'sync.receive',
      'sync.status',
      'systemslot.drop',
      'systemslot.make',
      'unit.read',
      'workbench.read',
    ],
  },
  {
    who: 'those who work on dossiers',
    moment: 'unlocked',
    roles: ['approver', 'collector', 'inspector', 'reviewer'],
    procedures: [
      'cadre.list',
      'cadre.read',
      'cadre.tags',
      'copy.issue',
      'copy.make',
      'copy.request',
      'device.offer',
      'device.package',
      'directive.fetch',
      'disclosure.policy',
      'disclosure.tasks',
      'dossier.export',
      'dossier.facets',
      'dossier.list',
      'evidence.read',
      'fault.answer',
      'fault.list',
      'line.list',
      'log.rebuild',
      'member.line',
      'member.tie',
      'paper.blank',
      'paper.print',
      'query.list',
      'record.read',
      'register.list',
      'review.batch',
      'review.compare',
      'review.proof',
      'review.queue',
      'sync.deliver',
      'sync.export',
      'upload.append',
      'upload.begin',
      'upload.discard',
      'view.drop',
      'view.list',
      'view.save',
      'volume.list',
      'volume.print',
    ],
  },
  {
    who: 'those who enter',
    moment: 'unlocked',
    roles: ['collector', 'inspector'],
    procedures: [
      'cadre.open',
      'correction.request',
      'import.batches',
      'import.browse',
      'import.check-folder',
      'import.commit',
      'import.decide',
      'import.drop-run',
      'import.forget',
      'import.people',
      'import.preview',
      'import.profiles',
      'import.rows',
      'import.run',
      'import.runs',
      'import.suggest',
      'import.template',
      'paper.attach',
      'paper.locate',
      'paper.places',
      'paper.strike',
      'quarantine.list',
      'quarantine.mend',
      'quarantine.read',
      'quarantine.retry',
      'quarantine.settle',
      'query.answer',
      'record.submit',
      'record.withdraw',
      'source.arrivals',
      'source.deliver',
      'source.folder',
      'source.take',
      'volume.set',
    ],
  },
  {
    who: 'those who work on dossiers, but for the reviewers',
    moment: 'unlocked',
    roles: ['approver', 'collector', 'inspector'],
    procedures: ['cadre.tag', 'difference.list', 'difference.read', 'source.list'],
  },
  {
    who: 'reviewers',
    moment: 'unlocked',
    roles: ['reviewer'],
    procedures: [
      'query.ask',
      'query.resolve',
      'review.decide',
      'review.escalate',
      'review.rekey',
      'review.return',
    ],
  },
  {
    who: 'those who review, and those who answer for it',
    moment: 'unlocked',
    roles: ['approver', 'inspector', 'reviewer'],
    procedures: ['review.lots', 'review.workload'],
  },
  {
    who: 'those who decide between two opinions',
    moment: 'unlocked',
    roles: ['approver', 'inspector', 'reviewer'],
    procedures: ['review.adjudicate'],
  },
  {
    who: 'those who answer for the work',
    moment: 'unlocked',
    roles: ['approver', 'inspector'],
    procedures: [
      'copy.approve',
      'copy.refuse',
      'difference.judge',
      'difference.settle',
      'fault.find',
      'fault.hands',
      'fault.print',
      'member.bound',
      'member.commits',
      'review.agreement',
      'review.assign',
      'review.candidates',
      'review.convene',
      'review.draw',
      'review.handover',
      'review.holders',
      'review.refer',
    ],
  },
  {
    who: 'approvers',
    moment: 'unlocked',
    roles: ['approver'],
    procedures: [
      'calendar.set',
      'correction.answer',
      'deadlines.set',
      'fork.confirm',
      'review.open',
      'review.sign',
      'source.set',
      'upstream.confirm',
      'volume.rule',
    ],
  },
  {
    who: 'those who propose and confirm a catalogue',
    moment: 'unlocked',
    roles: ['approver', 'inspector', 'secadmin'],
    procedures: ['catalogue.confirm', 'catalogue.propose', 'catalogue.refuse'],
  },
  {
    who: 'the secadmin',
    moment: 'unlocked',
    roles: ['secadmin'],
    procedures: [
      'device.admit',
      'device.await',
      'device.remove',
      'fork.settle',
      'member.deputise',
      'member.grant',
      'member.invite',
      'member.remove',
      'member.reset',
      'member.resume',
      'member.revoke',
      'member.suspect',
      'member.suspend',
      'settings.set',
      'upstream.propose',
    ],
  },
  {
    who: 'the auditor',
    moment: 'unlocked',
    roles: ['auditor'],
    procedures: [
      'access.export',
      'access.index',
      'access.list',
      'access.note',
      'access.unusual',
      'incident.list',
      'incident.print',
      'incident.update',
    ],
  },
  {
    who: 'those who bring a device in, from either side',
    moment: 'unlocked',
    roles: ['approver', 'collector', 'inspector', 'reviewer', 'secadmin'],
    procedures: ['device.close', 'device.interfaces', 'device.listener'],
  },
  {
    who: 'those to whom keys are entrusted',
    moment: 'unlocked',
    roles: ['approver', 'auditor', 'collector', 'inspector', 'reviewer', 'secadmin'],
    procedures: ['epoch.start', 'member.confirm'],
  },
]

const names = Object.keys(procedureRules) as ProcedureName[]

describe('a procedure may be called', () => {
  test.each(callers)('by $who', ({ moment, roles, procedures }) => {
    for (const name of procedures) {
      const rule = procedureRule(name)
      const said = rule.roles === 'everyone' ? rule.roles : [...rule.roles].sort()
      expect({ moment: rule.moment, roles: said }, name).toEqual({ moment, roles })
    }
  })

  test('by those who work on dossiers, once they are logged in, where nothing is said of it here', () => {
    const said = new Set<string>(callers.flatMap(({ procedures }) => procedures))
    for (const name of names.filter((one) => !said.has(one))) {
      const { moment, roles } = procedureRule(name)
      expect(moment, name).toBe('unlocked')
      expect([...businessRoles], name).toEqual(expect.arrayContaining([...roles]))
    }
  })

  test('in one way: nothing is said twice of it', () => {
    const all = callers.flatMap(({ procedures }) => procedures)
    expect(new Set(all).size).toBe(all.length)
  })

  test('by its own name, and not by what every object has', () => {
    expect(isProcedureName('review.sign')).toBe(true)
    for (const name of ['review.signed', 'toString', 'constructor', '__proto__', ''])
      expect(isProcedureName(name), name).toBe(false)
  })
})
