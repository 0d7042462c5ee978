import { z } from 'zod'
import { idSchema } from '../log/operations.ts'
import type {
  AdmittedDevice,
  DeviceView,
  EnrolmentView,
  ExchangeBundle,
  JoinView,
  ListenerView,
} from './device-views.ts'
import type { FolderView } from './log-views.ts'
import { procedure } from './procedure.ts'

const folder = z.string().min(1).max(4096)
const code = z.string().min(1).max(40)
const address = z.string().min(1).max(60)
const passphrase = z.string().min(8).max(200)

/** Other devices of the unit: how one joins, what they exchange, how one is removed. */
export const deviceProcedures = {
  'join.status': procedure<JoinView>()({ input: z.strictObject({}), kind: 'read' }),
  /** Folders and joining files, while there is no vault to ask for more. */
  'join.browse': procedure<FolderView>()({
    input: z.strictObject({ path: z.string().max(4096).nullable() }),
    kind: 'read',
  }),
  /** Makes the keys of this device and its request. A second call makes everything anew. */
  'join.ask': procedure<JoinView>()({
    input: z.strictObject({ name: z.string().trim().min(1).max(60), passphrase }),
    kind: 'write',
  }),
  /** The request as a file, to be carried. */
  'join.save': procedure<{ file: string }>()({ input: z.strictObject({ folder }), kind: 'write' }),
  /** The request over the local network, to the address that a secadmin's screen shows. */
  'join.send': procedure<null>()({ input: z.strictObject({ address }), kind: 'write' }),
  /** Verifies everything from the founding commit on and makes the vault. All of it, or nothing. */
  'join.receive': procedure<{ commits: number }>()({
    input: z.strictObject({ path: folder, passphrase, code, job: idSchema }),
    kind: 'write',
  }),
  /** As `join.receive`, with the files from the address that a key holder's screen shows. */
  'join.fetch': procedure<{ commits: number }>()({
    input: z.strictObject({ address, passphrase, code, job: idSchema }),
    kind: 'write',
  }),
  'join.cancel': procedure<null>()({ input: z.strictObject({}), kind: 'write' }),
  'device.list': procedure<readonly DeviceView[]>()({ input: z.strictObject({}), kind: 'read' }),
  /** secadmin admits the device whose screen shows this code; from a file, or as it came over the network. */
  'device.admit': procedure<AdmittedDevice>()({
    input: z.strictObject({ path: folder.nullable(), code }),
    kind: 'write',
  }),
  'device.remove': procedure<null>()({ input: z.strictObject({ device: idSchema }), kind: 'write' }),
  /** Everything the new device needs, written by a key holder into a folder. */
  'device.package': procedure<EnrolmentView>()({
    input: z.strictObject({ device: idSchema, folder, job: idSchema }),
    kind: 'write',
  }),
  /** Addresses of this device that others may reach. */
  'device.interfaces': procedure<readonly { readonly name: string; readonly address: string }[]>()({
    input: z.strictObject({}),
    kind: 'read',
  }),
  /** Waits on one address for one request. It ends with the request, after ten minutes, or with the session. */
  'device.await': procedure<ListenerView>()({ input: z.strictObject({ address }), kind: 'write' }),
  /** Offers the joining files on one address to the device they are for, once. */
  'device.offer': procedure<ListenerView>()({
    input: z.strictObject({ address, device: idSchema, job: idSchema }),
    kind: 'write',
  }),
  'device.listener': procedure<ListenerView>()({ input: z.strictObject({}), kind: 'read' }),
  'device.close': procedure<null>()({ input: z.strictObject({}), kind: 'write' }),
  /** What another device is not known to hold, or everything, one bundle a compartment. */
  'exchange.export': procedure<readonly ExchangeBundle[]>()({
    input: z.strictObject({
      device: idSchema,
      folder,
      kind: z.enum(['update', 'full']),
      job: idSchema,
    }),
    kind: 'write',
  }),
} as const
