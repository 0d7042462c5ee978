import { entryPurpose } from '../../../src-shared/disclosure/purpose.ts'
import { findCategory } from '../../../src-shared/catalogue/read.ts'
import { categoriesBeside } from '../../../src-shared/catalogue/record-checks.ts'
import { err, ok } from '../../../src-shared/kernel/result.ts'
import { heldRoles } from '../../vault/vault.ts'
import { recordAccess } from '../access-log.ts'
import { catalogueInForce } from '../catalogue/read.ts'
import { categoryCompartment, grantedFor, today, type Session, type UnlockedHandler } from '../context.ts'
import { BesideReader } from './beside.ts'
import { requireCadre } from './dossier.ts'
import { enteringRoles } from './entry.ts'
import { purposeOf } from './purpose.ts'
import { categoryLevel } from './sight.ts'

/** Dossiers and categories whose other records were looked at in a session: entered once, not with every key. */
const entered = new WeakMap<Session, Set<string>>()

/** Errors: `call/not-found`, `authority/category-not-granted`, `entry/cadre-unknown`. */
export const recordCheck: UnlockedHandler<'record.check'> = async (context, input) => {
  const { session } = context
  const catalogue = catalogueInForce(session)
  if (!catalogue.ok) return catalogue
  const category = findCategory(catalogue.value, input.category)
  const compartment = categoryCompartment(session, input.category)
  if (category === null || compartment === null || !session.vault.compartments.has(compartment))
    return err('call/not-found')
  const held = heldRoles(session.vault)
  if (!enteringRoles.some((role) => held.includes(role) && grantedFor(session, role, input.category)))
    return err('authority/category-not-granted')
  const cadre = requireCadre(session, input.cadre)
  if (!cadre.ok) return cadre
  const beside = new BesideReader(session, catalogue.value, today(context))
  const place = { cadre: input.cadre, category, record: input.record }
  const known = entered.get(session) ?? new Set<string>()
  entered.set(session, known)
  const key = `${input.cadre} ${input.category}`
  const results = beside.count(input.cadre, category)
  if (results > 0 && !known.has(key)) {
    const looked = categoriesBeside(category)
    const level = Math.max(...looked.map((id) => categoryLevel(session, id, compartment)))
    const purpose = purposeOf(session, { cadre: input.cadre, record: null, level, stated: entryPurpose })
    if (!purpose.ok) return purpose
    const what = { what: 'entry-check', results }
    const subject = {
      cadre: input.cadre,
      cadreName: cadre.value.name,
      category: input.category,
      level,
      ...what,
    }
    const done = await recordAccess(context, 'record', subject, purpose.value)
    if (!done.ok) return done
    known.add(key)
  }
  const content = { declaration: 'present', values: input.values } as const
  return ok({ findings: beside.findings(place, content, catalogue.value) })
}
