import { performance } from 'node:perf_hooks'

// The core itself, for which time passes a hundred times as fast: what happens after minutes happens in seconds.
const haste = 100
const now = performance.now.bind(performance)
performance.now = () => now() * haste
const every = setInterval
globalThis.setInterval = ((callback: () => void, milliseconds = 0) =>
  every(callback, milliseconds / haste)) as typeof setInterval

await import('../../src-main/core/main.ts')
