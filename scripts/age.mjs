import { pathToFileURL } from 'node:url'
import { findOrInstallSystemTool, systemToolAdvice } from './system-tool.mjs'

/** The `age` command, with which other people open a bundle: tests check that it can. */
export const age = /** @satisfies {import('./system-tool.mjs').SystemTool} */ ({
  name: 'age',
  variable: 'LIANDANG_AGE',
  commands: ['age'],
  places: ['/usr/local/bin/age', '/opt/homebrew/bin/age'],
  packages: ['age'],
})

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const path = findOrInstallSystemTool(age)
  if (path === undefined) console.error(systemToolAdvice(age))
  else console.log(path)
  process.exitCode = path === undefined ? 1 : 0
}
