import type { VolumeView } from '../../../src-shared/contract/paper-views.ts'
import type { CanonicalValue } from '../../../src-shared/kernel/canonical.ts'
import { newId, type Id } from '../../../src-shared/kernel/ids.ts'
import { err, ok } from '../../../src-shared/kernel/result.ts'
import { prepareBody } from '../../../src-shared/log/header.ts'
import {
  defaultNumberRule,
  numberRuleBodySchema,
  readFileNumber,
  type NumberRule,
} from '../../../src-shared/paper/file-number.ts'
import { volumeBodySchema, type Volume } from '../../../src-shared/paper/volume.ts'
import type { Database } from '../../vault/database.ts'
import { bodyOf } from '../../vault/names.ts'
import {
  numberRules,
  volumesNumbered,
  volumesOf,
  volumeSteps,
  type VolumeRow,
} from '../../vault/paper-queries.ts'
import { commitAs, openCompartment, roleAmong } from '../../vault/vault.ts'
import { recordAccess } from '../access-log.ts'
import { moment, type Session, type UnlockedHandler } from '../context.ts'
import { findCadre } from '../dossier/dossier.ts'
import { ownDossier } from '../dossier/homes.ts'
import { sightOf } from '../dossier/sight.ts'
import { openDatabases, type OpenDatabase } from '../review/filters.ts'
import { paperHand } from './papers.ts'

/** Titles of files say what they are about: they are shown to those who see all of their compartment. */
const levelOf = { archive: 3, discipline: 4 } as const

function shownDatabases(session: Session): readonly OpenDatabase[] {
  const { level } = sightOf(session)
  return openDatabases(session).filter(({ name }) => level >= levelOf[name])
}

/** What the newest rule says whose body is here and reads; null where nobody has said. */
function ruleOf(session: Session): NumberRule | null {
  const archive = session.vault.compartments.get('archive')
  if (archive === undefined) return null
  for (const digest of numberRules(archive.database)) {
    const said = numberRuleBodySchema.safeParse(bodyOf(archive.database, digest))
    if (said.success) return { parts: said.data.parts }
  }
  return null
}

export const volumeList: UnlockedHandler<'volume.list'> = ({ session }, { cadre }) => {
  if (findCadre(session, cadre) === null) return err('call/not-found')
  const rule = ruleOf(session)
  const shown = shownDatabases(session)
  const mayEnter =
    ownDossier(session) !== cadre && roleAmong(session.vault, ['collector', 'inspector']) !== null
  return ok({
    rule: rule ?? defaultNumberRule,
    isDefaultRule: rule === null,
    volumes: shown.flatMap((place) =>
      volumesOf(place.database, cadre).flatMap((row) => volumeView(session, place, row)),
    ),
    may: {
      compartments: mayEnter ? shown.map(({ name }) => name) : [],
      rule: roleAmong(session.vault, ['approver']) !== null,
    },
  })
}

function volumeView(
  session: Session,
  { name, database }: OpenDatabase,
  row: VolumeRow,
): readonly VolumeView[] {
  const said = saidIn(database, row.digest)
  if (said === null) return []
  const [, ...earlier] = volumeSteps(database, row).toReversed()
  return [
    {
      ...said,
      volume: row.volume,
      compartment: name,
      hand: paperHand(session, row.member, row.at),
      isTwice: isTaken(session, said.number, row.volume),
      history: earlier.map(({ act, digest, member, at }) => {
        const before = saidIn(database, digest)
        const { number, place } = before ?? { number: '', place: '' }
        return { act, number, place, hand: paperHand(session, member, at) }
      }),
    },
  ]
}

function saidIn(database: Database, digest: string): Volume | null {
  const said = volumeBodySchema.safeParse(bodyOf(database, digest))
  if (!said.success) return null
  const { number, title, place, rows } = said.data
  return { number, title, place, rows }
}

/** Only what the member at work is shown is looked at: a number says nothing about what they do not see. */
function isTaken(session: Session, number: string, but: Id | null): boolean {
  return shownDatabases(session).some(({ database }) =>
    volumesNumbered(database, number).some((volume) => volume !== but),
  )
}

export const volumeSet: UnlockedHandler<'volume.set'> = (context, input) => {
  const { session, primitives } = context
  const { cadre, compartment } = input
  if (findCadre(session, cadre) === null) return err('call/not-found')
  const place = shownDatabases(session).find(({ name }) => name === compartment)
  const role = roleAmong(session.vault, ['collector', 'inspector'])
  if (place === undefined || role === null) return err('call/not-permitted')
  if (ownDossier(session) === cadre) return err('review/about-oneself')
  const known = volumesOf(place.database, cadre).find(({ volume }) => volume === input.volume)
  if ((input.volume !== null || input.said === null) && known === undefined) return err('call/not-found')
  const volume = input.volume ?? newId(primitives)
  let content: { readonly [member: string]: CanonicalValue } = {}
  if (input.said !== null) {
    const number = readFileNumber(ruleOf(session) ?? defaultNumberRule, input.said.number)
    if (!number.ok) return number
    if (isTaken(session, number.value, volume)) return err('volume/number-taken')
    const { title, place: stands, rows } = input.said
    content = { number: number.value, title, place: stands, rows: rows.map((row) => ({ ...row })) }
  }
  const body = prepareBody(primitives, content)
  const act = input.said === null ? 'unset' : 'set'
  // A volume stays in the dossier it was begun in, wherever that is shown.
  const begunIn = known?.cadre ?? cadre
  const operation = { op: 'volume.set', entity: volume, digest: body.digest, cadre: begunIn, act } as const
  const done = commitAs(session.vault, compartment, role, moment(context), [operation], [body])
  if (!done.ok) return done
  context.emit({ type: 'changed', compartment })
  return ok({ volume })
}

export const volumeRule: UnlockedHandler<'volume.rule'> = (context, { parts }) => {
  const { session, primitives } = context
  const archive = openCompartment(session.vault, 'archive')
  if (!archive.ok) return archive
  const role = roleAmong(session.vault, ['approver'])
  if (role === null) return err('call/not-permitted')
  const body = prepareBody(primitives, { parts: parts.map((part) => ({ ...part })) })
  const operation = { op: 'volume.rule', entity: newId(primitives), digest: body.digest } as const
  const done = commitAs(session.vault, 'archive', role, moment(context), [operation], [body])
  if (!done.ok) return done
  context.emit({ type: 'changed', compartment: 'archive' })
  return ok(null)
}

export const volumePrint: UnlockedHandler<'volume.print'> = async (context, { cadre, volume }) => {
  const { session } = context
  const found = shownDatabases(session).find(({ database }) =>
    volumesOf(database, cadre).some((row) => row.volume === volume),
  )
  const row = findCadre(session, cadre)
  if (found === undefined || row === null) return err('call/not-found')
  const level = levelOf[found.name]
  const subject = { cadre, cadreName: row.name, level, what: 'volume-list' }
  const entered = await recordAccess(context, 'print', subject)
  return entered.ok ? ok(null) : entered
}
