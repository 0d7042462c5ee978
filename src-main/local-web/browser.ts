import { spawn } from 'node:child_process'

/** The program that opens an address in the system's browser, or undefined where there is no screen to show it. */
export function browserCommand(
  address: string,
  platform: NodeJS.Platform,
  environment: Readonly<Record<string, string | undefined>>,
): readonly [program: string, ...parameters: string[]] | undefined {
  if (platform === 'win32') return ['rundll32', 'url.dll,FileProtocolHandler', address]
  if (platform === 'darwin') return ['open', address]
  if (environment['DISPLAY'] === undefined && environment['WAYLAND_DISPLAY'] === undefined) return undefined
  return ['xdg-open', address]
}

/** Opens the system's browser; `failed` is called if there is none or it could not be started. */
export function openBrowser(address: string, failed: () => void): void {
  const command = browserCommand(address, process.platform, process.env)
  if (command === undefined) {
    failed()
    return
  }
  const [program, ...parameters] = command
  const child = spawn(program, parameters, { detached: true, stdio: 'ignore' })
  child.once('error', failed)
  child.once('exit', (code) => {
    if (code !== 0 && code !== null) failed()
  })
  // The browser outlives this program.
  child.unref()
}
