import { creditCodeCheckCharacter } from '../../../src-shared/catalogue/credit-code.ts'
import { identityCheckCharacter } from '../../../src-shared/catalogue/identity.ts'
import { dayIn, yearOf, type Day } from './days.ts'
import type { Random } from './random.ts'

export type Sex = '1' | '2'

export interface Person {
  readonly name: string
  /** GB/T 2261.1 */
  readonly sex: Sex
  readonly birth: Day
  readonly identityNumber: string
}

const surnames = [
  ...'王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕',
  '欧阳',
  '上官',
]
const maleNames = [...'伟强军磊勇杰涛明超刚辉健鹏斌波海山林峰龙']
const femaleNames = [...'芳娜敏静丽艳娟霞秀兰玲桂英梅燕红萍莉琴雪']
const middleNames = [...'建国文志晓春德永玉秀光正立新世家庆荣海']

/**
 * Provinces are real (GB/T 2260); the place 9999 below each never was: prefectures end at 90. So every number passes
 * the check of GB 11643 and none is anybody's.
 */
const provinces = ['33', '36', '42', '43', '50', '51', '52', '53', '61'] as const
const nowhere = '9999'

/** A name that is not among those taken, which it joins. */
export function newName(random: Random, sex: Sex, taken: Set<string>, surname?: string): string {
  for (;;) {
    const family = surname ?? random.pick(surnames)
    const given = random.pick(sex === '1' ? maleNames : femaleNames)
    const name = random.chance(70) ? `${family}${random.pick(middleNames)}${given}` : `${family}${given}`
    if (taken.has(name)) continue
    taken.add(name)
    return name
  }
}

export function surnameOf(name: string): string {
  return ['欧阳', '上官'].find((double) => name.startsWith(double)) ?? name.slice(0, 1)
}

export function newPerson(
  random: Random,
  taken: Set<string>,
  born: { readonly sex: Sex; readonly year: number; readonly surname?: string },
): Person {
  const { sex, year, surname } = born
  const birth = dayIn(random, year)
  const name = newName(random, sex, taken, surname)
  return { name, sex, birth, identityNumber: identityNumber(random, sex, birth) }
}

function identityNumber(random: Random, sex: Sex, birth: Day): string {
  // Odd for men, even for women (GB 11643 §5.3).
  const order = random.integer(0, 498) * 2 + (sex === '1' ? 1 : 2)
  const digits = `${random.pick(provinces)}${nowhere}${birth.replaceAll('-', '')}${String(order).padStart(3, '0')}`
  return `${digits}${identityCheckCharacter(digits)}`
}

/** A credit code (GB 32100) of an enterprise (91) or household business (92) registered in no real place. */
export function newCreditCode(random: Random, kind: '91' | '92'): string {
  const alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY'
  const organisation = Array.from({ length: 9 }, () => random.pick([...alphabet])).join('')
  const characters = `${kind}${random.pick(provinces)}${nowhere}${organisation}`
  return `${characters}${creditCodeCheckCharacter(characters)}`
}

export interface Post {
  readonly title: string
  /** GB/T 12407: `postLevel` and `rank` of the catalogue. */
  readonly level: string
  readonly rank: string
}

const leaders: readonly Post[] = [
  { title: '清河镇党委书记', level: '51', rank: '07' },
  { title: '清河镇党委副书记、镇长', level: '51', rank: '08' },
  { title: '清河镇人大主席', level: '51', rank: '08' },
  { title: '清河镇党委副书记、政法委员', level: '52', rank: '09' },
  { title: '清河镇党委委员、组织委员', level: '52', rank: '09' },
  { title: '清河镇党委委员、宣传委员', level: '52', rank: '10' },
  { title: '清河镇党委委员、武装部部长', level: '52', rank: '10' },
  { title: '清河镇党委委员、副镇长', level: '52', rank: '09' },
  { title: '清河镇副镇长（分管农业）', level: '52', rank: '10' },
  { title: '清河镇副镇长（分管城建）', level: '52', rank: '10' },
  { title: '清河镇财政所所长', level: '60', rank: '10' },
  { title: '清河镇自然资源和规划所所长', level: '60', rank: '10' },
  { title: '清河镇农业农村办公室主任', level: '60', rank: '11' },
  { title: '清河镇党政综合办公室主任', level: '60', rank: '11' },
  { title: '清河镇社会事务办公室主任', level: '60', rank: '11' },
]
const villages = [
  '上坪村',
  '下坪村',
  '石桥村',
  '柳树村',
  '双河村',
  '大湾村',
  '茶园村',
  '龙泉社区',
  '新街社区',
]
const offices = ['财政所', '党政综合办公室', '农业农村办公室', '社会事务办公室', '综合行政执法队']

/** The posts of a town: the leaders first, then villages and offices. */
export function postAt(random: Random, index: number): Post {
  const leader = leaders[index]
  if (leader !== undefined) return leader
  const village = villages[index - leaders.length]
  if (village !== undefined) return { title: `${village}党支部书记、主任`, level: '90', rank: '99' }
  if (random.chance(40)) return { title: `${random.pick(villages)}委会委员`, level: '90', rank: '99' }
  return {
    title: `清河镇${random.pick(offices)}科员`,
    level: '90',
    rank: random.pick(['11', '12', '25', '26']),
  }
}

export interface Kin extends Person {
  /** Code of the table `relation` (GB/T 4761). */
  readonly relation: string
  readonly workplace: string
  /** Whether the identity number is on the form. */
  readonly numbered: boolean
}

const works = ['务农', '清河镇中心小学教师', '清河镇卫生院护士', '个体经营', '县供电公司职工', '外出务工']

/** Spouse, father and a child; `early` adds a child that was born when the cadre was nine. */
export function familyOf(
  random: Random,
  cadre: Person,
  taken: Set<string>,
  today: Day,
  early: boolean,
): readonly Kin[] {
  const kin: Kin[] = []
  const year = yearOf(cadre.birth)
  const own = surnameOf(cadre.name)
  const add = (relation: string, sex: Sex, born: number, workplace: string, surname?: string) => {
    const person = newPerson(random, taken, {
      sex,
      year: born,
      ...(surname === undefined ? {} : { surname }),
    })
    kin.push({ ...person, relation, workplace, numbered: random.chance(60) })
  }
  const addChild = (born: number) => {
    const sex = random.pick(['1', '2'] as const)
    const workplace = yearOf(today) - born > 22 ? random.pick(works) : '学生'
    add(sex === '1' ? '20' : '30', sex, born, workplace, cadre.sex === '1' ? own : undefined)
  }
  if (random.chance(45)) add('51', '1', year - random.integer(22, 32), '退休', own)
  if (random.chance(80)) {
    const sex = cadre.sex === '1' ? '2' : '1'
    add(sex === '2' ? '12' : '11', sex, year + random.integer(-3, 3), random.pick(works))
    const born = year + random.integer(23, 29)
    if (born < yearOf(today) && random.chance(70)) addChild(born)
  }
  if (early) addChild(year + 9)
  return kin
}
