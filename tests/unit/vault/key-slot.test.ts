import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openKeySlot, writeKeySlot, type MemberSecret } from '../../../src-main/vault/key-slot.ts'
import { canonicalBytes } from '../../../src-shared/kernel/canonical.ts'
import { newId } from '../../../src-shared/kernel/ids.ts'
import { newSeed, nodePrimitives } from '../../../src-shared/node/primitives.ts'

let directory: string
const unit = newId(nodePrimitives)
const member = newId(nodePrimitives)
const secret: MemberSecret = { signingSeed: newSeed(), identity: 'AGE-SECRET-KEY-1TEST', login: '张三' }

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'liandang-slot-'))
})

afterEach(() => rmSync(directory, { recursive: true, force: true }))

const path = () => join(directory, `${member}.json`)
const codeOf = async (login: string, password: string) => {
  const opened = await openKeySlot(directory, login, password)
  return opened.ok ? 'open' : opened.error.code
}

describe('a key slot', () => {
  test('gives back what was sealed, for the password it was sealed with', async () => {
    await writeKeySlot(directory, unit, member, '十个字以上的口令é', secret)
    expect(await openKeySlot(directory, '张三', '十个字以上的口令é')).toEqual({
      ok: true,
      value: { unit, member, secret },
    })
    expect(await codeOf('张三', '十个字以上的口令e')).toBe('vault/wrong-password')
    expect(await codeOf('李四', '十个字以上的口令é')).toBe('vault/wrong-password')
    // The same letters, composed of others: what one keyboard types is what the other does.
    expect(await codeOf('张三', '十个字以上的口令e\u0301')).toBe('open')
  })

  test('is found by a login however it is typed', async () => {
    await writeKeySlot(directory, unit, member, 'password-of-clerk', { ...secret, login: 'Clerk1' })
    for (const login of ['clerk1', ' CLERK1 ', 'Ｃｌｅｒｋ１'])
      expect(await codeOf(login, 'password-of-clerk')).toBe('open')
  })

  test('says nothing of who it is for, and is the owner’s alone to read', async () => {
    await writeKeySlot(directory, unit, member, 'password-of-zhang', secret)
    const text = readFileSync(path(), 'utf8')
    expect(text).not.toContain('张三')
    expect(text).not.toContain('AGE-SECRET-KEY')
    expect(statSync(path()).mode & 0o077).toBe(0)
    await writeKeySlot(directory, unit, member, 'password-of-zhang', secret)
    expect(readFileSync(path(), 'utf8')).not.toBe(text)
  })

  test.each([
    ['less memory', { memory: 8 * 1024 }],
    ['fewer passes', { passes: 1 }],
    ['more memory than a machine has', { memory: 8 * 1024 * 1024 }],
    ['another function', { name: 'argon2i' }],
  ])('that asks for %s is refused before the password is tried', async (_what, change) => {
    await writeKeySlot(directory, unit, member, 'password-of-zhang', secret)
    const { check: _check, ...slot } = JSON.parse(readFileSync(path(), 'utf8')) as {
      check: string
      kdf: Record<string, unknown>
    }
    const planted = { ...slot, kdf: { ...slot.kdf, ...change } } as never
    const check = createHash('sha256').update(canonicalBytes(planted)).digest('hex')
    writeFileSync(path(), canonicalBytes({ ...(planted as object), check } as never))
    expect(await codeOf('张三', 'password-of-zhang')).toBe('vault/slot-damaged')
  })

  test('of one member is no other’s, though its sums are right', async () => {
    await writeKeySlot(directory, unit, member, 'password-of-zhang', secret)
    const { check: _check, ...slot } = JSON.parse(readFileSync(path(), 'utf8')) as { check: string }
    const other = newId(nodePrimitives)
    const moved = { ...slot, member: other } as never
    const check = createHash('sha256').update(canonicalBytes(moved)).digest('hex')
    rmSync(path())
    writeFileSync(join(directory, `${other}.json`), canonicalBytes({ ...(moved as object), check } as never))
    expect(await codeOf('张三', 'password-of-zhang')).toBe('vault/wrong-password')
  })

  test('stands beside files that are no slots', async () => {
    writeFileSync(join(directory, 'readme.txt'), 'x')
    writeFileSync(join(directory, `${member}.json.new`), 'half')
    expect(await codeOf('张三', 'password-of-zhang')).toBe('vault/wrong-password')
  })
})
