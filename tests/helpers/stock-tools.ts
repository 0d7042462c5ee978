import { spawnSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { age } from '../../scripts/age.mjs'
import { findOrInstallSystemTool, findSystemTool } from '../../scripts/system-tool.mjs'

const names = ['openssl', 'tar', 'gzip', 'sha256sum'] as const
type ToolName = (typeof names)[number]

const tools = names.map((name) => ({
  name,
  variable: `LIANDANG_${name.toUpperCase()}`,
  commands: [name],
  places: [],
  packages: [name],
}))

/** Names of the programs of the system that a bundle must open with and that cannot be had here. */
export function missingTools(): readonly string[] {
  const missing = tools.filter((tool) => findSystemTool(tool) === undefined).map((tool) => tool.name)
  return findOrInstallSystemTool(age) === undefined ? ['age', ...missing] : missing
}

/** Runs a program of the system; throws what it said when it refuses. */
export function runTool(name: ToolName, words: readonly string[], directory: string): string {
  return run(pathOf(name), words, directory)
}

function run(path: string, words: readonly string[], directory: string): string {
  const { status, stdout, stderr } = spawnSync(path, [...words], { cwd: directory, encoding: 'utf8' })
  if (status !== 0) throw new Error(`${basename(path)} ${words.join(' ')}: ${stdout}${stderr}`)
  return stdout
}

function pathOf(name: ToolName | 'age'): string {
  const tool = name === 'age' ? age : tools.find((candidate) => candidate.name === name)
  const path = tool === undefined ? undefined : findSystemTool(tool)
  if (path === undefined) throw new Error(`${name} is missing`)
  return path
}

/** Opens a bundle with `age`, `gzip` and `tar` into a folder of its own, and returns the folder. */
export function unpackBundle(file: string, identity: string, directory: string): string {
  const name = basename(file, '.liandang')
  const folder = join(directory, name)
  mkdirSync(folder)
  run(pathOf('age'), ['-d', '-i', identity, '-o', `${name}.tar.gz`, file], directory)
  runTool('gzip', ['-d', `${name}.tar.gz`], directory)
  runTool('tar', ['-x', '-f', `${name}.tar`, '-C', folder], directory)
  return folder
}

/** A DSSE envelope as it stands in a file, read with nothing but JSON and base64. */
export interface PlainEnvelope {
  readonly payloadType: string
  readonly payload: Buffer
  readonly keyid: string
  readonly signature: Buffer
}

export function readPlainEnvelope(line: string): PlainEnvelope {
  const { payload, payloadType, signatures } = JSON.parse(line) as {
    payload: string
    payloadType: string
    signatures: readonly { keyid: string; sig: string }[]
  }
  const [signature] = signatures
  if (signature === undefined || signatures.length !== 1) throw new Error('not one signature')
  return {
    payloadType,
    payload: Buffer.from(payload, 'base64'),
    keyid: signature.keyid,
    signature: Buffer.from(signature.sig, 'base64'),
  }
}

/** The lines of every file below a folder of a bundle, by log: `data/logs` or `data/bodies`. */
export function readLines(folder: string): readonly string[] {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
  return files
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort((a, b) => firstOf(a) - firstOf(b))
    .flatMap((path) => readFileSync(path, 'utf8').trimEnd().split('\n'))
}

function firstOf(path: string): number {
  return Number(basename(path).split('-', 1)[0])
}

/**
 * Whether OpenSSL finds the signature right: Ed25519 over `DSSEv1 SP LEN(type) SP type SP LEN(payload) SP payload`
 * (DSSE v1), under a raw public key in hex, wrapped as RFC 8410 says.
 */
export function openSslAccepts(envelope: PlainEnvelope, publicKey: string, directory: string): boolean {
  const { payloadType, payload, signature } = envelope
  const head = `DSSEv1 ${Buffer.byteLength(payloadType)} ${payloadType} ${payload.length} `
  writeFileSync(join(directory, 'message'), Buffer.concat([Buffer.from(head), payload]))
  writeFileSync(join(directory, 'signature'), signature)
  writeFileSync(join(directory, 'key.der'), Buffer.from(`302a300506032b6570032100${publicKey}`, 'hex'))
  const words = ['pkeyutl', '-verify', '-pubin', '-keyform', 'DER', '-inkey', 'key.der', '-rawin']
  const { status } = spawnSync(pathOf('openssl'), [...words, '-in', 'message', '-sigfile', 'signature'], {
    cwd: directory,
  })
  return status === 0
}
