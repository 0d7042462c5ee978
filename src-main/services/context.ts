import type { CoreEvent } from '../../src-shared/contract/channel.ts'
import type { OutputOf, ParsedInputOf, ProcedureName } from '../../src-shared/contract/index.ts'
import { grantsInForce, mayHandle } from '../../src-shared/access/grants.ts'
import type { Compartment, Role } from '../../src-shared/access/roles.ts'
import type { Catalogue } from '../../src-shared/catalogue/schema.ts'
import type { Digest, Id } from '../../src-shared/kernel/ids.ts'
import type { Primitives } from '../../src-shared/kernel/primitives.ts'
import type { Result } from '../../src-shared/kernel/result.ts'
import type { FoundedUnit, HandView } from '../../src-shared/contract/views.ts'
import type { Hand } from '../../src-shared/review/states.ts'
import type { VaultLayout } from '../vault/layout.ts'
import type { NamedThings } from '../vault/names.ts'
import { momentOf, type OpenVault } from '../vault/vault.ts'
import type { EvidenceReader } from './dossier/evidence-reader.ts'
import type { ImportSessions } from './import/sessions.ts'
import type { Arrivals } from './sources/known-files.ts'
import type { Purposes } from './dossier/session-purposes.ts'
import type { Uploads } from './dossier/uploads.ts'

/** What the core keeps between calls while it is unlocked. Gone with the process. */
export interface Session {
  readonly vault: OpenVault
  readonly uploads: Uploads
  readonly imports: ImportSessions
  /** Files in the watched folders of sources. */
  readonly arrivals: Arrivals
  readonly evidence: EvidenceReader
  /** Evidence whose reading in this session stands in the access log. */
  readonly seenEvidence: Set<string>
  /** What dossiers and records are read for in this session. */
  readonly purposes: Purposes
  /** Read again after a commit that gives a name. */
  names: NamedThings
  /** What was read out of each body with a catalogue; a body never changes. */
  readonly catalogues: Map<Digest, Result<Catalogue>>
}

/** A unit whose `vault.json` is not written yet. It is gone with the process, and then nothing was founded. */
export interface PendingFounding {
  readonly founded: FoundedUnit
  complete(): void
}

export interface CoreContext {
  readonly layout: VaultLayout
  /** The desktop shell says so; under every other host, what only it can do is refused. */
  readonly host?: 'desktop'
  /** What a unit is founded with; the catalogue that comes with the product unless it says so. */
  readonly catalogue?: Catalogue
  readonly primitives: Primitives
  /** Milliseconds since 1970. */
  now(): number
  session: Session | null
  /** `making` while keys are made. */
  founding: PendingFounding | 'making' | null
  emit(event: CoreEvent): void
  /** Asks the core process to end once the answer has been sent. */
  end(): void
}

/** A call that passed every check: the vault is open. */
export interface UnlockedContext extends CoreContext {
  readonly session: Session
}

export type Handler<Name extends ProcedureName> = (
  context: CoreContext,
  input: ParsedInputOf<Name>,
  signal: AbortSignal,
) => Promise<Result<OutputOf<Name>>> | Result<OutputOf<Name>>

export type UnlockedHandler<Name extends ProcedureName> = (
  context: UnlockedContext,
  input: ParsedInputOf<Name>,
  signal: AbortSignal,
) => Promise<Result<OutputOf<Name>>> | Result<OutputOf<Name>>

/** ISO 8601 UTC with milliseconds, as headers carry it. */
export function moment(context: Pick<CoreContext, 'now'>): string {
  return new Date(context.now()).toISOString()
}

/** The day in the office, for checks such as "not in the future". */
export function today(context: Pick<CoreContext, 'now'>): string {
  const date = new Date(context.now())
  const pad = (value: number) => String(value).padStart(2, '0')
  return `${date.getFullYear()}-${pad(date.getMonth() + 1)}-${pad(date.getDate())}`
}

export function memberName(session: Session, member: Id): string {
  return session.names.members.get(member)?.name ?? member.slice(0, 8)
}

export function handView(session: Session, hand: Hand): HandView {
  return {
    member: hand.member,
    name: memberName(session, hand.member),
    device: hand.device,
    at: hand.at,
    commit: hand.commit,
  }
}

/** The compartments of dossiers that the member at work can open. */
export function businessCompartments(session: Session): readonly Exclude<Compartment, 'control'>[] {
  return (['archive', 'discipline'] as const).filter((name) => session.vault.compartments.has(name))
}

export function categoryCompartment(
  session: Session,
  category: string,
): Exclude<Compartment, 'control'> | null {
  return session.vault.authority.head.catalogue?.rules.get(category)?.compartment ?? null
}

/** Whether the member at work holds `role` for `category`, which the catalogue in force knows. */
export function grantedFor(session: Session, role: Role, category: string): boolean {
  const { vault } = session
  const head = vault.authority.head
  const rule = head.catalogue?.rules.get(category)
  const grants = grantsInForce(head, vault.member.id, role, momentOf(vault))
  return rule !== undefined && mayHandle(grants, rule)
}
