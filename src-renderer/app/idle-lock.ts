import { useEffect } from 'react'
import { call } from '../bridge/index.ts'
import { lockDesk } from './lock.ts'

const lookEveryMilliseconds = 5_000
/** The core locks by itself a minute after the page should have; it is told of a hand at the desk this often. */
const tellEveryMilliseconds = 30_000

/**
 * Locks a desk that nobody touched for so many minutes. It looks at the clock rather than waiting for one timer, so that
 * a machine that slept is locked as soon as it wakes.
 */
export function useIdleLock(minutes: number): void {
  useEffect(() => {
    let touched = Date.now()
    let told = touched
    let isLocking = false
    const touch = () => {
      touched = Date.now()
      if (touched - told < tellEveryMilliseconds) return
      told = touched
      void call('settings.read', {})
    }
    const look = () => {
      if (isLocking || Date.now() - touched < minutes * 60_000) return
      isLocking = true
      void lockDesk().then((locked) => {
        isLocking = locked.ok
      })
    }
    const signs = ['pointerdown', 'pointermove', 'keydown', 'wheel'] as const
    for (const sign of signs) window.addEventListener(sign, touch, { passive: true })
    const timer = window.setInterval(look, lookEveryMilliseconds)
    return () => {
      window.clearInterval(timer)
      for (const sign of signs) window.removeEventListener(sign, touch)
    }
  }, [minutes])
}

/** Ctrl+Alt+L locks, wherever the focus is and whatever the keyboard's language. No browser takes these keys itself. */
export function useLockKey(): void {
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if (event.code !== 'KeyL' || !event.ctrlKey || !event.altKey || event.repeat) return
      event.preventDefault()
      void lockDesk()
    }
    window.addEventListener('keydown', pressed, { capture: true })
    return () => window.removeEventListener('keydown', pressed, { capture: true })
  }, [])
}
