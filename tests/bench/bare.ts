import { generateKeyPairSync, randomBytes, sign, verify } from 'node:crypto'
import { join } from 'node:path'
import Driver from 'sqlcipher'

/** What the machine can do with nothing in the way: the same bytes, no rules, no tables to keep up. */

const headerBytes = 900
const bodyBytes = 420

/** Signs and stores rows of the size of a commit, one durable transaction each. */
export function bareAppend(directory: string, count: number): void {
  const database = new Driver(join(directory, `bare-${randomBytes(4).toString('hex')}.db`))
  database.pragma(`cipher='sqlcipher'`)
  database.pragma('legacy=4')
  database.pragma(`key="x'${randomBytes(32).toString('hex')}'"`)
  database.pragma('journal_mode=WAL')
  database.pragma('synchronous=FULL')
  database.exec('CREATE TABLE entry (position INTEGER PRIMARY KEY, header BLOB, signature BLOB, body BLOB)')
  const insert = database.prepare('INSERT INTO entry (header, signature, body) VALUES (?, ?, ?)')
  const { privateKey } = generateKeyPairSync('ed25519')
  const header = randomBytes(headerBytes)
  const body = randomBytes(bodyBytes)
  for (let index = 0; index < count; index++) {
    header.writeUInt32LE(index, 0)
    insert.run(header, sign(null, header, privateKey), body)
  }
  database.close()
}

/** Checks signatures on all threads of the pool: the limit for anything that verifies a log. */
export async function bareVerify(count: number): Promise<void> {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  const message = randomBytes(headerBytes)
  const signature = sign(null, message, privateKey)
  const check = () =>
    new Promise<void>((resolve, reject) => {
      verify(null, message, publicKey, signature, (error, good) => (good ? resolve() : reject(error)))
    })
  const batch = 256
  for (let done = 0; done < count; done += batch) {
    await Promise.all(Array.from({ length: Math.min(batch, count - done) }, check))
  }
}

/** The same on one thread. */
export function bareVerifyOneThread(count: number): void {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  const message = randomBytes(headerBytes)
  const signature = sign(null, message, privateKey)
  for (let done = 0; done < count; done++) {
    if (!verify(null, message, publicKey, signature)) throw new Error('a good signature was refused')
  }
}
