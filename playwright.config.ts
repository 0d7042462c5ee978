import { defineConfig } from '@playwright/test'
import { chromium, chromiumArguments } from './scripts/chromium.mjs'
import { findSystemTool, systemToolAdvice } from './scripts/system-tool.mjs'

const executablePath = findSystemTool(chromium)
if (executablePath === undefined) throw new Error(systemToolAdvice(chromium))

const timezone = 'Asia/Shanghai'
// Page and program stand on one PC, so they agree on what day it is: what is started from here has the page's clock.
process.env['TZ'] = timezone

// The longest walks begin first: both workers end at about the same time.
const long = ['**/whole-job.test.ts', '**/review-roads.test.ts', '**/looks-and-access.test.ts']

// The application in the browser of the machine: no downloaded browser, no retries that would hide a race.
export default defineConfig({
  testDir: 'tests/e2e',
  outputDir: 'test-results/e2e',
  timeout: 300_000,
  expect: { timeout: 60_000 },
  workers: 2,
  retries: 0,
  forbidOnly: true,
  projects: [
    { name: 'long walks', testMatch: long },
    { name: 'walks', testIgnore: long },
  ],
  use: {
    browserName: 'chromium',
    headless: true,
    locale: 'zh-CN',
    timezoneId: timezone,
    viewport: { width: 1366, height: 768 },
    trace: 'retain-on-failure',
    launchOptions: {
      executablePath,
      args: chromiumArguments,
      chromiumSandbox: process.getuid?.() !== 0,
    },
  },
})
