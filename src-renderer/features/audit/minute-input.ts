import dayjs from 'dayjs'

/** Now, as a field for a local date and time holds it. */
export function minuteInput(): string {
  return dayjs().format('YYYY-MM-DDTHH:mm')
}
