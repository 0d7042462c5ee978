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
}
