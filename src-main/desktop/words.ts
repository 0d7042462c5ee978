/** What the shell itself says: the menu and the reasons not to start. */
export interface Words {
  readonly alreadyRunning: (file: string) => string
  readonly copy: string
  readonly cut: string
  readonly edit: string
  readonly failed: (code: string) => string
  readonly fullScreen: string
  readonly notBuilt: string
  readonly paste: string
  readonly quit: string
  readonly redo: string
  readonly resetZoom: string
  readonly selectAll: string
  readonly title: string
  readonly undo: string
  readonly view: string
  readonly zoomIn: string
  readonly zoomOut: string
}

const chinese: Words = {
  alreadyRunning: (file) =>
    `廉档已在使用这个档案库。请回到已打开的窗口；若确认没有运行，请删除档案库旁边的文件 ${file} 后重试。`,
  copy: '复制',
  cut: '剪切',
  edit: '编辑',
  failed: (code) => `廉档未能启动（${code}）。档案库没有被改动。请检查磁盘空间和文件夹权限后重试。`,
  fullScreen: '全屏',
  notBuilt: '程序不完整：缺少界面文件。请重新安装。',
  paste: '粘贴',
  quit: '退出',
  redo: '重做',
  resetZoom: '实际大小',
  selectAll: '全选',
  title: '廉档',
  undo: '撤销',
  view: '显示',
  zoomIn: '放大',
  zoomOut: '缩小',
}

const english: Words = {
  alreadyRunning: (file) =>
    `Liandang is already working on this vault. Go back to its window; if you are sure that it is not running, delete the file ${file} beside the vault and try again.`,
  copy: 'Copy',
  cut: 'Cut',
  edit: 'Edit',
  failed: (code) =>
    `Liandang could not start (${code}). The vault was not changed. Check the disk space and the rights to the folder, then try again.`,
  fullScreen: 'Full screen',
  notBuilt: 'The program is incomplete: its page is missing. Please install it again.',
  paste: 'Paste',
  quit: 'Quit',
  redo: 'Redo',
  resetZoom: 'Actual size',
  selectAll: 'Select all',
  title: '廉档 Liandang',
  undo: 'Undo',
  view: 'View',
  zoomIn: 'Zoom in',
  zoomOut: 'Zoom out',
}

/** Chinese unless the system's language (a BCP 47 tag) is a different one. */
export function wordsFor(locale: string): Words {
  return locale === '' || /^zh\b/i.test(locale) ? chinese : english
}
