import { stageTable } from '../../../src-shared/catalogue/schema.ts'
import type { CadreStages } from '../../../src-shared/contract/cycles.ts'
import { err, ok } from '../../../src-shared/kernel/result.ts'
import { prepareBody } from '../../../src-shared/log/header.ts'
import { readBodyBytes } from '../../vault/body-table.ts'
import { stageOfCadre } from '../../vault/due-queries.ts'
import { readStageSteps, type StageBody } from '../../vault/stage-projection.ts'
import { commitAs, openCompartment, roleAmong } from '../../vault/vault.ts'
import { catalogueInForce } from '../catalogue/read.ts'
import { memberName, moment, type UnlockedHandler } from '../context.ts'
import { findCadre } from '../dossier/dossier.ts'
import { ownDossier } from '../dossier/homes.ts'
import { identityCategory, seesTags } from '../dossier/listing-sight.ts'
import { sightOf } from '../dossier/sight.ts'
import { officeDay } from '../settings/calendar.ts'
import { dueNow } from './due-now.ts'

export const cadreStages: UnlockedHandler<'cadre.stages'> = (context, { cadre }) => {
  const { session } = context
  const archive = openCompartment(session.vault, 'archive')
  if (!archive.ok) return archive
  if (findCadre(session, cadre) === null) return err('call/not-found')
  const sight = sightOf(session)
  if (!seesTags(sight)) return ok({ present: null, steps: [], may: false })
  const { database } = archive.value
  const steps = readStageSteps(database, (digest) => readBodyBytes(database, digest), cadre)
    .toReversed()
    .map(({ stage, since, reason, source, member, at }) => {
      return { stage, since, reason, source, member: memberName(session, member), at }
    })
  const [last] = steps
  let present: CadreStages['present'] = null
  if (last !== undefined) present = { stage: last.stage, since: last.since, isSigned: true }
  else if (sight.sees(identityCategory)) {
    const now = dueNow(context)
    if (!now.ok) return now
    const said = stageOfCadre(database, cadre)
    present = said === null ? null : { ...said, isSigned: false }
  }
  const own = ownDossier(session)
  return ok({ present, steps, may: own !== cadre && roleAmong(session.vault, ['approver']) !== null })
}

export const cadreStage: UnlockedHandler<'cadre.stage'> = (context, input) => {
  const { session } = context
  const archive = openCompartment(session.vault, 'archive')
  if (!archive.ok) return archive
  const role = roleAmong(session.vault, ['approver'])
  if (role === null || !seesTags(sightOf(session))) return err('call/not-permitted')
  if (findCadre(session, input.cadre) === null) return err('call/not-found')
  const catalogue = catalogueInForce(session)
  if (!catalogue.ok) return catalogue
  const stages = catalogue.value.codeTables.find(({ id }) => id === stageTable)?.items ?? []
  const isKnown = stages.some(({ code, retired }) => code === input.stage && retired !== true)
  if (!isKnown) return err('entry/invalid-values', { findings: ['code-unknown'] })
  // What is to come is not yet so, and would close what is still asked.
  if (input.since > officeDay(context)) return err('entry/invalid-values', { findings: ['date-future'] })
  const { stage, since, reason, source } = input
  const body = prepareBody(context.primitives, { stage, since, reason, source } satisfies StageBody)
  const operation = { op: 'cadre.stage', entity: input.cadre, digest: body.digest } as const
  const done = commitAs(session.vault, 'archive', role, moment(context), [operation], [body])
  if (!done.ok) return done
  context.emit({ type: 'changed', compartment: 'archive' })
  return ok(null)
}
