/** Why a decision of the level above does not count, or was not made. */
export const directiveErrorMessages = {
  'error.directive/step-unknown':
    '上级办理的事项在这台电脑上还找不到对应的签字或提请，暂不生效。办理意见已保存。请先与本单位另一台电脑交换。',
  'error.directive/other-step':
    '上级答复的不是这一次签字或提请，不作数。条目的状态未变。请与上级核对后重新办理。',
  'error.directive/node-replaced':
    '答复来自已更换的上级节点，不作数。条目的状态未变。请由现在的上级节点重新办理。',
  'error.directive/not-asked': '这个类别不需要上级签署，上级的答复不作数。条目的状态未变。无需再办理。',
  'error.directive/already-decided':
    '上级已经办理过这一事项，后来的答复不作数。条目以先前的办理结果为准。请与上级核对。',
  'error.directive/wrong': '上级交办文件的内容不符合规定，未予接收。现有档案未受影响。请向上级重新索取。',
  'error.directive/words-needed':
    '退回或不予采纳必须写明理由，没有办理。事项仍在待办中。请补充理由后再办理。',
} as const satisfies Record<string, string>
