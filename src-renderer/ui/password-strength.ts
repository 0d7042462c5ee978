export type PasswordStrength = 'weak' | 'fair' | 'good'

const rows = ['qwertyuiop', 'asdfghjkl', 'zxcvbnm', '0123456789', 'abcdefghijklmnopqrstuvwxyz']
const usual = ['password', 'mima', 'liandang', 'woaini', 'admin', '密码', '廉档', 'iloveyou', 'welcome']

/**
 * How hard a password is to guess, roughly: bits of what is left when names, usual words, rows of the keyboard,
 * repetitions and years are counted as one character each. A hint for people, not a gate.
 */
export function passwordStrength(password: string, names: readonly string[]): PasswordStrength {
  const plain = password.normalize('NFKC').toLowerCase()
  const known = [...names.map((name) => name.normalize('NFKC').trim().toLowerCase()), ...usual]
  let rest = plain
  for (const word of known) if (word.length >= 2) rest = rest.replaceAll(word, '*')
  rest = rest.replaceAll(/(19|20)\d\d/g, '*').replaceAll(/(.)\1+/gu, '$1')
  rest = withoutRuns(rest)
  const bits = [...rest].length * Math.log2(alphabetOf(password))
  return bits < 45 ? 'weak' : bits < 65 ? 'fair' : 'good'
}

/** Runs of three or more along a row of the keyboard, either way, shrink to one character. */
function withoutRuns(text: string): string {
  let kept = ''
  for (let at = 0; at < text.length; ) {
    let length = 1
    while (at + length < text.length && isRun(text.slice(at, at + length + 1))) length += 1
    kept += length >= 3 ? '*' : text.slice(at, at + length)
    at += length
  }
  return kept
}

function isRun(text: string): boolean {
  if (text.length < 2) return false
  const back = [...text].reverse().join('')
  return rows.some((row) => row.includes(text) || row.includes(back))
}

function alphabetOf(password: string): number {
  const classes: readonly (readonly [RegExp, number])[] = [
    [/[a-z]/, 26],
    [/[A-Z]/, 26],
    [/[0-9]/, 10],
    [/[!-/:-@[-`{-~ ]/, 33],
    [/[^\x20-\x7e]/, 500],
  ]
  return Math.max(
    2,
    classes.reduce((size, [kind, count]) => size + (kind.test(password) ? count : 0), 0),
  )
}
