/** What the command line of the node above says to what is typed. */
export const hubErrorMessages = {
  'error.hub/not-made':
    '这个文件夹里还没有上级节点。没有作任何更改。请核对 --data 文件夹；要新建节点，先运行 hub init。',
  'error.hub/command-unknown': '没有这个命令，或参数的名称不对。没有作任何更改。请按用法重新输入。',
  'error.hub/argument-missing': '命令缺少必须填写的参数。没有作任何更改。请按用法补全后重新输入。',
  'error.hub/argument-wrong': '参数的内容不对。没有作任何更改。请按用法改正后重新输入。',
  'error.hub/revision-unknown':
    '没有这一版本在等待上级办理，可能已经办理、单位已经撤回，或编号抄错。没有作任何更改。请运行 hub waiting 查看等待办理的事项。',
  'error.hub/revision-ambiguous':
    '有几项的编号以这几位开头，不能确定是哪一项。没有作任何更改。请运行 hub waiting，多抄几位编号，或加上 --unit 单位。',
} as const satisfies Record<string, string>
