export interface PostLine {
  readonly from: string
  readonly to: string
  readonly organization: string
  readonly position: string
  readonly note: string
}

const period =
  /^(\d{4}[.年/-]\d{1,2}月?|\d{6,8}|\d{4})\s*(?:--|—+|－+|–|~|～|至|-)\s*(\d{4}[.年/-]\d{1,2}月?|\d{6,8}|\d{4}|今|至今|现在)?\s*(.*)$/
const bodies =
  '政府|大学|学院|学校|党校|中学|小学|公司|中心|委员会|办公室|法院|检察院|研究院|医院|银行|集团|协会|联合会|总工会|机关|单位|支行|分行|大队|支队|[局委办部厅院处科股室所站队厂乡镇街道系会]'
const posts =
  '书记|局长|厅长|部长|处长|科长|股长|主任|院长|校长|所长|站长|队长|镇长|乡长|县长|区长|市长|省长|州长|行长|经理|总裁|董事长|董事|监事|秘书长|秘书|组长|组员|成员|委员|常委|主席|会长|理事|检察长|审判长|审判员|庭长|法官|检察官|巡视员|调研员|科员|办事员|职员|干部|干事|工人|教师|教授|讲师|助教|医师|工程师|会计师|会计|出纳|研究员|助理|顾问|学员|学生|学习|就读|见习|试用|待分配'
const titled = new RegExp(
  `^(.*(?:${bodies})(?<!党委|党支部|党总支|工会))((?:(?:党组|党委|党支部|党总支|分党组|机关党委|纪委|纪检组|工会|常务|第一|副|代|正|总|兼|[一二三四]级|主任|人事|高级|中级|初级|助理)*)(?:${posts}).*)$`,
)

/**
 * The lines of a 简历, `1998.07--2001.03  单位职务`. A line that begins with no period belongs to the one before it. Unit
 * and post are told apart where a space or the words do it; where they do not, the post stays empty, which a person
 * fills in.
 */
export function postLines(text: string): readonly PostLine[] {
  const lines: PostLine[] = []
  for (const written of text.split(/\r\n|\r|\n/)) {
    const line = written.trim()
    if (line === '') continue
    const match = period.exec(line)
    const before = lines.at(-1)
    if (match === null) {
      const note = before === undefined || before.note === '' ? line : `${before.note}\n${line}`
      if (before === undefined) lines.push({ from: '', to: '', organization: line, position: '', note: '' })
      else lines[lines.length - 1] = { ...before, note }
      continue
    }
    const [, from = '', until = '', rest = ''] = match
    const to = /今|现在/.test(until) ? '' : until
    lines.push({ from, to, ...unitAndPost(rest.trim()), note: '' })
  }
  return lines
}

function unitAndPost(text: string): { readonly organization: string; readonly position: string } {
  const spaced = /^(\S+)\s+(\S.*)$/.exec(text)
  if (spaced !== null) return { organization: spaced[1] as string, position: spaced[2] as string }
  const named = text.length > 200 ? null : titled.exec(text)
  if (named !== null) return { organization: named[1] as string, position: named[2] as string }
  return { organization: text, position: '' }
}
