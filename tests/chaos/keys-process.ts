import fs from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import { rekeyOnThread } from '../../src-main/jobs/rekey.ts'
import { startEpochs } from '../../src-main/vault/epoch.ts'
import { replaceKeys } from '../../src-main/vault/new-keys.ts'
import { finishRekey, type RekeyOrder } from '../../src-main/vault/rekey.ts'
import { at, idOf, KeyedUnit, must, rekeyHere } from '../helpers/keyed-unit.ts'

/*
 * A process that changes keys and kills itself at the moment it is told:
 *
 *   <directory> <login> <work> rename <n> before|after     at the n-th file that takes its name
 *   <directory> <login> rekey  pages <percent>             when so much of the database went through the WAL
 *
 * It ends with 0 when the moment never came.
 */
const [directory = '', login = '', work = '', kind = '', mark = '', side = ''] = process.argv.slice(2)

function die(): void {
  process.kill(process.pid, 'SIGKILL')
}

/** Every file of the vault that is written whole takes its name by this call. */
function killAtRename(number: number): void {
  const rename = fs.renameSync
  let count = 0
  fs.renameSync = (from, to) => {
    count += 1
    if (count === number && side === 'before') die()
    rename(from, to)
    if (count === number && side === 'after') die()
  }
  syncBuiltinESMExports()
}

async function rekeyUntil(order: RekeyOrder, percent: number) {
  const whole = fs.statSync(order.path).size
  setInterval(() => {
    const size = fs.statSync(`${order.path}-wal`, { throwIfNoEntry: false })?.size ?? 0
    if (size >= (whole * percent) / 100) die()
  }, 1)
  return await rekeyOnThread(order)
}

const unit = new KeyedUnit(directory, null)
const vault = await unit.open(login)
if (kind === 'rename') killAtRename(Number(mark))

if (work === 'epoch') {
  must(await startEpochs(vault, { role: 'approver', at, keyrings: ['control', 'archive', 'seal'] }))
} else if (work === 'rekey') {
  const run = kind === 'pages' ? (order: RekeyOrder) => rekeyUntil(order, Number(mark)) : rekeyHere
  must(await finishRekey(vault, 'archive', run))
} else {
  const member = idOf(vault, 'collector')
  const cause = work === 'replace-copied' ? 'copied' : 'lost'
  const request = {
    role: 'secadmin',
    at,
    member,
    login: 'collector',
    password: 'new password',
    cause,
  } as const
  must(await replaceKeys(vault, request))
}
process.exit(0)
