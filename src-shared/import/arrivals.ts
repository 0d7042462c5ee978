/** Files in the watched folder of a source, before anybody imports them. */

/** A file is taken as whole when nothing about it has changed for so long, in milliseconds. */
export const settlingMilliseconds = 2000

/** Where files go when they were imported. */
export const importedFolder = '已导入'

/** What tells that a file has not changed. */
export interface FileMark {
  readonly size: number
  /** Milliseconds since 1970. */
  readonly modified: number
  /** The file behind the name. */
  readonly inode: string
}

/** A file that was looked at, and since when it has looked like that. */
export interface Looked extends FileMark {
  readonly since: number
}

/** What was known of a file, with what it looks like now. Copies often keep the time of their original, so only what stays the same counts. */
export function lookAgain(before: Looked | undefined, now: FileMark, at: number): Looked {
  const isSame =
    before !== undefined &&
    before.size === now.size &&
    before.modified === now.modified &&
    before.inode === now.inode &&
    before.since <= at
  return { ...now, since: isSame ? before.since : at }
}

/** Whether a file may be read: it holds something and nothing about it changed for a while. */
export function isSettled({ size, since }: Looked, at: number): boolean {
  return size > 0 && at - since >= settlingMilliseconds
}

/** Files that a program is still writing, or keeps for itself, by their names. */
export function isPassing(name: string): boolean {
  return /^[.~]/.test(name) || /\.(tmp|part|partial|crdownload|download|lock)$/i.test(name)
}

/** `arriving`: still being written, or not looked at yet. `taken`: the same bytes were imported before. */
export const arrivalStates = ['arriving', 'ready', 'taken', 'refused'] as const
export type ArrivalState = (typeof arrivalStates)[number]
