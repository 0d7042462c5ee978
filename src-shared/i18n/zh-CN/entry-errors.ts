/** Why a statement of 本期无变化 was not taken: what happened, what is safe, what to do. */
export const entryErrorMessages = {
  'error.entry/nothing-to-confirm': '所选类别还没有已归档的内容，未予提交。请先填报该类别。',
  'error.entry/period-stated': '所选类别本期已作过“本期无变化”的声明，未重复提交。请在“办理中”或档案中查看。',
  'error.entry/period-closed': '只能声明本期或上一期无变化，未予提交。请重新选择。',
} as const
