import {
  LeftOutlined,
  MinusOutlined,
  PlusOutlined,
  RightOutlined,
  RotateRightOutlined,
} from '@ant-design/icons'
import { Button } from 'antd'
import { useState, type KeyboardEvent, type ReactNode } from 'react'
import { useText } from '../../ui/text.ts'

const smallest = 0.5
const largest = 4
const step = 0.25

export interface Pose {
  /** 1 fills the width of the frame. */
  readonly zoom: number
  /** Quarter turns clockwise, 0 to 3. */
  readonly turns: number
  larger(): void
  smaller(): void
  turn(): void
}

/** How a piece of evidence is held: near or far, upright or on its side. */
export function usePose(): Pose {
  const [zoom, setZoom] = useState(1)
  const [turns, setTurns] = useState(0)
  return {
    zoom,
    turns,
    larger: () => setZoom(Math.min(largest, zoom + step)),
    smaller: () => setZoom(Math.max(smallest, zoom - step)),
    turn: () => setTurns((turns + 1) % 4),
  }
}

export interface Pages {
  readonly number: number
  readonly count: number
  turnTo(number: number): void
}

interface PreviewFrameProps {
  readonly name: string
  readonly pose: Pose
  /** Absent where there is one page only. */
  readonly pages?: Pages
  readonly children: ReactNode
}

/** The tools over a picture or a page, and the frame that it is moved about in; + − R and the arrows do the same. */
export function PreviewFrame({ name, pose, pages, children }: PreviewFrameProps) {
  const text = useText()
  const onKey = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return
    if (event.key === '+' || event.key === '=') pose.larger()
    else if (event.key === '-') pose.smaller()
    else if (event.key.toLowerCase() === 'r') pose.turn()
    else if (pages !== undefined && event.key === 'ArrowRight' && pages.number < pages.count)
      pages.turnTo(pages.number + 1)
    else if (pages !== undefined && event.key === 'ArrowLeft' && pages.number > 1)
      pages.turnTo(pages.number - 1)
    else return
    event.preventDefault()
  }
  return (
    <div className="preview-image">
      <div className="preview-tools">
        {pages === undefined || pages.count < 2 ? null : (
          <>
            <Button
              size="small"
              icon={<LeftOutlined />}
              aria-label={text('evidence.page-before')}
              disabled={pages.number <= 1}
              onClick={() => pages.turnTo(pages.number - 1)}
            />
            <span className="number" aria-live="polite">
              {text('evidence.page', { number: pages.number, count: pages.count })}
            </span>
            <Button
              size="small"
              icon={<RightOutlined />}
              aria-label={text('evidence.page-after')}
              disabled={pages.number >= pages.count}
              onClick={() => pages.turnTo(pages.number + 1)}
            />
          </>
        )}
        <Button
          size="small"
          icon={<MinusOutlined />}
          aria-label={text('evidence.smaller')}
          disabled={pose.zoom <= smallest}
          onClick={pose.smaller}
        />
        <span className="number">{Math.round(pose.zoom * 100)}%</span>
        <Button
          size="small"
          icon={<PlusOutlined />}
          aria-label={text('evidence.larger')}
          disabled={pose.zoom >= largest}
          onClick={pose.larger}
        />
        <Button
          size="small"
          icon={<RotateRightOutlined />}
          aria-label={text('evidence.turn')}
          onClick={pose.turn}
        />
        <span className="prose-faint preview-keys">{text('evidence.keys')}</span>
      </div>
      <div className="preview-frame" tabIndex={0} role="group" aria-label={name} onKeyDown={onKey}>
        {children}
      </div>
    </div>
  )
}
