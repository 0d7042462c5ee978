import { z } from 'zod'
import type { Settings } from '../access/authority-state.ts'
import type { Id } from '../kernel/ids.ts'
import { idSchema } from '../log/operations.ts'
import { procedure } from './procedure.ts'
import { keyFileSchema, loginSchema, passwordSchema } from './session.ts'
import type { SessionView } from './views.ts'

const triedPassword = z.string().min(1).max(200)

/** Which storage of the operating system the desktop shell found; the shell fills it in, the page never does. */
const storeSchema = z.string().max(40)

/** A key that the desktop shell keeps in that storage; the shell fills it in, the page never sees one. */
const systemKeySchema = z.strictObject({ id: idSchema, key: z.string().length(44) })

/** What a member sees of their own account. */
export interface AccountView {
  /** First 16 hex digits of the id of the member's key in force. */
  readonly fingerprint: string
  /** The id of the key file that is asked for beside the password, or null. */
  readonly keyFile: Id | null
  readonly systemUnlock: {
    readonly isOn: boolean
    /** Why it is not offered: not the desktop program, or a storage that protects nothing. */
    readonly refusal: 'host' | 'storage' | null
  }
}

/** A key file that nothing asks for yet. */
export interface NewKeyFile {
  readonly name: string
  readonly content: string
}

export const accountProcedures = {
  'account.read': procedure<AccountView>()({
    input: z.strictObject({ store: storeSchema.optional() }),
    kind: 'read',
  }),
  /** Needs the old password again, at the pace of the lock screen. Ends what the system's key storage keeps. */
  'member.password': procedure<null>()({
    input: z.strictObject({ old: triedPassword, new: passwordSchema, keyFile: keyFileSchema.nullable() }),
    kind: 'write',
  }),
  /** Makes a key file; with a folder, writes it there too. It is asked for only after `keyfile.set`. */
  'keyfile.new': procedure<NewKeyFile>()({
    input: z.strictObject({ folder: z.string().min(1).max(4096).nullable() }),
    kind: 'write',
  }),
  /** From now on the slot asks for `next`, or with null for none. `keyFile` is the one asked for so far. */
  'keyfile.set': procedure<null>()({
    input: z.strictObject({
      password: triedPassword,
      keyFile: keyFileSchema.nullable(),
      next: keyFileSchema.nullable(),
    }),
    kind: 'write',
  }),
  /** Desktop only. The key that this replaces, if any, is named so that the shell forgets it. */
  'systemslot.make': procedure<{ readonly replaced: Id | null }>()({
    input: z.strictObject({
      password: triedPassword,
      keyFile: keyFileSchema.nullable(),
      store: storeSchema.optional(),
      key: systemKeySchema.optional(),
    }),
    kind: 'write',
  }),
  'systemslot.drop': procedure<{ readonly dropped: Id | null }>()({
    input: z.strictObject({}),
    kind: 'write',
  }),
  /** Logs in with the key that the system's storage keeps for this login. Desktop only. */
  'session.resume': procedure<SessionView>()({
    input: z.strictObject({
      login: loginSchema,
      store: storeSchema.optional(),
      keys: z.array(systemKeySchema).max(64).optional(),
    }),
    kind: 'write',
  }),
  'settings.read': procedure<Settings>()({
    input: z.strictObject({}),
    kind: 'read',
  }),
  'settings.set': procedure<null>()({
    input: z.strictObject({
      idleMinutes: z.int().min(1).max(120),
      clipboardSeconds: z.int().min(0).max(600),
      watermark: z.boolean(),
    }),
    kind: 'write',
  }),
} as const
