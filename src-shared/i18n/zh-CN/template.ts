import type { TemplateWords } from '../../import/template.ts'

/** Templates go to other departments and are filled in Chinese, whatever language the screen has. */
export const templateWords: TemplateWords = {
  general:
    '带 * 的栏目必填。没有此类情况的人员，在第一个必填栏目写“无此情况”；不清楚的留空。请不要改动栏目名和工作表名。',
  cadre: '这一行记在哪位干部名下。',
  identity: '18 位公民身份号码，用来区分同名干部。',
  date: '写作 2026-03-05；只知道年月的写 2026-03，只知道年份的写 2026。',
  money: '以元为单位的数字，可以带两位小数。',
  required: '必填。',
  period: '起止写在一格，如“2020-01 至 2021-03”；仍在继续的写“2020-01 至今”。',
  organisation: '写全称；知道统一社会信用代码的，写在后面的括号里。',
  area: '写明省、市、县，如“贵州省遵义市播州区”，也可以写六位行政区划代码。',
  rows: '每条一行（格内换行），各栏用“|”隔开，依次为：',
}
