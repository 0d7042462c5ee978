import { useEffect, useMemo, useState } from 'react'
import { momentText } from '../ui/moment.ts'
import type { Session } from './session.ts'

const angleDegrees = 22
const fontPixels = 15

/**
 * Who is looking and when, faintly over the whole page: a photograph of the screen says whose it was. It takes no click
 * and is not read aloud. On paper the line at the foot of every page says it whatever the setting.
 */
export function Watermark({ session, isShown }: { readonly session: Session; readonly isShown: boolean }) {
  const at = useMinute()
  const { member, unit } = session
  const who = `${member.name} ${member.login} ${at}`
  const background = useMemo(() => `url("data:image/svg+xml,${encodeURIComponent(tileOf(who))}")`, [who])
  return (
    <>
      {isShown ? (
        <div className="watermark" aria-hidden="true" style={{ backgroundImage: background }} />
      ) : null}
      <p className="print-mark" aria-hidden="true">
        {unit.name} · {who}
      </p>
    </>
  )
}

/** The minute that it is, kept up to date. */
function useMinute(): string {
  const [minute, setMinute] = useState(() => momentText(new Date().toISOString()))
  useEffect(() => {
    const look = () => setMinute(momentText(new Date().toISOString()))
    const timer = window.setInterval(look, 5_000)
    return () => window.clearInterval(timer)
  }, [])
  return minute
}

/** Two slanted lines, set off against each other, in a tile as large as the words need. */
function tileOf(words: string): string {
  const length = [...words].reduce(
    (sum, letter) => sum + (letter > '\u2e7f' ? fontPixels : fontPixels * 0.6),
    0,
  )
  const radians = (angleDegrees * Math.PI) / 180
  const column = Math.ceil(length * Math.cos(radians)) + 24
  const row = Math.ceil(length * Math.sin(radians)) + 32
  const text = words.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
  const style = `font-family="sans-serif" font-size="${fontPixels}" fill="#7f7f7f"`
  const line = (x: number, y: number) =>
    `<text x="${x}" y="${y}" ${style} transform="rotate(-${angleDegrees} ${x} ${y})">${text}</text>`
  const lines = line(12, row - 8) + line(column + 12, 2 * row - 8)
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${2 * column}" height="${2 * row}">${lines}</svg>`
}
