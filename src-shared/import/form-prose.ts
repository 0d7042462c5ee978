export interface AwardLine {
  readonly kind: string
  readonly name: string
  readonly on: string
  readonly authority: string
}

export interface AssessmentLine {
  readonly year: string
  readonly grade: string
  readonly comment: string
}

const sanctionWords = /处分|警告|记过|记大过|降级|撤职|开除|留党察看|诫勉|免职/
const awardKinds: readonly (readonly [RegExp, string])[] = [
  [/嘉奖/, '嘉奖'],
  [/三等功/, '记三等功'],
  [/二等功/, '记二等功'],
  [/一等功/, '记一等功'],
  [/先进|优秀|标兵|模范/, '先进表彰'],
  [/称号/, '授予称号'],
]
const nothing = /^(?:无|没有|未受过?奖惩|—+|-+|\/)?$/
const written = /\d{4}(?:[.年/-]\d{1,2}(?:月|[./-]\d{1,2})?(?:\d{1,2}日)?)?/

function partsOf(text: string): readonly string[] {
  return text
    .split(/[\r\n;；。]+/)
    .map((part) => part.trim())
    .filter((part) => !nothing.test(part))
}

/**
 * The prose of 奖惩情况, part by part. A part that tells of a sanction is only counted: it belongs to the discipline
 * compartment and is entered there. What the prose does not say (as a rule who awarded it) stays empty, so the row goes
 * to quarantine and is completed by a person.
 */
export function awardsOf(text: string): {
  readonly awards: readonly AwardLine[]
  readonly sanctions: number
} {
  const awards: AwardLine[] = []
  let sanctions = 0
  for (const part of partsOf(text)) {
    if (sanctionWords.test(part)) {
      sanctions += 1
      continue
    }
    const on = (written.exec(part)?.[0] ?? '').replace(/年$/, '')
    const kind = awardKinds.find(([pattern]) => pattern.test(part))?.[1] ?? ''
    const authority =
      /(?:被|经|由|获|受)([^，,、被经由获受]{2,40}?(?:委|政府|局|厅|部|办|组织|公司|院|会))(?:授予|评为|评选|表彰|记|给予|嘉奖)/.exec(
        part,
      )?.[1] ?? ''
    awards.push({ kind, name: part, on, authority })
  }
  return { awards, sanctions }
}

const grade = '优秀|基本称职|基本合格|不称职|不合格|称职|合格|不定等次|未定等次'
const assessed = new RegExp(
  `(\\d{4})年?(?:度)?(?:年度)?(?:考核)?(?:结果|等次|评定)?(?:为|[:：])?\\s*(${grade})`,
  'g',
)

/** Years and grades in the prose of 年度考核结果. Words that no year and grade was read from become a line of their own. */
export function assessmentsOf(text: string): readonly AssessmentLine[] {
  const lines: AssessmentLine[] = []
  for (const part of partsOf(text)) {
    const rest = part
      .replace(assessed, (_, year: string, found: string) => {
        lines.push({ year, grade: found, comment: '' })
        return ''
      })
      .replace(/^[\s,，、]+|[\s,，、]+$/g, '')
    if (rest !== '' && !/^[\s,，、和及]+$/.test(rest)) lines.push({ year: '', grade: '', comment: rest })
  }
  return lines
}
