/** What the terminal and the pages without a session say. Whoever reads them has chosen no language yet: both. */
export const words = {
  started: (address: string) => `廉档 已启动 · Liandang is running: ${address}`,
  useOnce:
    '此地址只能使用一次；按回车键（Enter）可得到新地址，按 Ctrl+C 停止。 · The address works once; press Enter for a new one, Ctrl+C to stop.',
  newAddress: (address: string) => `新地址 · New address: ${address}`,
  opened: '页面已打开。如需再次打开，请按回车键。 · The page was opened. Press Enter for another address.',
  revoked:
    '有人再次使用了已用过的地址，该会话已关闭。如非本人操作，请检查本机其他用户。 · A used address was presented again, so its session was closed. If that was not you, look at who else uses this computer.',
  otherPort: (wanted: number, port: number) =>
    `端口 ${wanted} 被占用，改用 ${port}。浏览器按地址保存草稿：在原地址保存的草稿，此处看不到，也不会丢失。 · Port ${wanted} is taken, using ${port}. The browser keeps drafts by address: those saved under the usual address are not shown here, and not lost.`,
  alreadyRunning: (file: string, pid: string) =>
    `廉档已在使用这个档案库（进程 ${pid}）。请回到已打开的窗口；若确认没有运行，请删除档案库旁边的文件 ${file} 后重试。 · Liandang is already working on this vault (process ${pid}). Go back to its window; if you are sure that it is not running, delete the file ${file} beside the vault and try again.`,
  notBuilt: (directory: string) =>
    `没有找到界面文件：${directory}。请先运行 npm run build。 · The page is not built: ${directory}. Run npm run build first.`,
  coreEnded: (restarted: boolean) =>
    restarted
      ? '内核进程意外退出，已重新启动并锁定。 · The core process ended unexpectedly; it was started again, locked.'
      : '内核进程多次意外退出，已停止重启。请停止本程序后重新启动。 · The core process ended again and again and is not started any more. Stop this program and start it again.',
  coreDumps:
    '提示：无法在本机禁止内存转储（缺少 prlimit）。 · Note: memory dumps could not be forbidden on this computer (prlimit is missing).',
  noBrowser:
    '未能打开浏览器，请手工打开上面的地址。 · No browser could be opened; please open the address above.',
  stopped: '廉档 已停止 · Liandang has stopped',
  usage: [
    '用法 · Usage: local-web [--vault DIR] [--port N] [--open]',
    '  --vault DIR  档案库所在文件夹 · the folder of the vault',
    '  --port N     端口，默认 17326 · the port, 17326 unless told',
    '  --open       用系统浏览器打开 · opens the system browser',
  ].join('\n'),
} as const
