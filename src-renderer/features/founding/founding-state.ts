import { create } from 'zustand'
import { plainName } from '../../../src-shared/access/recovery-sheet.ts'
import { administratorRoles, type Policy, type Role } from '../../../src-shared/access/roles.ts'
import type { FoundedUnit, FoundingProof } from '../../../src-shared/contract/views.ts'

export interface MemberDraft {
  /** Only to tell the rows of the table apart. */
  readonly key: number
  readonly name: string
  readonly login: string
  readonly roles: readonly Role[]
  readonly cleared: boolean
  readonly password: string
}

export interface FoundingDraft {
  readonly agreed: boolean
  readonly unitName: string
  readonly creditCode: string
  readonly device: string
  readonly policy: Policy
  readonly members: readonly MemberDraft[]
  readonly threshold: number
  readonly holders: readonly string[]
  readonly hubCard: string
}

interface FoundingStore {
  readonly step: number
  readonly draft: FoundingDraft
  /** The answer of the core, with the sheets: they are printed, put away and typed back. */
  readonly founded: FoundedUnit | null
  /** That they were typed back: the unit exists. */
  readonly proof: FoundingProof | null
  goTo(step: number): void
  change(change: Partial<FoundingDraft>): void
  changeMember(key: number, change: Partial<MemberDraft>): void
  choosePolicy(policy: Policy): void
  addMember(): void
  removeMember(key: number): void
  finish(founded: FoundedUnit): void
  complete(proof: FoundingProof): void
}

const proposedRoles: Readonly<Record<Policy, readonly (readonly Role[])[]>> = {
  normal: [['collector'], ['reviewer'], ['reviewer'], ['approver'], ['sysadmin'], ['secadmin'], ['auditor']],
  small: [['collector', 'sysadmin', 'secadmin'], ['reviewer'], ['reviewer'], ['approver']],
}

let lastKey = 0

function memberWith(roles: readonly Role[]): MemberDraft {
  lastKey += 1
  return { key: lastKey, name: '', login: '', roles, cleared: false, password: '' }
}

const first: FoundingDraft = {
  agreed: false,
  unitName: '',
  creditCode: '',
  device: '',
  policy: 'normal',
  members: proposedRoles.normal.map(memberWith),
  threshold: 2,
  holders: ['', '', ''],
  hubCard: '',
}

/** The wizard's state; passwords stand in memory only until the unit is founded. */
export const useFounding = create<FoundingStore>()((set) => ({
  step: 0,
  draft: first,
  founded: null,
  proof: null,
  goTo: (step) => set({ step }),
  change: (change) => set(({ draft }) => ({ draft: { ...draft, ...change } })),
  changeMember: (key, change) =>
    set(({ draft }) => ({
      draft: {
        ...draft,
        members: draft.members.map((member) => (member.key === key ? { ...member, ...change } : member)),
      },
    })),
  choosePolicy: (policy) =>
    set(({ draft }) => {
      // Rows that nobody has written in yet give way to those the policy needs.
      const written = draft.members.filter((member) => member.name !== '' || member.login !== '')
      const needed = proposedRoles[policy].slice(written.length).map(memberWith)
      return { draft: { ...draft, policy, members: [...written, ...needed] } }
    }),
  addMember: () => set(({ draft }) => ({ draft: { ...draft, members: [...draft.members, memberWith([])] } })),
  removeMember: (key) =>
    set(({ draft }) => ({
      draft: { ...draft, members: draft.members.filter((member) => member.key !== key) },
    })),
  finish: (founded) => set({ founded, draft: { ...first, members: [] } }),
  // From then on nothing on the page may hold a share.
  complete: (proof) => set({ proof, founded: null }),
}))

/** Holders who are administrators: no quorum may consist of them alone, so none of them holds a sheet. */
export function administratorsAmongHolders(draft: FoundingDraft): readonly string[] {
  const administrators = draft.members
    .filter((member) => member.roles.some((role) => administratorRoles.includes(role)))
    .map((member) => plainName(member.name))
  return draft.holders
    .map((holder) => holder.trim())
    .filter((name) => name !== '' && administrators.includes(plainName(name)))
}
