import { existsSync, rmSync } from 'node:fs'
import type { VaultLayout } from './layout.ts'

/**
 * Removes what a core that ended in the middle of its work left in the vault: ciphertext of uploads whose key went with
 * it, copies of bundles that were on their way to the upstream node, and what a joining left that had come to its end. One core works on a vault at a time, so
 * nothing of this belongs to another.
 */
export function clearLeftovers(layout: VaultLayout): void {
  const folders = [layout.incoming, layout.outgoing]
  if (existsSync(layout.vaultFile)) folders.push(layout.joining)
  for (const folder of folders) {
    try {
      rmSync(folder, { recursive: true, force: true })
    } catch {
      // A file that another program holds open goes at the next start; it is no reason not to open the vault.
    }
  }
}
