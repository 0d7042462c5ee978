/**
 * What pure code may take from its surroundings: the few things that a browser and Node share. Only
 * `tsconfig.shared.json` reads this file; the other layers have the real typings.
 */

declare class TextEncoder {
  encode(text?: string): Uint8Array<ArrayBuffer>
}

declare class TextDecoder {
  constructor(label?: string, options?: { fatal?: boolean; ignoreBOM?: boolean })
  decode(bytes?: Uint8Array | ArrayBuffer): string
}

declare function atob(text: string): string
declare function btoa(binary: string): string

interface AbortSignal {
  readonly aborted: boolean
  readonly reason: unknown
  throwIfAborted(): void
}
