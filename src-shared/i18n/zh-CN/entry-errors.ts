/** Why a statement of 本期无变化 was not taken: what happened, what is safe, what to do. */
export const entryErrorMessages = {
  'error.entry/nothing-to-confirm': '所选类别还没有已归档的内容，未予提交。请先填报该类别。',
  'error.entry/period-stated': '所选类别本期已作过“本期无变化”的声明，未重复提交。请在“办理中”或档案中查看。',
  'error.entry/period-closed': '只能声明本期或上一期无变化，未予提交。请重新选择。',
  'error.twin/unknown': '找不到这项重复档案的处理意见，或两份档案对不上，未作任何改动。请刷新后再看。',
  'error.twin/settled': '这项处理意见已经有了结果，未重复处理。请刷新后再看。',
  'error.twin/nobody-answers':
    '提出人和确认人中至少要有一人是审签人或纪检专管员，未予确认。请由审签人或纪检专管员确认。',
  'error.twin/decided':
    '这两份档案已有处理意见正在等待确认，或已经作过决定，未重复提出。请先在“重复档案”中处理原有的意见。',
  'error.twin/merged': '其中一份档案已经并入别的档案，未予提出。请先撤销原来的合并，或改为处理并入后的档案。',
} as const
