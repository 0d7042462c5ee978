/** Of adding and keeping evidence. */
export const evidenceErrorMessages = {
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
