import { createHash } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import type { Header } from 'tar-stream'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newAgeKeyPair, type AgeKeyPair } from '../../src-shared/node/age.ts'
import type { BundleLimits } from '../../src-shared/bundle/layout.ts'
import { bundleOf, packed } from '../helpers/bundle-fixture.ts'
import { collectBundle } from '../helpers/collected-bundle.ts'
import { deliver, hubWithUnit, type HubFixture } from '../helpers/hub-fixture.ts'
import { filesIn, openedTar, sealedGzip, sealedTar, tarOf, type TarPart } from '../helpers/sealed-tar.ts'

/** Archives as nobody honest makes them. None is taken in, none is unpacked, none runs away with the machine. */
let fixture: HubFixture
let reader: AgeKeyPair
let parts: readonly TarPart[]
let before: string

beforeAll(async () => {
  fixture = await hubWithUnit()
  const { hub, unit } = fixture
  reader = await newAgeKeyPair()
  unit.submit()
  const { control, archive } = hub.card.recipients
  expect(await deliver(hub, bundleOf(unit, { compartment: 'control', recipients: [control] }))).toBe('taken')
  const recipients = [archive, reader.recipient]
  const tar = await openedTar(
    await packed(bundleOf(unit, { compartment: 'archive', recipients })),
    reader.identity,
  )
  parts = filesIn(tar).map(({ path, start, size }) => part({ name: path }, tar.subarray(start, start + size)))
  before = fixture.dump()
})
afterAll(async () => await fixture.close())

function part(header: Partial<Header> & { name: string }, content: Uint8Array = new Uint8Array(0)): TarPart {
  return {
    header: { mode: 0o644, mtime: new Date(0), size: content.length, type: 'file', ...header } as Header,
    content,
  }
}

async function refusal(changed: readonly TarPart[]): Promise<string> {
  const { archive } = fixture.hub.card.recipients
  const code = await deliver(fixture.hub, await sealedTar(await tarOf(changed), archive))
  expect(fixture.dump()).toBe(before)
  return code
}

function at(path: string): number {
  const found = parts.findIndex(({ header }) => header.name.startsWith(path))
  expect(found).toBeGreaterThanOrEqual(0)
  return found
}

test('the parts, put together again by another tool, are the bundle', async () => {
  const sealed = await sealedTar(await tarOf(parts), reader.recipient)
  expect(await collectBundle(sealed, [reader.identity])).toMatchObject({ code: null })
})

describe('a name in the archive', () => {
  test.each([
    '../evil',
    'data/../../evil',
    'data/logs/..',
    './data/evil',
    '/etc/passwd',
    'data//evil',
    'data\\..\\evil',
    'C:evil',
    'data/evil\u0007',
    'data/廉',
    'data/evil ',
  ])('%j leads nowhere', async (name) => {
    const evil = part({ name }, Buffer.from('evil'))
    expect(await refusal(parts.toSpliced(at('data/'), 0, evil))).toBe('bundle/unsafe-path')
    expect(await refusal([evil, ...parts])).toBe('bundle/unsafe-path')
  })

  test.each([
    ['symlink', { type: 'symlink', linkname: '/etc/passwd' }],
    ['link', { type: 'link', linkname: 'bagit.txt' }],
    ['directory', { type: 'directory' }],
    ['character device', { type: 'character-device' }],
    ['fifo', { type: 'fifo' }],
  ] as const)('is that of a file, never of a %s', async (_what, header) => {
    const evil = part({ name: 'data/keys.json', ...header } as Partial<Header> & { name: string })
    expect(await refusal(parts.toSpliced(at('data/'), 0, evil))).toBe('bundle/unsafe-path')
  })

  test('is not given a second time by an extended header', async () => {
    const evil = part({ name: 'data/keys.json', pax: { path: '../evil' } } as Partial<Header> & {
      name: string
    })
    expect(await refusal(parts.toSpliced(at('data/'), 0, evil))).toBe('bundle/unsafe-path')
  })
})

describe('the files of a bundle', () => {
  test('come each once', async () => {
    const path = at('data/logs/')
    expect(await refusal(parts.toSpliced(path + 1, 0, parts[path]!))).toBe('bundle/layout')
    expect(await refusal([parts[0]!, ...parts])).toBe('bundle/layout')
  })

  test('come all', async () => {
    for (const gone of parts.keys()) expect(await refusal(parts.toSpliced(gone, 1))).toBe('bundle/layout')
    expect(await refusal([])).toBe('bundle/layout')
  })

  test('come with no other file', async () => {
    const extra = part({ name: 'data/keys.json' }, Buffer.from('{}'))
    expect(await refusal([...parts, extra])).toBe('bundle/layout')
    expect(await refusal([...parts, part({ name: 'readme.txt' }, Buffer.from('hello'))])).toBe(
      'bundle/layout',
    )
  })

  test('come in order', async () => {
    const [logs, bodies] = [at('data/logs/'), at('data/bodies/')]
    expect(await refusal(parts.with(logs, parts[bodies]!).with(bodies, parts[logs]!))).toBe('bundle/layout')
    expect(await refusal(parts.toReversed())).toBe('bundle/layout')
  })

  test('say what the manifest says', async () => {
    const note = parts[at('data/checkpoints/')]!
    const other = part({ name: note.header.name }, Buffer.concat([note.content, Buffer.from('\n')]))
    expect(await refusal(parts.with(at('data/checkpoints/'), other))).toBe('bundle/fixity')
  })

  test('stand under a manifest that the device signed', async () => {
    const [manifest, tags] = [at('manifest-sha256.txt'), at('tagmanifest-sha256.txt')]
    const hash = createHash('sha256').update('{}').digest('hex')
    const text = `${Buffer.from(parts[manifest]!.content).toString()}${hash}  data/keys.json\n`
    const listed = Buffer.from(parts[tags]!.content)
      .toString()
      .replace(
        /[0-9a-f]{64} {2}manifest-sha256/,
        `${createHash('sha256').update(text).digest('hex')}  manifest-sha256`,
      )
    const info = Buffer.from(parts[at('bag-info.txt')]!.content)
      .toString()
      .replace(
        /Payload-Oxum: (\d+)\.(\d+)/,
        (_all, bytes, files) => `Payload-Oxum: ${+bytes + 2}.${+files + 1}`,
      )
    const infoHash = createHash('sha256').update(info).digest('hex')
    const changed = [
      ...parts
        .with(manifest, part({ name: 'manifest-sha256.txt' }, Buffer.from(text)))
        .with(at('bag-info.txt'), part({ name: 'bag-info.txt' }, Buffer.from(info)))
        .with(
          tags,
          part(
            { name: 'tagmanifest-sha256.txt' },
            Buffer.from(listed.replace(/[0-9a-f]{64} {2}bag-info/, `${infoHash}  bag-info`)),
          ),
        ),
      part({ name: 'data/keys.json' }, Buffer.from('{}')),
    ]
    expect(await refusal(changed)).toBe('bundle/fixity')
  })
})

describe('a bomb', () => {
  async function readWith(tar: Uint8Array, limits: Partial<BundleLimits> = {}) {
    return (await collectBundle(await sealedTar(tar, reader.recipient), [reader.identity], limits)).code
  }

  test('of a file larger than any of its kind is refused by its announced size', async () => {
    const bytes = new Uint8Array(40 * 1024 * 1024)
    expect(await readWith(await tarOf([part({ name: 'bagit.txt' }, bytes)]))).toBe('bundle/too-large')
  })

  test('that grows to many times what was read is stopped on the way', async () => {
    const zeros = new Uint8Array(31 * 1024 * 1024)
    expect(await readWith(await tarOf([part({ name: 'bagit.txt' }, zeros)]))).toBe('bundle/ratio')
  })

  test('that grows past the limit is stopped there', async () => {
    const tar = await tarOf(parts)
    expect(await readWith(tar, { plaintextBytes: 4096 })).toBe('bundle/too-large')
    expect(await readWith(tar, { files: 1 })).toBe('bundle/too-large')
  })

  test('of gzip in gzip is no tar', async () => {
    const inner = gzipSync(new Uint8Array(10 * 1024 * 1024))
    expect(await readWith(inner)).toBe('bundle/damaged')
  })
})

describe('an endless input', () => {
  test('is read up to the limit and no further', async () => {
    let given = 0
    async function* endless() {
      yield await sealedGzip(gzipSync(await tarOf(parts)), reader.recipient)
      for (;;) {
        given += 65_536
        yield new Uint8Array(65_536)
      }
    }
    const { code } = await collectBundle(endless(), [reader.identity], { ciphertextBytes: 1024 * 1024 })
    expect(['bundle/too-large', 'bundle/damaged']).toContain(code)
    expect(given).toBeLessThan(3 * 1024 * 1024)
  })

  test('of header lines is damage', async () => {
    async function* endless() {
      yield Buffer.from('age-encryption.org/v1\n')
      for (;;) yield Buffer.from('-> X25519 aaaa\nAAAA\n')
    }
    expect((await collectBundle(endless(), [reader.identity])).code).toBe('bundle/damaged')
  })
})

describe('a file of another kind', () => {
  test.each([
    ['text', Buffer.from('单位,姓名\n')],
    ['a gzip file', gzipSync(Buffer.from('hello'))],
    ['an armoured age file', Buffer.from('-----BEGIN AGE ENCRYPTED FILE-----\n')],
    ['an age file of a later version', Buffer.from('age-encryption.org/v2\n-> x\n')],
  ])('such as %s is no bundle', async (_what, bytes) => {
    expect((await collectBundle(new Uint8Array(bytes), [reader.identity])).code).toBe('bundle/not-a-bundle')
  })

  test('such as an age file of something else is no bundle inside', async () => {
    const sealed = await sealedGzip(Buffer.from('hello'), reader.recipient)
    expect((await collectBundle(sealed, [reader.identity])).code).toBe('bundle/damaged')
  })

  test('that is not there is said so', async () => {
    expect((await collectBundle('/nowhere/none.liandang', [reader.identity])).code).toBe(
      'bundle/folder-unusable',
    )
  })
})
