import type { Compartment, Role, SigningRole } from './roles.ts'

interface OperationRule {
  /** Roles under which the operation may be signed. */
  readonly roles: readonly SigningRole[]
  /** Logs it may stand in. */
  readonly compartments: readonly Compartment[]
  /** Whether it changes who may do what: such commits form the authority chain. */
  readonly authority: boolean
}

const control: readonly Compartment[] = ['control']
const business: readonly Compartment[] = ['archive', 'discipline']
const everyone: readonly Role[] = [
  'collector',
  'reviewer',
  'approver',
  'inspector',
  'sysadmin',
  'secadmin',
  'auditor',
  'supervisor',
]

/** Those who work on dossiers. */
const workers: readonly Role[] = ['collector', 'reviewer', 'approver', 'inspector']

/** Those whose keys open something; of which, the chain says. */
const holders: readonly SigningRole[] = [
  'root',
  'collector',
  'reviewer',
  'approver',
  'inspector',
  'auditor',
  'secadmin',
]

/** Those who propose and confirm a new catalogue. */
export const catalogueRoles: readonly Role[] = ['approver', 'inspector', 'secadmin']

/** Those who decide whether two dossiers are one person's. */
export const twinRoles: readonly Role[] = ['approver', 'inspector', 'collector']

/** The one table of who may sign which operation, and where. An operation without a row is refused everywhere. */
export const operationRules = {
  'unit.found': { roles: ['root'], compartments: control, authority: true },
  'member.add': { roles: ['root', 'secadmin'], compartments: control, authority: true },
  'member.cadre': {
    roles: ['collector', 'reviewer', 'approver', 'inspector'],
    compartments: control,
    authority: true,
  },
  'key.add': { roles: ['root', 'secadmin'], compartments: control, authority: true },
  'role.grant': { roles: ['root', 'secadmin'], compartments: control, authority: true },
  'role.confirm': {
    roles: ['collector', 'reviewer', 'approver', 'inspector', 'auditor'],
    compartments: control,
    authority: true,
  },
  'role.revoke': { roles: ['root', 'secadmin'], compartments: control, authority: true },
  'key.remove': { roles: ['root', 'secadmin'], compartments: control, authority: true },
  // With the secadmin who removed the key it takes two to strike out what a member did.
  'key.bound': { roles: ['root', 'approver', 'inspector'], compartments: control, authority: true },
  'keyring.epoch': { roles: holders, compartments: control, authority: true },
  'keyring.wrap': { roles: holders, compartments: control, authority: true },
  'device.add': { roles: ['root', 'secadmin'], compartments: control, authority: true },
  'device.remove': { roles: ['root', 'secadmin'], compartments: control, authority: true },
  'settings.set': { roles: ['secadmin'], compartments: control, authority: true },
  // Whoever answers for the work says by when it is done; it gives nobody a right.
  'deadlines.set': { roles: ['approver'], compartments: control, authority: true },
  'calendar.set': { roles: ['approver'], compartments: control, authority: true },
  'member.line': { roles: workers, compartments: control, authority: true },
  'catalogue.adopt': { roles: ['root'], compartments: control, authority: true },
  // Two people, one of them a responsible approver.
  'catalogue.propose': { roles: catalogueRoles, compartments: control, authority: true },
  'catalogue.confirm': { roles: catalogueRoles, compartments: control, authority: true },
  'catalogue.refuse': { roles: catalogueRoles, compartments: control, authority: true },
  'upstream.propose': { roles: ['root', 'secadmin'], compartments: control, authority: true },
  'upstream.confirm': { roles: ['root', 'approver'], compartments: control, authority: true },
  'fork.settle': { roles: ['root', 'secadmin'], compartments: control, authority: true },
  'fork.confirm': { roles: ['approver'], compartments: control, authority: true },
  'access.record': { roles: everyone, compartments: control, authority: false },
  'access.note': { roles: ['auditor'], compartments: control, authority: false },
  'incident.report': { roles: everyone, compartments: control, authority: false },
  'incident.update': { roles: ['auditor'], compartments: control, authority: false },
  'cadre.open': { roles: ['collector', 'inspector'], compartments: ['archive'], authority: false },
  'cadre.tag': { roles: ['collector', 'approver', 'inspector'], compartments: ['archive'], authority: false },
  'cadre.stage': { roles: ['approver'], compartments: ['archive'], authority: false },
  // Whoever answers for the work says who is to deliver what; who enters says that it came.
  'source.set': { roles: ['approver'], compartments: ['archive'], authority: false },
  'source.deliver': { roles: ['collector', 'inspector'], compartments: ['archive'], authority: false },
  'difference.settle': { roles: ['approver', 'inspector'], compartments: business, authority: false },
  // 漏报 and 瞒报 are conclusions of discipline, wherever the fact lies.
  'difference.judge': { roles: ['approver', 'inspector'], compartments: ['discipline'], authority: false },
  // Two people, one of whom is an approver or inspector: the road of the decision says so.
  'twin.propose': { roles: twinRoles, compartments: ['archive'], authority: false },
  'twin.confirm': { roles: twinRoles, compartments: ['archive'], authority: false },
  'twin.refuse': { roles: twinRoles, compartments: ['archive'], authority: false },
  'record.submit': { roles: ['collector', 'inspector'], compartments: business, authority: false },
  'paper.attach': { roles: ['collector', 'inspector'], compartments: business, authority: false },
  'paper.strike': { roles: ['collector', 'inspector'], compartments: business, authority: false },
  'volume.set': { roles: ['collector', 'inspector'], compartments: business, authority: false },
  'volume.rule': { roles: ['approver'], compartments: ['archive'], authority: false },
  'record.withdraw': { roles: ['collector', 'inspector'], compartments: business, authority: false },
  'review.decide': { roles: ['reviewer'], compartments: business, authority: false },
  'review.return': { roles: ['reviewer'], compartments: business, authority: false },
  'review.open': { roles: ['approver', 'reviewer'], compartments: business, authority: false },
  'review.adjudicate': {
    roles: ['inspector', 'approver', 'reviewer'],
    compartments: business,
    authority: false,
  },
  'review.sign': { roles: ['approver'], compartments: business, authority: false },
  'copy.request': { roles: workers, compartments: ['discipline'], authority: false },
  'copy.approve': { roles: ['approver', 'inspector'], compartments: ['discipline'], authority: false },
  'copy.refuse': { roles: ['approver', 'inspector'], compartments: ['discipline'], authority: false },
  'copy.make': { roles: workers, compartments: business, authority: false },
  'copy.list': { roles: workers, compartments: ['archive'], authority: false },
  'copy.issue': { roles: workers, compartments: business, authority: false },
  'correction.request': { roles: ['collector', 'inspector'], compartments: business, authority: false },
  'correction.answer': { roles: ['approver'], compartments: business, authority: false },
  'review.assign': { roles: ['approver', 'inspector'], compartments: business, authority: false },
  'review.draw': { roles: ['approver', 'inspector'], compartments: ['archive'], authority: false },
  'review.escalate': { roles: ['reviewer'], compartments: business, authority: false },
  'review.convene': { roles: ['approver', 'inspector'], compartments: business, authority: false },
  'review.refer': { roles: ['approver', 'inspector'], compartments: business, authority: false },
  'query.ask': { roles: ['reviewer'], compartments: business, authority: false },
  'query.answer': { roles: ['collector', 'inspector'], compartments: business, authority: false },
  'query.resolve': { roles: ['reviewer'], compartments: business, authority: false },
  'fault.find': { roles: ['approver', 'inspector'], compartments: business, authority: false },
  'fault.answer': {
    roles: ['collector', 'reviewer', 'approver', 'inspector'],
    compartments: business,
    authority: false,
  },
  'transfer.hand-over': { roles: ['approver'], compartments: ['archive'], authority: false },
  'transfer.cancel': { roles: ['approver'], compartments: ['archive'], authority: false },
  'transfer.acknowledge': { roles: ['approver'], compartments: ['archive'], authority: false },
  'transfer.answer': { roles: ['approver'], compartments: ['archive'], authority: false },
  'objection.settle': { roles: ['approver', 'inspector'], compartments: business, authority: false },
  'directive.decide': { roles: ['hub'], compartments: business, authority: false },
  'receipt.issue': { roles: ['hub'], compartments: ['control', 'archive', 'discipline'], authority: false },
} as const satisfies Record<string, OperationRule>

export type OperationName = keyof typeof operationRules

export function isOperationName(name: string): name is OperationName {
  return Object.hasOwn(operationRules, name)
}

export function operationRule(name: OperationName): OperationRule {
  return operationRules[name]
}

/** Whether `role` may sign `name` in a log of `compartment`. */
export function permits(name: OperationName, role: SigningRole, compartment: Compartment): boolean {
  const rule = operationRule(name)
  return rule.roles.includes(role) && rule.compartments.includes(compartment)
}
