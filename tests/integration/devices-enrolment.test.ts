import { copyFileSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { clearLeftovers } from '../../src-main/vault/leftovers.ts'
import { signRequest } from '../../src-shared/enrolment/request.ts'
import { utf8 } from '../../src-shared/kernel/bytes.ts'
import { newId } from '../../src-shared/kernel/ids.ts'
import { envelopeText } from '../../src-shared/log/envelope.ts'
import { newAgeKeyPair } from '../../src-shared/node/age.ts'
import { newSeed, nodePrimitives, signerFromSeed } from '../../src-shared/node/primitives.ts'
import {
  admit,
  askToJoin,
  carry,
  deviceOf,
  exported,
  filesBelow,
  isVerified,
  must,
  packageFor,
  passphrase,
  receive,
  receivePackage,
  stick,
  tablesOf,
  type Joining,
} from '../helpers/two-devices.ts'
import { searchCanary } from '../helpers/canary.ts'
import { fewPeople, foundingOf, newJob, talk, VaultFixture } from '../helpers/vault-fixture.ts'
import { mustFound } from '../helpers/founding.ts'

let unit: VaultFixture
const made: VaultFixture[] = []

beforeAll(async () => {
  unit = await VaultFixture.found()
  const cadre = await unit.openCadre('张三丰')
  await unit.archive(await unit.submit(cadre))
  const upload = await unit.upload('inspector', '谈话.txt', new TextEncoder().encode('谈话记录'))
  await unit.submit(cadre, talk(cadre, upload), 'inspector')
})

afterAll(() => {
  unit.close()
  for (const vault of made) vault.close()
})

async function newComputer(name: string): Promise<Joining> {
  const joining = await askToJoin(name)
  made.push(joining.vault)
  return joining
}

async function codeOf(result: Promise<{ ok: boolean; error?: { code: string } }>): Promise<string | null> {
  const answer = await result
  return answer.ok ? null : (answer.error?.code ?? '')
}

describe('a new computer', () => {
  test('joins by stick and is a full replica with logs of its own', async () => {
    const joining = await newComputer('办公室二')
    expect(joining.code).toMatch(/^[0-9A-HJKMNP-TV-Z]{4} [0-9A-HJKMNP-TV-Z]{4} [0-9A-HJKMNP-TV-Z]{4}$/)
    await admit(unit, joining)
    const files = await packageFor(unit, joining.device)
    must(await receivePackage(joining, files))
    const { vault } = joining
    expect(await isVerified(vault)).toBe(true)
    await carry(unit, vault)
    expect(await tablesOf(vault)).toEqual(await tablesOf(unit))
    expect(await deviceOf(vault)).toBe(joining.device)
    const devices = await vault.value('collector', 'device.list', {})
    expect(devices).toMatchObject([
      { name: '办公室一', isThis: false },
      { name: '办公室二', isThis: true, inForce: true },
    ])
    expect(filesBelow(vault.directory).filter((name) => name.startsWith('joining'))).toEqual([])
    const cadre = await vault.openCadre('王五')
    await vault.archive(await vault.submit(cadre))
    const views = await carry(vault, unit)
    expect(views[1]).toMatchObject({ deviceName: '办公室二', voids: [] })
    expect(await tablesOf(unit)).toEqual(await tablesOf(vault))
  })

  test('keeps nothing of its keys in the clear while it waits', async () => {
    const { vault } = await newComputer('办公室三')
    const files = filesBelow(vault.directory)
    expect(files.filter((name) => name.endsWith('.db'))).toEqual([])
    expect(await searchCanary(vault.directory, ['AGE-SECRET-KEY', passphrase])).toEqual([])
  })

  test('gets no discipline from whoever does not hold it; an inspector brings that later', async () => {
    const joining = await newComputer('办公室四')
    await admit(unit, joining)
    must(await receivePackage(joining, await packageFor(unit, joining.device, 'clerk')))
    const { vault } = joining
    expect((await vault.session('inspector')).vault.compartments.has('discipline')).toBe(true)
    const { database } = (await vault.session('inspector')).vault.compartments.get('discipline')!
    const count = () => database.prepare('SELECT count(*) AS n FROM revision').get()
    expect(count()).toEqual({ n: 0 })
    await carry(unit, vault)
    expect(count()).toEqual({ n: 1 })
    expect(await isVerified(vault)).toBe(true)
  })
})

describe('joining is refused, and leaves nothing', () => {
  test('by a wrong code on either side', async () => {
    const joining = await newComputer('办公室五')
    const folder = stick(unit)
    const { file } = must(await joining.core.call('join.save', { folder }))
    const wrong = { path: join(folder, file), code: '0000 0000 0000' }
    expect(await unit.refusal('secadmin', 'device.admit', wrong)).toBe('device/code-wrong')
    await admit(unit, joining)
    const files = await packageFor(unit, joining.device)
    const refused = await codeOf(receivePackage(joining, { ...files, code: '1111 1111 1111' }))
    expect(refused).toBe('device/code-wrong')
    expect(filesBelow(joining.vault.directory).filter((name) => name.endsWith('.db'))).toEqual([])
    // What was typed in another case, without blanks and with an O for a zero is the same code.
    const typed = files.code.toLowerCase().replaceAll(' ', '').replaceAll('0', 'o')
    expect(await codeOf(receivePackage(joining, { ...files, code: typed }))).toBe(null)
  })

  test('by a wrong pass phrase, ever more slowly', async () => {
    const joining = await newComputer('办公室六')
    await admit(unit, joining)
    const { path, code } = await packageFor(unit, joining.device)
    const wrong = { path, code, passphrase: 'another phrase', job: newJob() }
    expect(await codeOf(joining.core.call('join.receive', wrong))).toBe('vault/wrong-password')
  })

  test('for a request that somebody exchanged on the stick', async () => {
    const joining = await newComputer('办公室七')
    const folder = stick(unit)
    const { file } = must(await joining.core.call('join.save', { folder }))
    const thief = signerFromSeed(newSeed())
    const logs = {
      control: newId(nodePrimitives),
      archive: newId(nodePrimitives),
      discipline: newId(nodePrimitives),
    }
    const { recipient } = await newAgeKeyPair()
    const forged = signRequest(thief, { device: joining.device, logs, name: '办公室七', recipient })
    writeFileSync(join(folder, file), utf8(envelopeText(forged)))
    const input = { path: join(folder, file), code: joining.code }
    expect(await unit.refusal('secadmin', 'device.admit', input)).toBe('device/code-wrong')
  })

  test('for files of another unit that has the request too', async () => {
    const other = await VaultFixture.found({ people: [...fewPeople] })
    made.push(other)
    const joining = await newComputer('办公室八')
    await admit(unit, joining)
    await admit(other, joining)
    const right = await packageFor(unit, joining.device)
    const forged = await packageFor(other, joining.device, 'approver')
    expect(await codeOf(receivePackage(joining, { ...forged, code: right.code }))).toBe('device/code-wrong')
    expect(filesBelow(joining.vault.directory).filter((name) => name.endsWith('.db'))).toEqual([])
  })

  test('for files that were made for an earlier request', async () => {
    const joining = await newComputer('办公室九')
    await admit(unit, joining)
    const files = await packageFor(unit, joining.device)
    const again = must(await joining.core.call('join.ask', { name: '办公室九', passphrase }))
    expect(again.state).toBe('asked')
    expect(await codeOf(receivePackage(joining, files))).toBe('device/package-wrong')
  })

  test('for a bundle that was exchanged, cut short, or is missing', async () => {
    const joining = await newComputer('办公室十')
    await admit(unit, joining)
    const files = await packageFor(unit, joining.device)
    const earlier = await packageFor(unit, joining.device)
    const bundles = (folder: string) =>
      readdirSync(folder)
        .filter((name) => name.endsWith('.liandang'))
        .sort()
    const [name] = bundles(files.folder)
    const path = join(files.folder, name!)
    const whole = readFileSync(path)
    writeFileSync(path, whole.subarray(0, whole.length - 1000))
    expect(await codeOf(receivePackage(joining, files))).toBe('bundle/truncated')
    copyFileSync(join(earlier.folder, bundles(earlier.folder)[0]!), path)
    expect(await codeOf(receivePackage(joining, files))).not.toBe(null)
    renameSync(path, `${path}.away`)
    expect(await codeOf(receivePackage(joining, files))).toBe('device/package-wrong')
    expect(filesBelow(joining.vault.directory).filter((file) => file.endsWith('.db'))).toEqual([])
    writeFileSync(path, whole)
    expect(await codeOf(receivePackage(joining, files))).toBe(null)
  })

  test('once there is a vault: neither a second joining nor a founding', async () => {
    const [vault] = made
    const core = vault!.core()
    expect(await codeOf(core.call('join.ask', { name: '再来', passphrase }))).toBe('vault/exists')
    expect(await codeOf(core.call('unit.found', foundingOf()))).toBe('vault/exists')
  })
})

test('a unit is founded where a device had asked to join another; the request goes with the next start', async () => {
  const joining = await newComputer('新单位')
  await mustFound(joining.vault.core(), foundingOf())
  expect(await isVerified(joining.vault)).toBe(true)
  clearLeftovers(joining.vault.layout)
  expect(filesBelow(joining.vault.directory).filter((name) => name.startsWith('joining'))).toEqual([])
})

test('over the local network the same files travel, and the same codes are compared', async () => {
  const joining = await newComputer('网络一')
  const waiting = must(await unit.call('secadmin', 'device.await', { address: '127.0.0.1' }))
  expect(waiting).toMatchObject({ state: 'waiting', purpose: 'request' })
  must(await joining.core.call('join.send', { address: waiting.address! }))
  const arrived = await unit.value('secadmin', 'device.listener', {})
  expect(arrived).toMatchObject({ state: 'arrived', request: { device: joining.device, name: '网络一' } })
  // One request and no more.
  expect(await codeOf(joining.core.call('join.send', { address: waiting.address! }))).toBe(
    'device/unreachable',
  )
  const wrong = { path: null, code: '0000 0000 0000' }
  expect(await unit.refusal('secadmin', 'device.admit', wrong)).toBe('device/code-wrong')
  must(await unit.call('secadmin', 'device.admit', { path: null, code: joining.code }))
  await unit.refresh()
  const offer = { address: '127.0.0.1', device: joining.device, job: newJob() }
  const offered = must(await unit.call('inspector', 'device.offer', offer))
  const answer = await fetch(`http://${offered.address}/enrolment/${'0'.repeat(64)}/package`)
  expect(answer.status).toBe(404)
  const input = { address: offered.address!, passphrase, code: offered.enrolment!.code, job: newJob() }
  must(await joining.core.call('join.fetch', input))
  expect((await unit.value('inspector', 'device.listener', {})).state).toBe('done')
  expect(await isVerified(joining.vault)).toBe(true)
  const after = await joining.core.call('join.send', { address: '127.0.0.1:1' })
  expect(after.ok).toBe(false)
})

test('a listener is only where a person asked for it, and closes when asked', async () => {
  expect(await unit.refusal('secadmin', 'device.await', { address: '192.0.2.1' })).toBe('device/address')
  const waiting = must(await unit.call('secadmin', 'device.await', { address: '127.0.0.1' }))
  must(await unit.call('secadmin', 'device.close', {}))
  await expect(fetch(`http://${waiting.address}/`)).rejects.toThrow()
})

test('a removed device is refused, and so is what it signed', async () => {
  const joining = await newComputer('被盗')
  await admit(unit, joining)
  must(await receivePackage(joining, await packageFor(unit, joining.device)))
  const stolen = joining.vault
  await stolen.openCadre('无名')
  const paths = await exported(stolen, await deviceOf(unit))
  must(await unit.call('secadmin', 'device.remove', { device: joining.device }))
  await unit.refresh()
  const before = await tablesOf(unit)
  for (const path of paths) expect(await codeOf(receive(unit, path))).toBe('bundle/unknown-device')
  expect(await tablesOf(unit)).toEqual(before)
  const export_ = { device: joining.device, folder: stick(unit), kind: 'update' as const, job: newJob() }
  expect(await unit.refusal('inspector', 'exchange.export', export_)).toBe('bundle/unknown-device')
  const own = await deviceOf(unit)
  expect(await unit.refusal('secadmin', 'device.remove', { device: own })).toBe('device/this-one')
})
