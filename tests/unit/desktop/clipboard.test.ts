import { describe, expect, it } from 'vitest'
import { clearCopiedValues } from '../../../src-main/desktop/clipboard.ts'
import { isFromPage } from '../../../src-main/desktop/sender.ts'
import { desktopBridge } from '../../../src-main/preload/api.ts'
import { desktopChannels } from '../../../src-shared/contract/desktop-bridge.ts'
import { type FakeFrame, fakeIpc } from './doubles.ts'

const ourFrame: FakeFrame = { url: 'app://liandang/', parent: null }

function setUp(frame: FakeFrame = ourFrame) {
  const contents = {}
  const ipc = fakeIpc(contents, () => frame)
  let held = ''
  let clears = 0
  const alarms: { readonly milliseconds: number; readonly callback: () => void; cancelled: boolean }[] = []
  const copied = clearCopiedValues(
    ipc.main,
    {
      readText: () => Promise.resolve(held),
      clear: () => {
        held = ''
        clears += 1
      },
    },
    {
      isTrusted: (event) => isFromPage(event, contents as typeof event.sender),
      after(milliseconds, callback) {
        const alarm = { milliseconds, callback, cancelled: false }
        alarms.push(alarm)
        return () => {
          alarm.cancelled = true
        }
      },
    },
  )
  return {
    bridge: desktopBridge(ipc.page),
    ipc,
    copied,
    alarms,
    clears: () => clears,
    held: () => held,
    put(text: string) {
      held = text
    },
    settled: () => new Promise((resolve) => setImmediate(resolve)),
  }
}

describe('a value copied out of the page', () => {
  it('leaves the clipboard after the seconds that were named', async () => {
    const { alarms, bridge, held, put, settled } = setUp()
    put('110101199001010015')
    bridge.copied(30)
    await settled()
    expect(alarms.map((alarm) => alarm.milliseconds)).toEqual([30_000])
    alarms[0]?.callback()
    await settled()
    expect(held()).toBe('')
  })

  it('is left alone when another program has put something else there since', async () => {
    const { alarms, bridge, clears, held, put, settled } = setUp()
    put('of the archive')
    bridge.copied(30)
    await settled()
    put('a letter of somebody else')
    alarms[0]?.callback()
    await settled()
    expect([held(), clears()]).toEqual(['a letter of somebody else', 0])
  })

  it('counts from the last copy', async () => {
    const { alarms, bridge, put, settled } = setUp()
    put('first')
    bridge.copied(30)
    await settled()
    put('second')
    bridge.copied(30)
    await settled()
    expect(alarms.map((alarm) => alarm.cancelled)).toEqual([true, false])
  })

  it('is cleared at once on lock, and nothing when nothing is due', async () => {
    const { bridge, clears, copied, put, settled } = setUp()
    put('somebody else’s')
    await copied.clearNow()
    expect(clears()).toBe(0)
    put('of the archive')
    bridge.copied(600)
    await settled()
    expect(copied.isPending()).toBe(true)
    await copied.clearNow()
    expect([clears(), copied.isPending()]).toEqual([1, false])
  })

  it('is announced only by our own page, in seconds that make sense', async () => {
    const foreign = setUp({ url: 'https://evil.example/', parent: null })
    foreign.bridge.copied(30)
    await foreign.settled()
    expect(foreign.alarms).toEqual([])
    const own = setUp()
    for (const message of [0, -1, 1.5, 601, '30', null, { seconds: 30 }]) {
      own.ipc.page.send(desktopChannels.copied, message)
    }
    await own.settled()
    expect(own.alarms).toEqual([])
  })
})
