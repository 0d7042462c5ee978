import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'

/** Makes a rename or a new name in a directory durable. Windows cannot open a directory and does not need to. */
export function syncDirectory(directory: string): void {
  if (process.platform === 'win32') return
  const handle = openSync(directory, 'r')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

/** Replaces a file whole or not at all: written beside it, flushed, renamed, directory flushed. Mode 0600. */
export function writeFileAtomic(path: string, content: Uint8Array): void {
  const temporary = `${path}.new`
  mkdirSync(dirname(path), { recursive: true })
  const handle = openSync(temporary, 'w', 0o600)
  try {
    let offset = 0
    while (offset < content.length) offset += writeSync(handle, content, offset)
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
  renameSync(temporary, path)
  syncDirectory(dirname(path))
}
