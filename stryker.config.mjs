/** What is mutated, with what tests, and how few mutants may survive. Run by `npm run mutation`, folder by folder. */
export default {
  testRunner: 'vitest',
  vitest: { configFile: 'vitest.mutation.config.ts', related: false },
  mutate: ['src-shared/review/**/*.ts', 'src-shared/access/**/*.ts'],
  ignorePatterns: ['.stryker-tmp', 'out', 'bench', 'reports', 'src-renderer', 'tests/e2e', 'test-results'],
  coverageAnalysis: 'perTest',
  concurrency: 1,
  incremental: true,
  incrementalFile: 'reports/mutation/incremental.json',
  reporters: ['json', 'progress-append-only'],
  jsonReporter: { fileName: 'reports/mutation/mutation.json' },
  thresholds: { high: 95, low: 90, break: 90 },
  // A loaded machine is no infinite loop.
  timeoutMS: 15_000,
  timeoutFactor: 4,
  tempDirName: '.stryker-tmp',
}
