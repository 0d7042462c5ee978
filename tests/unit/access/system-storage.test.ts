import { expect, test } from 'vitest'
import { isSafeStorage } from '../../../src-shared/access/system-storage.ts'

test('the key storages of Windows, macOS, GNOME and KDE protect what they keep', () => {
  for (const store of ['dpapi', 'keychain', 'gnome_libsecret', 'kwallet', 'kwallet5', 'kwallet6'])
    expect(isSafeStorage(store), store).toBe(true)
})

test('one that encrypts with a password known to everybody, or that nobody knows, protects nothing', () => {
  for (const store of ['basic_text', 'unknown', '', 'KWALLET', 'kwallet4'])
    expect(isSafeStorage(store), store).toBe(false)
})
