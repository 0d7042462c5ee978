import { defineConfig } from 'vitest/config'

/**
 * For mutation testing: the tests that state the rules of `src-shared/review` and `src-shared/access`, or those of them
 * that `LIANDANG_MUTATION_TESTS` names (globs, separated by semicolons).
 */
const rules = 'tests/{unit,property}/{review,access}/**/*.test.ts'

export default defineConfig({
  test: {
    include: (process.env['LIANDANG_MUTATION_TESTS'] ?? rules).split(';'),
    environment: 'node',
    // The files of one run share their modules: most of the time of a mutant is the loading of them.
    isolate: false,
    env: { LIANDANG_MUTATION: '1' },
    testTimeout: 120_000,
    passWithNoTests: false,
  },
})
