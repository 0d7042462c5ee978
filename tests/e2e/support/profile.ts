import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { chromium, type Page } from '@playwright/test'
import { chromium as chromiumTool, chromiumArguments } from '../../../scripts/chromium.mjs'
import { findSystemTool } from '../../../scripts/system-tool.mjs'
import { environmentOf, type Premises } from './application.ts'

/** The system's browser with a profile that stays on the disk, as people have it. */
export interface ProfileBrowser {
  readonly page: Page
  /** Ends every process of it at once, as a power cut does. */
  kill(): Promise<void>
}

export async function openProfile(premises: Premises, profile: string): Promise<ProfileBrowser> {
  const program = findSystemTool(chromiumTool)
  if (program === undefined) throw new Error('no browser')
  const words = ['--headless=new', '--remote-debugging-port=0', `--user-data-dir=${profile}`, '--lang=zh-CN']
  const child = spawn(program, [...chromiumArguments, ...words, 'about:blank'], {
    // A group of its own, so that all of its processes can be ended together.
    detached: true,
    env: environmentOf(premises),
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const ended = once(child, 'exit')
  const endpoint = Promise.withResolvers<string>()
  createInterface({ input: child.stderr }).on('line', (line) => {
    const address = /^DevTools listening on (ws:\S+)$/.exec(line)?.[1]
    if (address !== undefined) endpoint.resolve(address)
  })
  void ended.then(() => endpoint.reject(new Error('the browser ended')))
  const browser = await chromium.connectOverCDP(await endpoint.promise)
  const context = browser.contexts()[0]
  if (context === undefined) throw new Error('the browser has no profile')
  // It listens a moment before it shows its first page.
  const page = context.pages()[0] ?? (await context.waitForEvent('page'))
  return {
    page,
    async kill() {
      if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return
      if (process.platform === 'win32') child.kill('SIGKILL')
      else process.kill(-child.pid, 'SIGKILL')
      await ended
    },
  }
}
