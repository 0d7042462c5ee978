import { yearOf, type Day } from './days.ts'
import { familyOf, newPerson, postAt, type Kin, type Person, type Post } from './people.ts'
import type { Random } from './random.ts'

/** Someone the made-up archive is about. */
export interface DemoCadre extends Person {
  readonly post: Post
  readonly family: readonly Kin[]
  /** False for a dossier that is opened without an identity number. */
  readonly numbered: boolean
  /** True for one whose dossier is opened by the import of a table. */
  readonly imported: boolean
}

/** All that the seed decides about the people of the unit. */
export interface DemoPeople {
  readonly cadres: readonly DemoCadre[]
  /** Two dossiers of different people under one name. */
  readonly sharedName: string
}

export const cadreCount = 60
const withoutNumber = 4
const byImport = 2
/** Whose child is nine years younger: a contradiction for a rule to find. */
const earlyParent = 7

/** Sixty cadres; each name is one person's but for two who share theirs. */
export function makePeople(random: Random, today: Day): DemoPeople {
  const taken = new Set<string>()
  const cadres: DemoCadre[] = []
  for (let index = 0; index < cadreCount; index++) {
    const sex = random.chance(68) ? '1' : '2'
    const person = newPerson(random, taken, { sex, year: yearOf(today) - random.integer(26, 58) })
    const post = postAt(random, index)
    const family = familyOf(random, person, taken, today, index === earlyParent)
    const fromEnd = cadreCount - 1 - index
    const imported = fromEnd < byImport
    const numbered = imported || fromEnd >= byImport + withoutNumber
    cadres.push({ ...person, post, family, numbered, imported })
  }
  const [first, second] = [cadres[20], cadres[31]]
  if (first === undefined || second === undefined) throw new RangeError('too few cadres')
  cadres[31] = { ...second, name: first.name, sex: second.sex }
  return { cadres, sharedName: first.name }
}

/** What a clerk copies from the personnel file (category A1). */
export function basicFacts(random: Random, cadre: DemoCadre, today: Day): Readonly<Record<string, string>> {
  const birth = yearOf(cadre.birth)
  const started = birth + random.integer(19, 23)
  const isMember = random.chance(85)
  const since = Math.max(started + 1, yearOf(today) - random.integer(1, 6))
  return {
    name: cadre.name,
    sex: cadre.sex,
    people: random.chance(85) ? '01' : random.pick(['06', '09', '12', '15', '37']),
    birth: cadre.birth,
    identityNumber: cadre.identityNumber,
    nativePlace: random.pick(['贵州遵义', '四川泸州', '重庆南川', '湖南怀化', '湖北恩施']),
    politicalStatus: isMember ? '01' : '13',
    ...(isMember
      ? { partyDate: `${started + random.integer(0, 2)}-${random.pick(['06', '07', '11'])}` }
      : {}),
    workStarted: `${started}-07`,
    education: random.pick(['20', '20', '30', '40', '10']),
    position: cadre.post.title,
    postLevel: cadre.post.level,
    rank: cadre.post.rank,
    postSince: `${since}-${random.pick(['01', '03', '05'])}`,
    address: `清河镇${random.pick(['人民路', '滨河路', '新街', '解放路'])}${random.integer(1, 180)}号`,
  }
}
