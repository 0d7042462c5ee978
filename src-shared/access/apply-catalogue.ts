import { checkRules } from '../catalogue/successor.ts'
import type { ErrorCode } from '../kernel/errors.ts'
import type { CategoryRule } from '../log/category-rule.ts'
import type { OperationOf } from '../log/operations.ts'
import { maySample } from '../review/sampling.ts'
import type { AuthorityCommit, AuthorityState } from './authority-state.ts'
import { holdsRole } from './grants.ts'
import type { Role } from './roles.ts'

type CatalogueDraft = Pick<AuthorityState, 'members'> & {
  -readonly [Name in 'catalogue' | 'catalogueVersions' | 'proposedCatalogue']: AuthorityState[Name]
}

type CatalogueOperation = OperationOf<
  'catalogue.adopt' | 'catalogue.propose' | 'catalogue.confirm' | 'catalogue.refuse'
>

/**
 * Versions of the catalogue. The root adopts the first; after it a version follows the one in force by one, and takes
 * two people, one of them a responsible approver. Whoever says so, no category goes, changes its compartment or sinks
 * in level: what is archived in it must stay where it is kept.
 *
 * Codes: `authority/catalogue-version` (not the next one, or follows another body), `authority/catalogue-successor`,
 * `authority/catalogue-proposal` (none waits, another one does, or one person said both).
 */
export function applyCatalogue(
  draft: CatalogueDraft,
  operation: CatalogueOperation,
  { leaf, header }: AuthorityCommit,
): ErrorCode | null {
  const current = draft.catalogue
  switch (operation.op) {
    case 'catalogue.adopt': {
      if (samplesTheSensitive(operation.rules)) return 'authority/action-not-permitted'
      const rules = rulesOf(operation.rules)
      if (current !== null) {
        if (operation.version !== current.version + 1) return 'authority/catalogue-version'
        if (checkRules(current.rules, rules).length > 0) return 'authority/catalogue-successor'
      }
      bringIntoForce(
        draft,
        { version: operation.version, body: operation.digest, rules, proposal: null },
        leaf,
      )
      return null
    }
    case 'catalogue.propose': {
      if (current === null || operation.version !== current.version + 1) return 'authority/catalogue-version'
      if (operation.follows !== current.body) return 'authority/catalogue-version'
      if (samplesTheSensitive(operation.rules)) return 'authority/action-not-permitted'
      const rules = rulesOf(operation.rules)
      if (rules.size !== operation.rules.length || checkRules(current.rules, rules).length > 0)
        return 'authority/catalogue-successor'
      const { member, key, role } = header
      // A later proposal takes the place of the one that waits.
      draft.proposedCatalogue = {
        version: operation.version,
        body: operation.digest,
        rules,
        proposal: leaf,
        proposer: { member, key, role },
      }
      return null
    }
    case 'catalogue.confirm': {
      const proposed = draft.proposedCatalogue
      if (proposed === null || proposed.proposal !== operation.proposal) return 'authority/catalogue-proposal'
      if (proposed.body !== operation.catalogue) return 'authority/catalogue-proposal'
      const { member, key, role } = proposed.proposer
      if (member === header.member) return 'authority/catalogue-proposal'
      // One of the two answers for the archive.
      if (role !== 'approver' && header.role !== 'approver') return 'authority/catalogue-proposal'
      // What somebody proposed whose key or role was taken away since, another proposes again.
      const proposer = draft.members.get(member)
      if (!proposer?.keys.some((known) => known.key === key && known.inForce))
        return 'authority/key-not-in-force'
      if (!holdsRole(proposer, role as Role, header.at)) return 'authority/role-not-in-force'
      bringIntoForce(draft, proposed, leaf)
      return null
    }
    case 'catalogue.refuse':
      if (draft.proposedCatalogue?.proposal !== operation.proposal) return 'authority/catalogue-proposal'
      draft.proposedCatalogue = null
      return null
  }
}

function bringIntoForce(
  draft: CatalogueDraft,
  { version, body, rules, proposal }: Omit<AuthorityState['catalogueVersions'][number], 'adoption'>,
  adoption: string,
): void {
  draft.catalogue = { version, body, rules }
  draft.catalogueVersions = [...draft.catalogueVersions, { version, body, rules, proposal, adoption }]
  draft.proposedCatalogue = null
}

function samplesTheSensitive(rules: readonly CategoryRule[]): boolean {
  return rules.some((rule) => rule.sampling !== undefined && !maySample(rule))
}

function rulesOf(rules: readonly CategoryRule[]): ReadonlyMap<string, CategoryRule> {
  return new Map(rules.map((rule) => [rule.category, rule]))
}
