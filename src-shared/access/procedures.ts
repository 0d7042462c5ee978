import type { Role } from './roles.ts'

/** When a procedure may be called: before a unit exists, locked, unlocked, or always. */
export type Moment = 'always' | 'no-vault' | 'locked' | 'unlocked'

export interface ProcedureRule {
  readonly moment: Moment
  /** Roles of which the member must hold one in force; `everyone` for all who are logged in. */
  readonly roles: readonly Role[] | 'everyone'
}

const business: readonly Role[] = ['collector', 'reviewer', 'approver', 'inspector']
const enterers: readonly Role[] = ['collector', 'inspector']

/**
 * The one table of who may call which procedure of the core, and when. A procedure without a row cannot be called, and
 * does not compile.
 */
export const procedureRules = {
  'session.status': { moment: 'always', roles: 'everyone' },
  'session.unlock': { moment: 'locked', roles: 'everyone' },
  'session.resume': { moment: 'locked', roles: 'everyone' },
  'session.lock': { moment: 'always', roles: 'everyone' },
  'account.read': { moment: 'unlocked', roles: 'everyone' },
  'member.password': { moment: 'unlocked', roles: 'everyone' },
  'member.list': { moment: 'unlocked', roles: 'everyone' },
  'member.read': { moment: 'unlocked', roles: 'everyone' },
  'member.tasks': { moment: 'unlocked', roles: 'everyone' },
  'member.invite': { moment: 'unlocked', roles: ['secadmin'] },
  'member.grant': { moment: 'unlocked', roles: ['secadmin'] },
  'member.deputise': { moment: 'unlocked', roles: ['secadmin'] },
  'member.revoke': { moment: 'unlocked', roles: ['secadmin'] },
  // Who holds the keys that a role needs, the chain says.
  'member.confirm': { moment: 'unlocked', roles: [...business, 'auditor', 'secadmin'] },
  'member.reset': { moment: 'unlocked', roles: ['secadmin'] },
  'member.suspect': { moment: 'unlocked', roles: ['secadmin'] },
  'member.suspend': { moment: 'unlocked', roles: ['secadmin'] },
  'member.resume': { moment: 'unlocked', roles: ['secadmin'] },
  'member.remove': { moment: 'unlocked', roles: ['secadmin'] },
  'member.tie': { moment: 'unlocked', roles: business },
  'member.commits': { moment: 'unlocked', roles: ['approver', 'inspector'] },
  'member.bound': { moment: 'unlocked', roles: ['approver', 'inspector'] },
  'epoch.start': { moment: 'unlocked', roles: [...business, 'auditor', 'secadmin'] },
  // A database is rekeyed by whoever opens it.
  'epoch.finish': { moment: 'unlocked', roles: 'everyone' },
  'fork.settle': { moment: 'unlocked', roles: ['secadmin'] },
  'fork.confirm': { moment: 'unlocked', roles: ['approver'] },
  'keyfile.new': { moment: 'unlocked', roles: 'everyone' },
  'keyfile.set': { moment: 'unlocked', roles: 'everyone' },
  'systemslot.make': { moment: 'unlocked', roles: 'everyone' },
  'systemslot.drop': { moment: 'unlocked', roles: 'everyone' },
  'settings.read': { moment: 'unlocked', roles: 'everyone' },
  'settings.set': { moment: 'unlocked', roles: ['secadmin'] },
  'unit.found': { moment: 'no-vault', roles: 'everyone' },
  'unit.founding': { moment: 'no-vault', roles: 'everyone' },
  'unit.complete': { moment: 'no-vault', roles: 'everyone' },
  'recovery.use': { moment: 'locked', roles: 'everyone' },
  'unit.read': { moment: 'unlocked', roles: 'everyone' },
  'workbench.read': { moment: 'unlocked', roles: 'everyone' },
  'catalogue.read': { moment: 'unlocked', roles: 'everyone' },
  'cadre.list': { moment: 'unlocked', roles: business },
  'dossier.list': { moment: 'unlocked', roles: business },
  'dossier.facets': { moment: 'unlocked', roles: business },
  'dossier.export': { moment: 'unlocked', roles: business },
  'cadre.tag': { moment: 'unlocked', roles: ['collector', 'approver', 'inspector'] },
  'cadre.tags': { moment: 'unlocked', roles: business },
  'view.list': { moment: 'unlocked', roles: business },
  'view.save': { moment: 'unlocked', roles: business },
  'view.drop': { moment: 'unlocked', roles: business },
  'cadre.open': { moment: 'unlocked', roles: enterers },
  'cadre.read': { moment: 'unlocked', roles: business },
  'record.read': { moment: 'unlocked', roles: business },
  'record.submit': { moment: 'unlocked', roles: enterers },
  'record.withdraw': { moment: 'unlocked', roles: enterers },
  'upload.begin': { moment: 'unlocked', roles: business },
  'upload.append': { moment: 'unlocked', roles: business },
  'upload.discard': { moment: 'unlocked', roles: business },
  'evidence.read': { moment: 'unlocked', roles: business },
  'disclosure.policy': { moment: 'unlocked', roles: business },
  'disclosure.tasks': { moment: 'unlocked', roles: business },
  'register.list': { moment: 'unlocked', roles: business },
  'copy.make': { moment: 'unlocked', roles: business },
  'copy.request': { moment: 'unlocked', roles: business },
  'copy.approve': { moment: 'unlocked', roles: ['approver', 'inspector'] },
  'copy.refuse': { moment: 'unlocked', roles: ['approver', 'inspector'] },
  'copy.issue': { moment: 'unlocked', roles: business },
  'correction.request': { moment: 'unlocked', roles: enterers },
  'correction.answer': { moment: 'unlocked', roles: ['approver'] },
  'import.profiles': { moment: 'unlocked', roles: enterers },
  'import.suggest': { moment: 'unlocked', roles: enterers },
  'import.preview': { moment: 'unlocked', roles: enterers },
  'import.rows': { moment: 'unlocked', roles: enterers },
  'import.commit': { moment: 'unlocked', roles: enterers },
  'import.batches': { moment: 'unlocked', roles: enterers },
  'quarantine.list': { moment: 'unlocked', roles: enterers },
  'quarantine.settle': { moment: 'unlocked', roles: enterers },
  'review.queue': { moment: 'unlocked', roles: business },
  'review.batch': { moment: 'unlocked', roles: business },
  'review.decide': { moment: 'unlocked', roles: ['reviewer'] },
  'review.rekey': { moment: 'unlocked', roles: ['reviewer'] },
  'review.candidates': { moment: 'unlocked', roles: ['approver', 'inspector'] },
  'review.assign': { moment: 'unlocked', roles: ['approver', 'inspector'] },
  'review.escalate': { moment: 'unlocked', roles: ['reviewer'] },
  'review.convene': { moment: 'unlocked', roles: ['approver', 'inspector'] },
  'review.proof': { moment: 'unlocked', roles: business },
  'query.list': { moment: 'unlocked', roles: business },
  'query.ask': { moment: 'unlocked', roles: ['reviewer'] },
  'query.answer': { moment: 'unlocked', roles: enterers },
  'query.resolve': { moment: 'unlocked', roles: ['reviewer'] },
  'fault.hands': { moment: 'unlocked', roles: ['approver', 'inspector'] },
  'fault.find': { moment: 'unlocked', roles: ['approver', 'inspector'] },
  'fault.answer': { moment: 'unlocked', roles: business },
  'fault.list': { moment: 'unlocked', roles: business },
  'review.return': { moment: 'unlocked', roles: ['reviewer'] },
  'review.open': { moment: 'unlocked', roles: ['approver'] },
  'review.adjudicate': { moment: 'unlocked', roles: ['inspector', 'approver', 'reviewer'] },
  'review.sign': { moment: 'unlocked', roles: ['approver'] },
  'log.list': { moment: 'unlocked', roles: 'everyone' },
  'log.verify': { moment: 'unlocked', roles: 'everyone' },
  'log.rebuild': { moment: 'unlocked', roles: business },
  'sync.status': { moment: 'unlocked', roles: 'everyone' },
  // Everyone may keep a key file on a stick of their own.
  'sync.browse': { moment: 'unlocked', roles: 'everyone' },
  'sync.export': { moment: 'unlocked', roles: business },
  'sync.deliver': { moment: 'unlocked', roles: business },
  'sync.receive': { moment: 'unlocked', roles: 'everyone' },
  // Each brings what they can open themselves: an administrator the control log alone.
  'exchange.export': { moment: 'unlocked', roles: 'everyone' },
  'join.status': { moment: 'no-vault', roles: 'everyone' },
  'join.browse': { moment: 'no-vault', roles: 'everyone' },
  'join.ask': { moment: 'no-vault', roles: 'everyone' },
  'join.save': { moment: 'no-vault', roles: 'everyone' },
  'join.send': { moment: 'no-vault', roles: 'everyone' },
  'join.receive': { moment: 'no-vault', roles: 'everyone' },
  'join.fetch': { moment: 'no-vault', roles: 'everyone' },
  'join.cancel': { moment: 'no-vault', roles: 'everyone' },
  'device.list': { moment: 'unlocked', roles: 'everyone' },
  'device.admit': { moment: 'unlocked', roles: ['secadmin'] },
  'device.remove': { moment: 'unlocked', roles: ['secadmin'] },
  // Only who holds the keys of dossiers can hand them to a new device.
  'device.package': { moment: 'unlocked', roles: business },
  'device.interfaces': { moment: 'unlocked', roles: [...business, 'secadmin'] },
  'device.await': { moment: 'unlocked', roles: ['secadmin'] },
  'device.offer': { moment: 'unlocked', roles: business },
  'device.listener': { moment: 'unlocked', roles: [...business, 'secadmin'] },
  'device.close': { moment: 'unlocked', roles: [...business, 'secadmin'] },
  'upstream.propose': { moment: 'unlocked', roles: ['secadmin'] },
  'upstream.confirm': { moment: 'unlocked', roles: ['approver'] },
  'access.index': { moment: 'unlocked', roles: ['auditor'] },
  'access.list': { moment: 'unlocked', roles: ['auditor'] },
  'access.unusual': { moment: 'unlocked', roles: ['auditor'] },
  'access.note': { moment: 'unlocked', roles: ['auditor'] },
  'access.export': { moment: 'unlocked', roles: ['auditor'] },
  'incident.report': { moment: 'unlocked', roles: 'everyone' },
  'incident.list': { moment: 'unlocked', roles: ['auditor'] },
  'incident.update': { moment: 'unlocked', roles: ['auditor'] },
} as const satisfies Record<string, ProcedureRule>

export type ProcedureName = keyof typeof procedureRules

export function isProcedureName(name: string): name is ProcedureName {
  return Object.hasOwn(procedureRules, name)
}

export function procedureRule(name: ProcedureName): ProcedureRule {
  return procedureRules[name]
}
