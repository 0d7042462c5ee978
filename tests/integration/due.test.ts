import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Id } from '../../src-shared/kernel/ids.ts'
import { overdueOfCadres } from '../../src-main/services/cycles/due-now.ts'
import type { UnlockedContext } from '../../src-main/services/context.ts'
import { VaultFixture } from '../helpers/vault-fixture.ts'

let vault: VaultFixture
let zhang: Id

beforeAll(async () => {
  vault = await VaultFixture.found()
  zhang = await vault.openCadre('张三丰')
})

afterAll(() => vault.close())

async function overdue(login: string, days: number) {
  const context = await vault.enter(login)
  const later = { ...context, now: () => context.now() + days * 86_400_000 }
  const found = overdueOfCadres(later as UnlockedContext)
  if (!found.ok) throw new Error(found.error.code)
  return found.value
}

describe('what is overdue of a cadre', () => {
  test('is nothing on the day the dossier is opened, and something after half a year', async () => {
    expect((await overdue('collector', 0)).get(zhang)).toBeUndefined()
    expect((await overdue('collector', 180)).get(zhang)).toBeGreaterThan(5)
  })
})
