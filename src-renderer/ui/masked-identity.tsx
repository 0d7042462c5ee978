import { EyeInvisibleOutlined, EyeOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useEffect, useState } from 'react'
import { useText } from './text.ts'

/** How long an identity number stays readable after it was asked for. */
const shownMilliseconds = 30_000

/** Area, date of birth and the rest apart, as on the card. */
function grouped(number: string): string {
  return number.length === 18 ? `${number.slice(0, 6)} ${number.slice(6, 14)} ${number.slice(14)}` : number
}

function masked(number: string): string {
  return grouped(number.slice(0, -4).replace(/./g, '*') + number.slice(-4))
}

/** An identity number: only its end until asked for, and covered again after half a minute. */
export function MaskedIdentity({ number }: { readonly number: string }) {
  const text = useText()
  const [isShown, setShown] = useState(false)
  useEffect(() => {
    if (!isShown) return undefined
    const timer = window.setTimeout(() => setShown(false), shownMilliseconds)
    return () => window.clearTimeout(timer)
  }, [isShown])
  return (
    <span className="identity">
      <span className="number">{isShown ? grouped(number) : masked(number)}</span>
      <Button
        type="text"
        size="small"
        aria-pressed={isShown}
        aria-label={text(isShown ? 'identity.cover' : 'identity.show')}
        icon={isShown ? <EyeInvisibleOutlined /> : <EyeOutlined />}
        onClick={(event) => {
          event.stopPropagation()
          setShown(!isShown)
        }}
      />
    </span>
  )
}
