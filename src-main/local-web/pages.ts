/** A page for someone who has no session: nothing of the program, only how to get in. */
export function noSessionPage(): string {
  return plainPage([
    '请使用终端中显示的地址打开廉档；在终端按回车键（Enter）可得到新地址。',
    'Open Liandang with the address shown in its terminal; press Enter there for a new one.',
  ])
}

/** For a token that is unknown or used. */
export function usedTokenPage(): string {
  return plainPage([
    '这个地址已用过或无效。请在终端按回车键（Enter）得到新地址；若页面已经打开过，可以直接继续使用。',
    'This address was used or is not valid. Press Enter in the terminal for a new one; a page that is open already goes on working.',
    '<a href="/">继续 · Go on</a>',
  ])
}

function plainPage(paragraphs: readonly string[]): string {
  const body = paragraphs.map((text) => `<p>${text}</p>`).join('\n')
  return `<!doctype html>
<html lang="zh-CN">
<head><meta charset="utf-8"><title>廉档</title></head>
<body>
<h1>廉档</h1>
${body}
</body>
</html>
`
}
