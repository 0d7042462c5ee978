import dayjs from 'dayjs'

/** A moment (ISO 8601 UTC) in this machine's time, to the second; empty for what is no moment. */
export function secondText(iso: string): string {
  const moment = dayjs(iso)
  return moment.isValid() ? moment.format('YYYY-MM-DD HH:mm:ss') : ''
}
