/** Why a dossier does not go to another unit, or come from one. */
export const transferErrorMessages = {
  'error.transfer/not-a-card': '这不是单位名片，或名片被改动过。未作任何更改。请向对方单位重新索取名片。',
  'error.transfer/wrong-code':
    '核对码不一致：可能听错，也可能文件被人换过。未作任何更改。请给对方打电话重新核对；仍不一致就不要继续。',
  'error.transfer/own-unit': '这是本单位自己的名片或移交包。未作任何更改。请选用对方单位的。',
  'error.transfer/other-unit': '这份移交包是给别的单位的。未作任何更改。请退还来件单位。',
  'error.transfer/history':
    '移交包里的记录不完整或前后不符，未予接收。现有档案未受影响。请移交单位重新导出。',
  'error.transfer/too-large': '这份档案超过移交包的上限，没有写出。档案未受影响。请减少移交的类别后重试。',
  'error.transfer/unprovable':
    '有的条目经上级决定，对方无法独立核验，不能移交。未作任何更改。请取消勾选这些类别，或与上级商定。',
  'error.transfer/open-entries': '还有未办结的条目。未作任何更改。请先办结或撤回，再移交。',
  'error.transfer/no-facts': '所选类别没有已归档的内容。未作任何更改。请另选类别。',
  'error.transfer/held':
    '这份档案已移交，等待回执或已转出，不能再录入。原有内容未受影响。如需继续使用，请审签人在收到回执前撤回移交。',
  'error.transfer/not-waiting': '这次移交已经办结或撤回。未作任何更改。请刷新后查看。',
  'error.transfer/not-matched': '还没有确认是哪位干部。未作任何更改。请先对应到本单位的档案。',
  'error.transfer/answered': '这份移交包已经答复过。未作任何更改。如对方没有收到，请重新导出回执。',
  'error.transfer/receipt-wrong':
    '回执与移交不符，或不是对方审签人签的，未予采信。档案仍在等待回执。请与对方单位核对。',
} as const satisfies Record<string, string>
