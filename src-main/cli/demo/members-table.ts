import { demoMembers } from './office.ts'

/** Who can log in, for the person at the terminal. */
export function membersTable(): readonly string[] {
  const rows = [
    ['登录名', '密码', '角色', '姓名'],
    ...demoMembers.map(({ login, password, title, name }) => [login, password, title, name]),
  ]
  const widths = [0, 1, 2, 3].map((column) => Math.max(...rows.map((row) => widthOf(row[column] ?? ''))))
  return rows.map((row) =>
    row
      .map((cell, column) => padded(cell, widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  )
}

/** Columns on a terminal: a Chinese character takes two. */
function widthOf(text: string): number {
  return [...text].reduce((width, character) => width + (character > '\u2E7F' ? 2 : 1), 0)
}

function padded(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - widthOf(text)))
}
