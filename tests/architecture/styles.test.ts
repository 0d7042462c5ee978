import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { root } from './sources.ts'

const styles = join(root, 'src-renderer', 'ui', 'styles')

test('every style sheet is part of the page', () => {
  const page = readFileSync(join(styles, '..', 'styles.css'), 'utf8')
  const imported = [...page.matchAll(/@import "\.\/styles\/([^"]+)"/g)].map(([, name]) => name)
  expect(imported.toSorted()).toEqual(readdirSync(styles).sort())
})
