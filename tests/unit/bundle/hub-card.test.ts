import { describe, expect, test } from 'vitest'
import { hubCardBytes, readHubCard, type HubCard } from '../../../src-shared/bundle/hub-card.ts'
import { hubLogId } from '../../../src-shared/bundle/hub-log.ts'
import { toHex, utf8 } from '../../../src-shared/kernel/bytes.ts'
import { newAgeKeyPair } from '../../../src-shared/node/age.ts'
import { newSeed, nodePrimitives, signerFromSeed } from '../../../src-shared/node/primitives.ts'

const { recipient } = await newAgeKeyPair()
const card: HubCard = {
  type: 'liandang/hub-card/1',
  hub: 'ab'.repeat(16),
  name: '某区纪委',
  publicKey: toHex(signerFromSeed(newSeed()).publicKey),
  recipients: { control: recipient, archive: recipient, discipline: recipient },
}

function read(change: Record<string, unknown>) {
  return readHubCard(hubCardBytes({ ...card, ...change } as HubCard))
}

describe('a card', () => {
  test('is read as it was written, with or without an address', () => {
    expect(read({})).toEqual({ ok: true, value: card })
    expect(read({ url: 'https://hub.example:17400' })).toMatchObject({ ok: true })
  })

  test.each([
    ['of another type', { type: 'liandang/hub-card/2' }],
    ['without a name', { name: '' }],
    ['with a key of the wrong length', { publicKey: 'ab' }],
    ['with a key under which anybody signs', { publicKey: `01${'00'.repeat(31)}` }],
    ['with a recipient that is none', { recipients: { ...card.recipients, archive: 'age1' } }],
    ['with a recipient missing', { recipients: { control: recipient, archive: recipient } }],
    ['with a member nobody knows', { note: '' }],
    ['with an address of another kind', { url: 'file:///etc/passwd' }],
  ])('%s is no card', (_what, change) => {
    expect(read(change)).toMatchObject({ ok: false, error: { code: 'hub/not-a-card' } })
  })

  test('in another spelling is no card', () => {
    const text = JSON.stringify(card, null, 2)
    expect(readHubCard(utf8(text))).toMatchObject({ ok: false, error: { code: 'hub/not-a-card' } })
    expect(readHubCard(new Uint8Array(0))).toMatchObject({ ok: false, error: { code: 'hub/not-a-card' } })
  })
})

test('the log of a node follows from node, unit and compartment, and no two are the same', () => {
  const of = (hub: string, unit: string, compartment: 'control' | 'archive') =>
    hubLogId(nodePrimitives, hub.repeat(32), unit.repeat(16), compartment)
  const ids = [
    of('aa', 'bb', 'control'),
    of('aa', 'bb', 'archive'),
    of('aa', 'cc', 'control'),
    of('dd', 'bb', 'control'),
  ]
  expect(new Set(ids).size).toBe(ids.length)
  expect(ids[0]).toMatch(/^[0-9a-f]{32}$/)
  // The canonical JSON through `sha256sum`.
  expect(ids[0]).toBe('729dfc7069b4e51354f373ef16c1631c')
})
