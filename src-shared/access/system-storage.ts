/**
 * Key storages of operating systems that tie a key to the user's log-in at the machine. `basic_text` and `unknown` of
 * Linux are not among them: they encrypt with a password that stands in the program's source.
 */
const safeStorages: readonly string[] = [
  'dpapi',
  'keychain',
  'gnome_libsecret',
  'kwallet',
  'kwallet5',
  'kwallet6',
]

/** Whether a storage, as the desktop shell names it, protects what it keeps. */
export function isSafeStorage(store: string): boolean {
  return safeStorages.includes(store)
}
