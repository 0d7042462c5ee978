/** What a command knows of the place it runs in; tests stand in for it. */
export interface Terminal {
  /** Where a password comes from. */
  readonly input: NodeJS.ReadableStream & Partial<Pick<NodeJS.ReadStream, 'isTTY' | 'setRawMode'>>
  /** A line of the answer, on standard output. */
  out(line: string): void
  /** A line for the person who watches, on standard error. */
  note(line: string): void
  /** Standard error as it is, for what is written over itself; undefined when nobody watches. */
  readonly screen: ((text: string) => void) | undefined
  /** Aborted when the person at the terminal wants to stop. */
  readonly signal: AbortSignal
}

/** Exit codes of every command. */
export const exitCodes = {
  /** Done; what was checked is as it should be. */
  done: 0,
  /** What was checked is not as it should be; of `demo`: a step was refused. */
  notVerified: 1,
  /** The command was misused or refused. */
  failed: 2,
} as const

/** Shows how far something is in one line that is written over; says nothing when nobody watches. */
export function progressLine(terminal: Terminal, label: string) {
  let shown = false
  return {
    show(done: number, total: number): void {
      const amount = total > 0 ? `${done}/${total}` : String(done)
      terminal.screen?.(`\r\u001B[K${label} ${amount}`)
      shown = true
    },
    clear(): void {
      if (shown) terminal.screen?.('\r\u001B[K')
      shown = false
    },
  }
}
