export interface TableFile {
  readonly name: string
  readonly bytes: Uint8Array
}
