/** Read by people who have chosen no language yet: both. */
export const usage = `廉档命令行 · Liandang on the command line

  liandang verify --vault DIR --login 登录名 [--json]
      校验变更日志、签名、数据表与佐证材料 · checks the log, signatures, tables and evidence
  liandang rebuild --vault DIR --login 登录名 [--json]
      按日志重建数据表 · derives the tables from the log anew
  liandang bundle --vault DIR --login 登录名 --to FOLDER [--full] [--json]
      导出同步包（U 盘、光盘）· writes bundles into a folder
  liandang receive --vault DIR --login 登录名 FILE… [--json]
      接收上级节点的回执 · takes in receipts
  liandang demo [--out DIR] [--seed N] [--port N]
      建立演示单位并打开程序 · founds a made-up unit and opens the application on it
  liandang demo --headless --out DIR [--seed N]
      不开窗口走完全程，最后输出一行 JSON · goes the whole road without a window
  liandang hub …
      运行上级节点，参数见 liandang hub --help · runs the upstream node
  liandang help

  密码在终端输入且不显示；也可用 --password-file FILE，或由标准输入给出。
  The password is typed without echo, or comes from --password-file FILE or standard input.

  退出码 · exit code: 0 通过或完成 · verified or done, 1 未通过 · not verified, 2 用法错误或未能执行 · misused or refused
`
