/** Why a file was not imported: what happened, what is safe, what to do. */
export const importErrorMessages = {
  'error.import/encoding':
    '无法识别文件的文字编码，未导入任何内容。请用 Excel 或 WPS 另存为 UTF-8 编码的 CSV 后再试。',
  'error.import/not-a-table':
    '文件不是可识别的表格，未导入任何内容。请使用 .xlsx、.csv 表格或 .lrmx 任免审批表。',
  'error.import/too-large': '文件超过允许的大小，未导入任何内容。请拆成几个文件分次导入。',
  'error.import/too-many-rows': '表格行数超过允许的数量，未导入任何内容。请拆成几个文件分次导入。',
  'error.import/mapping-incomplete': '还有必填项目没有对应到表格的栏目，未导入任何内容。请补全对应关系。',
  'error.import/nothing-to-accept':
    '没有可以接收的行，未导入任何内容。有问题的行都在“待处理”中，请修改后再接收。',
  'error.import/unknown-session': '这次导入已经结束或不存在，未作任何更改。请重新选择文件导入。',
  'error.import/encrypted': '工作簿设有打开密码，未导入任何内容。请在 Excel 或 WPS 中去掉密码后另存再试。',
  'error.import/old-excel':
    '这是旧版 Excel 文件（.xls），未导入任何内容。请在 Excel 或 WPS 中另存为 .xlsx 后再试。',
  'error.import/bomb': '文件解压后异常庞大，疑似被做过手脚，未导入任何内容。请向来源部门核实文件。',
  'error.import/broken-workbook':
    '工作簿已损坏或不完整，未导入任何内容。请在 Excel 或 WPS 中打开并另存为 .xlsx 后再试。',
  'error.import/forbidden-xml':
    '文件中含有不允许的内容（文档类型声明或实体），未导入任何内容。请向来源部门核实文件。',
  'error.import/broken-form':
    '任免审批表文件（.lrmx）已损坏或格式不符，未导入任何内容。请用任免表软件重新导出。',
  'error.import/sheet-missing': '工作簿中没有这个工作表，未导入任何内容。请重新选择工作表。',
  'error.import/imported-before':
    '内容完全相同的文件已经导入过，这次没有再导入。如需更正，请在已导入的记录上办理。',
  'error.import/file-changed': '文件在检查之后又被改动，未导入该文件。请重新检查文件夹。',
  'error.source/name-taken':
    '已有同名的来源，未作更改。每个来源的名称必须不同，改名后也不能借用别的来源的旧名称。',
  'error.source/folder-taken': '这个文件夹已用于另一个来源，未作更改。请为每个来源各建一个文件夹。',
  'error.source/unfit': '所选类别或部门不能用于来源，未作更改。请选择采集清单中在用、非纪检分区的类别。',
  'error.source/period': '期次或送达日期不对，未作登记。请选择该来源的期次，日期不能晚于今天。',
  'error.source/not-a-file': '这不是普通文件（例如快捷方式或链接），没有读取。请让来源部门放入文件本身。',
  'error.source/other-category': '文件内容不属于这个来源的类别，没有导入。请核对是否放错了文件夹。',
} as const satisfies Record<string, string>
