/** Of adding and keeping evidence, and of paper. */
export const evidenceErrorMessages = {
  'error.paper/other-code': '这不是本系统采集表的二维码。未作任何更改。请换一张扫描件，或手工选择条目。',
  'error.paper/already-attached': '这份扫描件已经附在该版本上，未重复添加。原来的仍在。请去掉这一行。',
  'error.paper/not-a-picture':
    '纸质原件只收图片或 PDF，这一份未予添加。其他内容未受影响。请扫描为 PDF 或图片。',
  'error.paper/not-attached': '该条目没有这份纸质原件，或它已经作废。未作任何更改。请刷新后再试。',
  'error.paper/on-its-way':
    '纪检类条目归档之后才能打印采集表。没有打印任何内容。请待归档后申请复制件，经批准后再打印。',
  'error.paper/withheld': '您还没有对照佐证重新录入，不能打印已录入的内容。没有打印任何内容。请先完成双录。',
  'error.volume/number-form': '档号不合本单位的编号规则，未予保存。填写的内容仍在。请按输入框下的提示改正。',
  'error.volume/number-taken': '这个档号已经用于另一卷，未予保存。填写的内容仍在。请核对后换一个档号。',
  'error.entry/evidence-many':
    '一个条目最多附 50 份材料，这一份未予添加。已添加的都在。请合并为 PDF 后再添加。',
  'error.entry/evidence-twice': '这份文件已经在列表中，未重复添加。已添加的都在。请去掉这一行。',
  'error.vault/evidence-damaged':
    '文件不完整或已损坏，未予添加。填写的内容仍在草稿中。请换一份能正常打开的文件。',
  'error.vault/evidence-empty': '文件是空的，未予添加。填写的内容仍在草稿中。请确认选对了文件。',
  'error.vault/evidence-pixels':
    '图片的尺寸过大（超过 1 亿像素），未予添加。填写的内容仍在草稿中。请降低扫描精度或转为 PDF 后再添加。',
  'error.vault/evidence-missing': '找不到佐证材料的文件。条目内容未受影响。请从备份或同步包中恢复该材料。',
  'error.vault/evidence-too-large':
    '佐证材料超过 2 GB，未予添加。填写的内容仍在草稿中。请压缩或拆分后再添加。',
  'error.vault/evidence-type':
    '不支持这种佐证材料的文件类型，未予添加。填写的内容仍在草稿中。请转为 PDF 或图片后再添加。',
} as const
