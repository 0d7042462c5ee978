import { describe, expect, it } from 'vitest'
import { type Clock, type CorePort, startCoreClient } from '../../src-main/core/client.ts'
import type { CoreEvent, FromCore, ToCore } from '../../src-shared/contract/channel.ts'
import { err, ok } from '../../src-shared/kernel/result.ts'

/** A clock that stands still until it is told to go on. */
function manualClock() {
  let now = 0
  const alarms = new Set<{ readonly at: number; readonly callback: () => void }>()
  const clock: Clock = {
    now: () => now,
    after(milliseconds, callback) {
      const alarm = { at: now + milliseconds, callback }
      alarms.add(alarm)
      return () => alarms.delete(alarm)
    },
  }
  return {
    clock,
    pass(milliseconds: number) {
      now += milliseconds
      for (const alarm of alarms) {
        if (alarm.at > now) continue
        alarms.delete(alarm)
        alarm.callback()
      }
    },
  }
}

/** A core process under the hand of the test. */
function puppet() {
  const sent: ToCore[] = []
  let kills = 0
  let say: (message: FromCore) => void = () => undefined
  let end: (code: number | null) => void = () => undefined
  const port: CorePort = {
    send: (message) => sent.push(message),
    onMessage(callback) {
      say = callback
    },
    onExit(callback) {
      end = callback
    },
    kill() {
      kills += 1
      end(null)
    },
  }
  return {
    port,
    sent,
    kills: () => kills,
    say: (message: FromCore) => say(message),
    end: (code: number | null) => end(code),
  }
}

function setUp() {
  const time = manualClock()
  const cores: ReturnType<typeof puppet>[] = []
  const events: CoreEvent[] = []
  const client = startCoreClient({
    clock: time.clock,
    spawn() {
      const core = puppet()
      cores.push(core)
      return core.port
    },
  })
  client.subscribe((event) => events.push(event))
  return { client, cores, events, time, newest: () => cores.at(-1)! }
}

describe('starting a core again', () => {
  it('stops at the fifth crash within thirty seconds', () => {
    const { cores, events, newest } = setUp()
    for (let crash = 0; crash < 5; crash += 1) newest().end(1)
    expect(cores).toHaveLength(5)
    const told = events.map((event) => event.type === 'locked' && event.failure?.detail?.['restarted'])
    expect(told).toEqual([true, true, true, true, false])
  })

  it('goes on when the crashes are far apart', () => {
    const { cores, newest, time } = setUp()
    for (let crash = 0; crash < 20; crash += 1) {
      newest().end(1)
      time.pass(8_000)
    }
    expect(cores).toHaveLength(21)
  })

  it('does not count locks that were asked for', () => {
    const { client, cores, events, newest } = setUp()
    for (let lock = 0; lock < 10; lock += 1) {
      void client.call('session.lock', {})
      newest().end(0)
    }
    expect(cores).toHaveLength(11)
    expect(events).toEqual(Array.from({ length: 10 }, () => ({ type: 'locked', reason: 'asked' })))
  })

  it('takes the word of a core that locks by itself, and keeps later calls for the next one', async () => {
    const { client, cores, events, newest } = setUp()
    newest().say({ kind: 'leaving' })
    const later = client.call('echo', 1)
    expect(cores[0]?.sent).toEqual([])
    newest().end(0)
    await Promise.resolve()
    await Promise.resolve()
    expect(cores[1]?.sent).toMatchObject([{ kind: 'call', procedure: 'echo', input: 1 }])
    newest().say({ kind: 'result', id: 1, result: ok(1) })
    expect(await later).toEqual(ok(1))
    expect(events).toEqual([{ type: 'locked', reason: 'asked' }])
  })

  it('ends a core by force that says it locks and stays', () => {
    const { cores, events, newest, time } = setUp()
    newest().say({ kind: 'leaving' })
    time.pass(5_000)
    expect(cores[0]?.kills()).toBe(1)
    expect(events).toEqual([{ type: 'locked', reason: 'asked' }])
  })

  it('takes an end with code 0 that nobody asked for as a crash', () => {
    const { events, newest } = setUp()
    newest().end(0)
    expect(events).toMatchObject([{ type: 'locked', reason: 'ended' }])
  })

  it('takes a crash while locking as a crash', () => {
    const { client, events, newest } = setUp()
    void client.call('session.lock', {})
    newest().end(1)
    expect(events).toMatchObject([{ type: 'locked', reason: 'ended' }])
  })

  it('counts a core that cannot be spawned as a crash', async () => {
    let spawned = 0
    const client = startCoreClient({
      clock: manualClock().clock,
      spawn() {
        spawned += 1
        throw new Error('no process')
      },
    })
    expect(await client.whenReady()).toMatchObject({ ok: false, error: { code: 'call/core-ended' } })
    expect(spawned).toBe(5)
    await client.stop()
  })
})

describe('a core that was asked to lock', () => {
  it('is ended by force if it does not end by itself within five seconds', () => {
    const { client, cores, events, time } = setUp()
    void client.call('session.lock', {})
    time.pass(4_999)
    expect(cores).toHaveLength(1)
    time.pass(1)
    expect(cores).toHaveLength(2)
    expect(events).toEqual([{ type: 'locked', reason: 'asked' }])
  })

  it('is left alone if it refused', async () => {
    const { client, cores, newest, time } = setUp()
    const answer = client.call('session.lock', {})
    newest().say({ kind: 'result', id: 1, result: err('call/invalid-input') })
    expect(await answer).toEqual(err('call/invalid-input'))
    time.pass(60_000)
    expect(cores).toHaveLength(1)
  })

  it('is not ended again by its deadline, and neither is the next core', () => {
    const { client, cores, newest, time } = setUp()
    void client.call('session.lock', {})
    newest().end(0)
    time.pass(60_000)
    expect(cores.map((core) => core.kills())).toEqual([0, 0])
  })
})

describe('calls and listeners of a client', () => {
  it('are answered by their own id, in any order', async () => {
    const { client, newest } = setUp()
    const first = client.call('echo', 1)
    const second = client.call('echo', 2)
    expect(newest().sent).toEqual([
      { kind: 'call', id: 1, procedure: 'echo', input: 1 },
      { kind: 'call', id: 2, procedure: 'echo', input: 2 },
    ])
    newest().say({ kind: 'result', id: 2, result: ok('two') })
    newest().say({ kind: 'result', id: 1, result: ok('one') })
    expect(await Promise.all([first, second])).toEqual([ok('one'), ok('two')])
  })

  it('are never answered by a core that has ended', async () => {
    const { client, cores, newest } = setUp()
    const lost = client.call('echo', 1)
    newest().end(1)
    const kept = client.call('echo', 2)
    cores[0]!.say({ kind: 'result', id: 2, result: ok('from the dead') })
    newest().say({ kind: 'result', id: 2, result: ok('alive') })
    expect(await lost).toEqual(err('call/core-ended'))
    expect(await kept).toEqual(ok('alive'))
  })

  it('that come after the core agreed to lock are for the next one', async () => {
    const { client, cores, newest } = setUp()
    const lock = client.call('session.lock', {})
    newest().say({ kind: 'result', id: 1, result: ok(null) })
    await lock
    const answer = client.call('session.status', {})
    newest().end(0)
    await Promise.resolve()
    expect(cores[0]!.sent).toHaveLength(1)
    expect(newest().sent).toEqual([{ kind: 'call', id: 2, procedure: 'session.status', input: {} }])
    newest().say({ kind: 'result', id: 2, result: ok('locked') })
    expect(await answer).toEqual(ok('locked'))
  })

  it('that wait for the next core are settled when there will be none', async () => {
    const { client, newest } = setUp()
    const lock = client.call('session.lock', {})
    newest().say({ kind: 'result', id: 1, result: ok(null) })
    await lock
    const answer = client.call('session.status', {})
    await client.stop()
    expect(await answer).toEqual(err('call/core-ended'))
  })

  it('hear no event of a core that has ended', () => {
    const { cores, events, newest } = setUp()
    newest().end(1)
    events.length = 0
    cores[0]!.say({ kind: 'event', event: { type: 'changed', compartment: 'dead' } })
    newest().say({ kind: 'event', event: { type: 'changed', compartment: 'alive' } })
    expect(events).toEqual([{ type: 'changed', compartment: 'alive' }])
  })

  it('are not even sent when cancelled before', async () => {
    const { client, newest } = setUp()
    expect(await client.call('echo', 1, { signal: AbortSignal.abort() })).toEqual(err('call/cancelled'))
    expect(newest().sent).toEqual([])
  })

  it('that were done before the cancel arrived are reported as done', async () => {
    const { client, newest } = setUp()
    const controller = new AbortController()
    const answer = client.call('echo', 1, { signal: controller.signal })
    controller.abort()
    expect(newest().sent.at(-1)).toEqual({ kind: 'cancel', id: 1 })
    newest().say({ kind: 'result', id: 1, result: ok('done') })
    expect(await answer).toEqual(ok('done'))
  })

  it('send no cancel after their answer', async () => {
    const { client, newest } = setUp()
    const controller = new AbortController()
    const answer = client.call('echo', 1, { signal: controller.signal })
    newest().say({ kind: 'result', id: 1, result: ok('done') })
    await answer
    controller.abort()
    expect(newest().sent).toHaveLength(1)
  })

  it('are settled when the client is stopped', async () => {
    const { client } = setUp()
    const answer = client.call('echo', 1)
    await client.stop()
    expect(await answer).toEqual(err('call/core-ended'))
  })
})

describe('a core in reserve', () => {
  function office() {
    const time = manualClock()
    const cores: ReturnType<typeof puppet>[] = []
    const events: CoreEvent[] = []
    const client = startCoreClient({
      clock: time.clock,
      keepSpare: true,
      spawn() {
        const core = puppet()
        cores.push(core)
        return core.port
      },
    })
    client.subscribe((event) => events.push(event))
    /** Somebody logs in, and the machine has come to rest. */
    async function enter(at: number, id: number) {
      const answer = client.call('session.unlock', {})
      cores[at]?.say({ kind: 'result', id, result: ok(null) })
      await answer
      time.pass(3_000)
    }
    return { client, cores, enter, events, time }
  }

  it('is started once somebody has come in, and not for a wrong password', async () => {
    const { client, cores, enter, time } = office()
    const refused = client.call('session.unlock', {})
    cores[0]?.say({ kind: 'result', id: 1, result: err('vault/wrong-password') })
    await refused
    time.pass(10_000)
    expect(cores).toHaveLength(1)
    await enter(0, 2)
    expect(cores).toHaveLength(2)
  })

  it('is told nothing until it takes the place of the one before', async () => {
    const { client, cores, enter, events } = office()
    await enter(0, 1)
    expect([client.generation(), cores[1]?.sent]).toEqual([1, []])
    void client.call('session.lock', {})
    cores[0]?.end(0)
    expect([client.generation(), cores.length]).toEqual([2, 2])
    expect(events).toEqual([{ type: 'locked', reason: 'asked' }])
    void client.call('echo', 1)
    expect(cores[1]?.sent).toMatchObject([{ kind: 'call', procedure: 'echo' }])
  })

  it('that ends unused is not missed and no crash', async () => {
    const { client, cores, enter, events } = office()
    await enter(0, 1)
    cores[1]?.end(1)
    expect(events).toEqual([])
    void client.call('session.lock', {})
    cores[0]?.end(0)
    expect(cores).toHaveLength(3)
    expect(events).toEqual([{ type: 'locked', reason: 'asked' }])
  })

  it('takes over after a crash too', async () => {
    const { cores, enter, events } = office()
    await enter(0, 1)
    cores[0]?.end(null)
    expect(cores).toHaveLength(2)
    expect(events).toMatchObject([{ type: 'locked', reason: 'ended' }])
  })

  it('ends with the application', async () => {
    const { client, cores, enter } = office()
    await enter(0, 1)
    await client.stop()
    expect(cores.map((core) => core.kills())).toEqual([1, 1])
  })

  it('is not started any more when the application is about to end', async () => {
    const { client, cores, time } = office()
    const answer = client.call('session.unlock', {})
    cores[0]?.say({ kind: 'result', id: 1, result: ok(null) })
    await answer
    await client.stop()
    time.pass(10_000)
    expect(cores).toHaveLength(1)
  })
})
