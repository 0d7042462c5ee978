import { join } from 'node:path'
import type { Role } from '../../../src-shared/access/roles.ts'
import type { Catalogue } from '../../../src-shared/catalogue/schema.ts'
import type { MadeCopy } from '../../../src-shared/contract/disclosure.ts'
import { isComplete, type Purpose } from '../../../src-shared/disclosure/purpose.ts'
import type { Sheet } from '../../../src-shared/disclosure/sheet.ts'
import { sheetDocument } from '../../../src-shared/disclosure/sheet-document.ts'
import type { CopyState } from '../../../src-shared/disclosure/states.ts'
import { utf8 } from '../../../src-shared/kernel/bytes.ts'
import type { CanonicalValue } from '../../../src-shared/kernel/canonical.ts'
import { newId, type Id } from '../../../src-shared/kernel/ids.ts'
import { err, ok, type Result } from '../../../src-shared/kernel/result.ts'
import { prepareBody } from '../../../src-shared/log/header.ts'
import type { CopyForm, Operation } from '../../../src-shared/log/operations.ts'
import { writeFileAtomic } from '../../../src-shared/node/files.ts'
import { readDisclosure } from '../../vault/disclosure-queries.ts'
import { bodyOf, textOf } from '../../vault/names.ts'
import { commitAs, openCompartment, roleAmong } from '../../vault/vault.ts'
import { recordAccess, type AccessKind } from '../access-log.ts'
import { catalogueOf } from '../catalogue/read.ts'
import { memberName, moment, type UnlockedContext, type UnlockedHandler } from '../context.ts'
import { findCadre } from '../dossier/dossier.ts'
import { recorded } from '../dossier/purpose.ts'
import { categoriesOf, gather, headsOf, sectionsOf, type Content, type WantedContent } from './content.ts'
import { disclosurePolicy } from './policy.ts'
import { purposeIn } from './register.ts'

const makers: readonly Role[] = ['collector', 'inspector', 'approver', 'reviewer']
const approvers: readonly Role[] = ['approver', 'inspector']
const subjectPurpose: Purpose = { kind: 'subject', words: '' }
const entryKinds = { print: 'print', file: 'export', subject: 'copy' } as const satisfies Record<
  CopyForm,
  AccessKind
>

interface Making {
  readonly wanted: WantedContent
  readonly purpose: Purpose
  readonly recipient: string | null
  /** The approved request, or null for what waits for nobody. */
  readonly request: CopyState | null
  /** What of it is put on paper, as a code, where it is not the sheet. */
  readonly what?: string
}

export const copyMake: UnlockedHandler<'copy.make'> = async (context, input) => {
  if ('request' in input) {
    const making = requested(context, input.request)
    if (!making.ok) return making
    const { form } = making.value.wanted
    if (form === 'subject' || (form === 'file') !== (input.folder !== null))
      return err('disclosure/other-scope')
    return await make(context, making.value, input.folder)
  }
  const { cadre, categories, record, purpose, folder } = input
  if (!isComplete(disclosurePolicy(), purpose)) return err('access/purpose-unknown')
  const form = folder === null ? 'print' : 'file'
  const wanted = { cadre, categories, record, form } as const
  return await make(context, { wanted, purpose, recipient: null, request: null }, folder)
}

export const copyIssue: UnlockedHandler<'copy.issue'> = async (context, input) => {
  const { recipient } = input
  if ('request' in input) {
    const making = requested(context, input.request)
    if (!making.ok) return making
    if (making.value.wanted.form !== 'subject') return err('disclosure/other-scope')
    return await make(context, { ...making.value, recipient }, null)
  }
  // What needs nobody else's signature: the archive alone.
  const catalogue = catalogueOf(context.session)
  if (!catalogue.ok) return catalogue
  const categories = catalogue.value.categories
    .filter((category) => category.compartment === 'archive')
    .map((category) => category.id)
  const wanted = { cadre: input.cadre, categories, record: null, form: 'subject' } as const
  return await make(context, { wanted, purpose: subjectPurpose, recipient, request: null }, null)
}

/** What an approved request asked for, read out of its body. Errors: `disclosure/no-such-request`. */
export function requested({ session }: UnlockedContext, id: Id): Result<Making> {
  const discipline = openCompartment(session.vault, 'discipline')
  if (!discipline.ok) return err('disclosure/no-such-request')
  const { database } = discipline.value
  const state = readDisclosure(database, id)
  if (state?.kind !== 'copy' || state.requested === null || state.form === 'list' || state.cadre === '')
    return err('disclosure/no-such-request')
  const body = bodyOf(database, state.requested.body)
  const categories = body?.['wanted']
  const wanted = {
    cadre: state.cadre,
    form: state.form,
    categories: Array.isArray(categories) ? categories.map(String) : null,
    record: textOf(body, 'record'),
  }
  return ok({ wanted, purpose: purposeIn(body), recipient: null, request: state })
}

/** Signs for a copy, after its access entry. Errors: those of `copy.make`. */
export async function make(
  context: UnlockedContext,
  making: Making,
  folder: string | null,
): Promise<Result<MadeCopy>> {
  const { session } = context
  const { wanted, purpose, request, what } = making
  const catalogue = catalogueOf(session)
  if (!catalogue.ok) return catalogue
  const cadre = findCadre(session, wanted.cadre)
  if (cadre === null) return err('call/not-found')
  const gathered = gather(session, catalogue.value, wanted)
  if (!gathered.ok) return gathered
  const content = gathered.value
  if (request === null && content.compartment === 'discipline') return err('disclosure/needs-request')
  if (request?.status === 'approved' && request.scope !== content.scope) return err('disclosure/changed')
  const role = roleAmong(session.vault, makers)
  if (role === null) return err('call/not-permitted')
  const subject = {
    cadre: wanted.cadre,
    cadreName: cadre.name,
    level: content.level,
    results: content.records.length,
    ...(wanted.record === null ? {} : { record: wanted.record }),
    ...(what === undefined ? {} : { what }),
  }
  const entered = await recordAccess(context, entryKinds[wanted.form], subject, recorded(purpose))
  if (!entered.ok) return entered
  const sheet = sheetOf(context, catalogue.value, making, content)
  const signed = signCopy(context, role, making, content, sheet)
  if (!signed.ok) return signed
  context.emit({ type: 'changed', compartment: content.compartment })
  if (folder === null) return ok({ copy: sheet.copy, sheet, file: null })
  // After the signature: a file that nobody signed for must not lie about.
  const file = join(folder, `liandang-${sheet.copy.slice(0, 8)}.html`)
  try {
    writeFileAtomic(file, utf8(sheetDocument(sheet, 'zh-CN')))
  } catch {
    return err('bundle/folder-unusable')
  }
  return ok({ copy: sheet.copy, sheet: null, file })
}

function sheetOf(context: UnlockedContext, catalogue: Catalogue, making: Making, content: Content): Sheet {
  const { session } = context
  const { wanted, purpose, recipient, request } = making
  const cadre = findCadre(session, wanted.cadre)
  const answered = request?.answered ?? null
  const identityNumber = content.records.some(({ category }) => category.id === 'A1')
    ? (cadre?.identity_number ?? null)
    : null
  return {
    form: wanted.form,
    copy: request?.id ?? newId(context.primitives),
    unit: session.names.unit.name,
    cadre: { name: cadre?.name ?? '', identityNumber, post: cadre?.post ?? null },
    at: moment(context),
    member: memberName(session, session.vault.member.id),
    device: session.names.devices.get(session.vault.device.id) ?? '',
    purpose,
    recipient,
    approved:
      answered === null ? null : { by: memberName(session, answered.hand.member), at: answered.hand.at },
    heads: headsOf(session, content),
    sections: sectionsOf(session, catalogue, content),
  }
}

/** The row of the register that says what left the vault, with whom and what for. */
function signCopy(
  context: UnlockedContext,
  role: Role,
  making: Making,
  content: Content,
  sheet: Sheet,
): Result<unknown> {
  const { wanted, purpose, recipient, request } = making
  const body = prepareBody(context.primitives, {
    purpose: { ...purpose },
    recipient,
    categories: [...categoriesOf(content)],
    revisions: content.records.map(({ revision }) => revision.revision),
    heads: sheet.heads.map((head) => ({ ...head })),
  } satisfies Record<string, CanonicalValue>)
  const common = {
    entity: request === null ? sheet.copy : newId(context.primitives),
    digest: body.digest,
    cadre: wanted.cadre,
    scope: content.scope,
    records: content.records.length,
    request: request?.id ?? null,
  }
  const operation: Operation =
    wanted.form === 'subject'
      ? { op: 'copy.issue', ...common }
      : { op: 'copy.make', ...common, form: wanted.form }
  return commitAs(context.session.vault, content.compartment, role, sheet.at, [operation], [body])
}

export const copyRequest: UnlockedHandler<'copy.request'> = (context, input) => {
  const { session } = context
  const { cadre, categories, record, form, purpose } = input
  if (!isComplete(disclosurePolicy(), purpose)) return err('access/purpose-unknown')
  const catalogue = catalogueOf(session)
  if (!catalogue.ok) return catalogue
  if (findCadre(session, cadre) === null) return err('call/not-found')
  const gathered = gather(session, catalogue.value, { cadre, categories, record, form })
  if (!gathered.ok) return gathered
  const content = gathered.value
  const role = roleAmong(session.vault, makers)
  if (role === null || content.compartment === 'archive') return err('call/not-permitted')
  const request = newId(context.primitives)
  const body = prepareBody(context.primitives, {
    purpose: { ...purpose },
    categories: [...categoriesOf(content)],
    wanted: categories === null ? null : [...categories],
    record,
    revisions: content.records.map(({ revision }) => revision.revision),
  })
  const operation = {
    op: 'copy.request',
    entity: request,
    digest: body.digest,
    cadre,
    form,
    scope: content.scope,
    records: content.records.length,
  } as const
  const done = commitAs(session.vault, 'discipline', role, moment(context), [operation], [body])
  if (!done.ok) return done
  context.emit({ type: 'changed', compartment: 'discipline' })
  return ok({ request })
}

export const copyApprove: UnlockedHandler<'copy.approve'> = (context, input) =>
  answer(context, 'copy.approve', input.request, input.words)

export const copyRefuse: UnlockedHandler<'copy.refuse'> = (context, input) =>
  answer(context, 'copy.refuse', input.request, input.words)

function answer(
  context: UnlockedContext,
  op: 'copy.approve' | 'copy.refuse',
  request: Id,
  words: string,
): Result<null> {
  const { session } = context
  const role = roleAmong(session.vault, approvers)
  if (role === null) return err('call/not-permitted')
  if (!session.vault.compartments.has('discipline')) return err('disclosure/no-such-request')
  const body = prepareBody(context.primitives, { words })
  const operation = { op, entity: request, digest: body.digest } as const
  const done = commitAs(session.vault, 'discipline', role, moment(context), [operation], [body])
  if (!done.ok) return done
  context.emit({ type: 'changed', compartment: 'discipline' })
  return ok(null)
}
