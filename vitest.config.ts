import { defineConfig } from 'vitest/config'

// Property and chaos tests do much work per test; a limit is there to end a hang, not to judge speed.
export default defineConfig({
  test: {
    include: ['tests/{unit,property,vectors,integration,attack,chaos,architecture}/**/*.test.{ts,tsx}'],
    environment: 'node',
    pool: 'forks',
    // Unasked it leaves one processor free, which on a PC of two doubles the time.
    maxWorkers: '100%',
    testTimeout: 300_000,
    hookTimeout: 300_000,
    // What is waited for would otherwise have to come within a second, however busy the machine.
    expect: { poll: { timeout: 60_000 } },
    slowTestThreshold: 5_000,
    allowOnly: false,
    passWithNoTests: false,
  },
})
