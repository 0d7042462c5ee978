import { newId } from '../../../src-shared/kernel/ids.ts'
import { err, ok } from '../../../src-shared/kernel/result.ts'
import { prepareBody } from '../../../src-shared/log/header.ts'
import { originOfRecord } from '../../vault/alias-queries.ts'
import { commitAs, openCompartment, roleAmong } from '../../vault/vault.ts'
import { categoryCompartment, moment, today, type UnlockedHandler } from '../context.ts'
import { findCadre } from '../dossier/dossier.ts'
import { findRecord } from '../dossier/roads.ts'
import { sightOf } from '../dossier/sight.ts'
import { findRequest } from './register.ts'

/** Registers what the cadre says is wrong or missing. It changes no fact: that takes the normal road. */
export const correctionRequest: UnlockedHandler<'correction.request'> = (context, input) => {
  const { session } = context
  const { cadre, category, record, ...said } = input
  const compartment = categoryCompartment(session, category)
  if (compartment === null || !sightOf(session).sees(category)) return err('call/not-found')
  const store = openCompartment(session.vault, compartment)
  if (!store.ok) return err('call/not-found')
  if (findCadre(session, cadre) === null) return err('call/not-found')
  if (said.receivedOn > today(context)) return err('call/invalid-input', { path: 'receivedOn' })
  if (record !== null) {
    const found = findRecord(session, record)
    if (found === null || found.state.cadre !== cadre || found.state.category !== category)
      return err('call/not-found')
  }
  const role = roleAmong(session.vault, ['collector', 'inspector'])
  if (role === null) return err('call/not-permitted')
  const request = newId(context.primitives)
  const body = prepareBody(context.primitives, said)
  const operation = {
    op: 'correction.request',
    entity: request,
    digest: body.digest,
    // A correction names the dossier that its record was begun in.
    cadre: (record === null ? null : originOfRecord(store.value.database, cadre, record)) ?? cadre,
    category,
    record,
  } as const
  const done = commitAs(session.vault, compartment, role, moment(context), [operation], [body])
  if (!done.ok) return done
  context.emit({ type: 'changed', compartment })
  return ok({ request })
}

export const correctionAnswer: UnlockedHandler<'correction.answer'> = (context, input) => {
  const { session } = context
  const found = findRequest(session, input.request)
  if (found === null || found.state.kind !== 'correction') return err('disclosure/no-such-request')
  const { revision, outcome, request, words } = input
  if (outcome === 'corrected') {
    const offered = found.state.offers.find((one) => one.revision === revision)
    const record = offered === undefined ? null : findRecord(session, offered.record)
    const status = record?.state.revisions.find((one) => one.revision === revision)?.status
    if (offered === undefined) return err('disclosure/no-revision')
    if (status !== 'archived' && status !== 'superseded') return err('disclosure/not-archived')
  }
  const role = roleAmong(session.vault, ['approver'])
  if (role === null) return err('call/not-permitted')
  const body = prepareBody(context.primitives, { words })
  const operation = {
    op: 'correction.answer',
    entity: request,
    digest: body.digest,
    outcome,
    revision,
  } as const
  const done = commitAs(session.vault, found.from.name, role, moment(context), [operation], [body])
  if (!done.ok) return done
  context.emit({ type: 'changed', compartment: found.from.name })
  return ok(null)
}
