import type { CommandLine } from 'electron'

/** Parts of Chromium that would write or call out on their own. */
const disabled = [
  'disable-background-networking',
  'disable-breakpad',
  'disable-component-update',
  'disable-domain-reliability',
  'disable-http-cache',
  'disable-sync',
  'no-pings',
] as const

/** To be called before the application is ready. */
export function quietChromium(commandLine: Pick<CommandLine, 'appendSwitch'>): void {
  for (const name of disabled) commandLine.appendSwitch(name)
}
