import dayjs from 'dayjs'

/** A moment (ISO 8601 UTC) in this machine's time, to the minute. */
export function momentText(iso: string): string {
  return dayjs(iso).format('YYYY-MM-DD HH:mm')
}

/** Its day. */
export function dayText(iso: string): string {
  return dayjs(iso).format('YYYY-MM-DD')
}

/** Today, `YYYY-MM-DD`, by this machine's clock: dates after it are in the future. */
export function today(): string {
  return dayjs().format('YYYY-MM-DD')
}

/** `1.2 MB`. */
export function bytesText(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`
  const units = ['KB', 'MB', 'GB', 'TB'] as const
  let size = bytes
  let unit = -1
  do {
    size /= 1024
    unit += 1
  } while (size >= 1024 && unit < units.length - 1)
  return `${size < 10 ? size.toFixed(1) : Math.round(size)} ${units[unit]}`
}

/** The first digits of a hash in groups of four, as people read them to each other. */
export function groupedHex(hex: string, digits = 16): string {
  return (hex.slice(0, digits).match(/.{1,4}/g) ?? []).join(' ')
}
